import { Select } from 'antd'
import { TerritoryPicker, useProductGroups } from '#modules/masterdata/web/pickers.tsx'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { formatMoney } from '#ui/show/format.ts'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import type { Filter } from '#ui/table/filter.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { TargetGrid, TargetGridRow } from '../shapes.ts'
import { GridCell } from './grid-cell.tsx'
import { SaveBar } from './save-bar.tsx'
import './targets.css'
import { EditsContext, useEdits } from './use-edits.ts'
import { yuanOf } from './yuan.ts'

const sumOf = (amounts: Iterable<number>) => [...amounts].reduce((sum, one) => sum + one, 0)
const NUMBERS = Array.from({ length: 12 }, (_, place) => String(place + 1).padStart(2, '0'))

/** A year of targets as a grid that is typed and pasted into. */
export function TargetsPage() {
  const t = useText()
  const edits = useEdits()
  const now = new Date().toISOString().slice(0, 7)
  const [url, setUrl] = useUrlState({ year: now.slice(0, 4) })
  const mayImport = usePermission('masterdata.import')
  const mayWrite = usePermission('targets.write')
  return (
    <EditsContext value={edits}>
      <PageHeader
        title={t('targets.list')}
        text={t(mayWrite ? 'targets.grid_text' : 'targets.list_text')}
        actions={
          <>
            <Select
              aria-label={t('targets.year')}
              value={url.year}
              options={yearsAround(Number(now.slice(0, 4))).map((year) => ({ value: year, label: year }))}
              onChange={(year) => setUrl({ year, page: '' })}
            />
            {mayWrite && mayImport && (
              <LinkTo to="/imports/new?kind=targets" className="qc-button-link">
                {t('targets.import')}
              </LinkTo>
            )}
          </>
        }
      />
      <DataTable<TargetGridRow, TargetGrid>
        name="targets.grid"
        path="/api/targets/grid"
        query={{ year: url.year }}
        columns={useColumns(url.year)}
        phone={['territory_name', 'product_group', ...phoneMonths(url.year, now), 'total']}
        search={t('targets.search')}
        filters={useFilters()}
        exportPath="/api/targets/export"
        totals={({ sums }) => (
          <span>{t('targets.year_total', { total: formatMoney(sumOf(Object.values(sums))) })}</span>
        )}
        empty={
          <EmptyState
            title={t('targets.list_empty')}
            text={t('targets.list_empty_text')}
            action={
              mayWrite && mayImport
                ? { text: t('targets.import'), to: '/imports/new?kind=targets' }
                : undefined
            }
          />
        }
      />
      <SaveBar edits={edits} />
    </EditsContext>
  )
}

function useColumns(year: string): Column<TargetGridRow>[] {
  const t = useText()
  const mayWrite = usePermission('targets.write')
  const { nameOf } = useProductGroups()
  return [
    {
      key: 'territory_name',
      title: t('targets.territory'),
      width: 150,
      text: (row) => row.territory_name,
      render: (row) => <LinkTo to={`/territories/${row.territory_id}`}>{row.territory_name}</LinkTo>,
    },
    {
      key: 'product_group',
      title: t('targets.product_group'),
      width: 120,
      text: (row) => nameOf(row.product_group),
      render: (row) => nameOf(row.product_group),
    },
    ...NUMBERS.map((number): Column<TargetGridRow> => {
      const month = `${year}-${number}`
      const text = (row: TargetGridRow) => yuanOf(row.months[month]?.amount_fen)
      return {
        key: month,
        title: month,
        kind: 'quantity',
        width: 112,
        text,
        render: (row) =>
          mayWrite ? (
            <GridCell row={row} month={month} groupName={nameOf(row.product_group)} />
          ) : (
            text(row) || '—'
          ),
      }
    }),
    {
      key: 'total',
      title: t('targets.year_sum'),
      kind: 'quantity',
      width: 130,
      text: (row) => yuanOf(sumOf(Object.values(row.months).map((one) => one.amount_fen))),
      render: (row) => (
        <strong>{yuanOf(sumOf(Object.values(row.months).map((one) => one.amount_fen)))}</strong>
      ),
    },
  ]
}

function useFilters(): Filter[] {
  const t = useText()
  const { options } = useProductGroups()
  return [
    { key: 'product_group', label: t('targets.product_group'), kind: 'select', options },
    {
      key: 'only_set',
      label: t('targets.rows'),
      kind: 'select',
      options: [{ value: 'yes', label: t('targets.only_set') }],
    },
    {
      key: 'territory_id',
      label: t('targets.territory'),
      kind: 'own',
      render: (value, set) => (
        <span className="qt-filter">
          <TerritoryPicker
            value={value || null}
            onChange={(id) => set(id ?? '')}
            label={t('targets.territory')}
            placeholder={t('targets.territory')}
          />
        </span>
      ),
    },
  ]
}

function yearsAround(year: number): string[] {
  return [year + 1, year, year - 1, year - 2].map(String)
}

/** On a phone a card has room for this month and its neighbours. */
function phoneMonths(year: string, now: string): string[] {
  const middle = year === now.slice(0, 4) ? Math.min(10, Math.max(1, Number(now.slice(5)) - 1)) : 1
  return [middle - 1, middle, middle + 1].map((place) => `${year}-${NUMBERS[place]}`)
}
