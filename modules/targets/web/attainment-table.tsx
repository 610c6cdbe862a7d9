import type { Query } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount, formatMoney, formatPercent, formatQuantity } from '#ui/show/format.ts'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import type { Attainment, AttainmentRow } from '../shapes.ts'
import { Growth, Rate } from './rate.tsx'
import { type AttainmentUrl, below, linesOf, PAGE_SIZE } from './use-attainment.ts'

type AttainmentTableProps = {
  query: Query
  /** Of all rows; what it does not have gets no column. */
  sums: Attainment['sums'] | undefined
  url: AttainmentUrl
  onGo: (change: Partial<AttainmentUrl>) => void
}

/** One row a region, product or month; its name drills, its figures open lines. */
export function AttainmentTable({ query, sums, url, onGo }: AttainmentTableProps) {
  const t = useText()
  const nameOf = (row: AttainmentRow) => row.name || t('targets.unowned')
  const columns: Column<AttainmentRow>[] = [
    {
      key: 'name',
      title: t(`targets.by.${url.by}`),
      width: 220,
      sortable: true,
      text: nameOf,
      render: (row) => {
        const next = below(url, row)
        if (!next) return <LinkTo to={linesOf(url, row)}>{nameOf(row)}</LinkTo>
        return (
          <button
            type="button"
            className="qt-drill"
            title={t('targets.drill', { name: nameOf(row) })}
            onClick={() => onGo(next)}
          >
            {nameOf(row)}
          </button>
        )
      },
    },
    {
      key: 'amount_fen',
      title: t('targets.amount'),
      kind: 'money',
      width: 150,
      sortable: true,
      text: (row) => formatMoney(row.amount_fen),
      render: (row) => <LinkTo to={linesOf(url, row)}>{formatMoney(row.amount_fen)}</LinkTo>,
    },
    ...(sums?.target_fen ? targetColumns(t) : []),
    ...(typeof sums?.last_year_fen === 'number' ? lastYearColumns(t) : []),
    ...(url.by === 'product'
      ? [
          {
            key: 'base_qty',
            title: t('targets.base_qty'),
            kind: 'quantity' as const,
            sortable: true,
            text: (row: AttainmentRow) => formatQuantity(row.base_qty),
          },
        ]
      : []),
    {
      key: 'line_count',
      title: t('targets.lines'),
      kind: 'count',
      width: 90,
      sortable: true,
      text: (row) => formatCount(row.line_count),
      render: (row) => <LinkTo to={linesOf(url, row)}>{formatCount(row.line_count)}</LinkTo>,
    },
  ]
  return (
    <DataTable<AttainmentRow, Attainment>
      name={`targets.attainment.${url.by}`}
      path="/api/attainment"
      exportPath="/api/attainment/export.xlsx"
      query={query}
      columns={columns}
      phone={['name', 'amount_fen', 'rate', 'target_fen', 'gap', 'growth']}
      search={url.by === 'month' ? undefined : t('targets.search_of', { name: t(`targets.by.${url.by}`) })}
      idOf={(row) => row.key ?? ''}
      size={PAGE_SIZE}
      empty={
        <EmptyState
          title={t('targets.empty')}
          text={t('targets.empty_text')}
          action={{ text: t('targets.see_months'), to: '/flows/months' }}
        />
      }
    />
  )
}

function targetColumns(t: ReturnType<typeof useText>): Column<AttainmentRow>[] {
  const gap = (row: AttainmentRow) => (row.target_fen === null ? null : row.amount_fen - row.target_fen)
  return [
    { key: 'target_fen', title: t('targets.target'), kind: 'money', width: 150, sortable: true },
    {
      key: 'rate',
      title: t('targets.rate'),
      width: 250,
      sortable: true,
      text: (row) => (row.rate ? formatPercent(row.rate) : ''),
      render: (row) => <Rate rate={row.rate} />,
    },
    {
      key: 'gap',
      title: t('targets.gap'),
      kind: 'money',
      width: 150,
      sortable: true,
      text: (row) => formatMoney(gap(row)),
      render: (row) => {
        const value = gap(row)
        return (
          <span className={value !== null && value < 0 ? 'qc-minus' : undefined}>{formatMoney(value)}</span>
        )
      },
    },
  ]
}

function lastYearColumns(t: ReturnType<typeof useText>): Column<AttainmentRow>[] {
  return [
    {
      key: 'last_year_fen',
      title: t('targets.last_year'),
      kind: 'money',
      width: 150,
      sortable: true,
    },
    {
      key: 'growth',
      title: t('targets.growth'),
      kind: 'percent',
      width: 96,
      sortable: true,
      render: (row) => <Growth now={row.amount_fen} before={row.last_year_fen} />,
      text: (row) => (row.last_year_fen ? formatPercent(row.amount_fen / row.last_year_fen - 1) : ''),
    },
  ]
}
