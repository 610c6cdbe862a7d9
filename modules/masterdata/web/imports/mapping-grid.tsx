import { Select } from 'antd'
import { useLocale, useText } from '#ui/i18n.ts'
import { formatPercent } from '#ui/show/format.ts'
import { StateTag, type Tone } from '#ui/show/state-tag.tsx'
import type { ImportColumn, ImportDetail, ImportIssue, ImportPreviewRow } from '../../imports/shapes.ts'
import { useFieldWords } from '../field-words.ts'

const tones: Record<ImportPreviewRow['outcome'], Tone> = {
  insert: 'good',
  update: 'active',
  same: 'off',
  error: 'bad',
}

type MappingGridProps = {
  detail: ImportDetail
  mapping: Record<string, string>
  /** Without it the heads are only shown. */
  onMap?: (mapping: Record<string, string>) => void
  rows: readonly ImportPreviewRow[]
}

/** The file as a table; each head says which field its column was taken for and how sure that is. */
export function MappingGrid({ detail, mapping, onMap, rows }: MappingGridProps) {
  const t = useText()
  const checked = rows.length > 0
  const troubled = rows.some((row) => row.issues.length > 0)
  const samples = checked ? 0 : Math.max(0, ...detail.columns.map((column) => column.samples.length))
  return (
    <section className="qm-grid" aria-label={t('masterdata.preview')}>
      <table>
        <thead>
          <tr>
            {checked && <th scope="col">{t('masterdata.row')}</th>}
            {troubled && (
              <th scope="col" className="qm-issues">
                {t('masterdata.problems')}
              </th>
            )}
            {detail.columns.map((column) => (
              <Head key={column.index} column={column} detail={detail} mapping={mapping} onMap={onMap} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row_no}>
              <td>
                <span className="qc-num qc-muted">{row.row_no}</span>{' '}
                <StateTag tone={tones[row.outcome]}>{t(`masterdata.outcome.${row.outcome}`)}</StateTag>
              </td>
              {troubled && (
                <td className="qm-issues">
                  <Issues issues={row.issues} detail={detail} />
                </td>
              )}
              {detail.columns.map((column, place) => (
                <td
                  key={column.index}
                  title={row.cells[place]}
                  className={markOf(row, mapping[String(column.index)])}
                >
                  <Replaced row={row} field={mapping[String(column.index)]} />
                  {row.cells[place]}
                </td>
              ))}
            </tr>
          ))}
          {Array.from({ length: samples }, (_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: samples never change order
            <tr key={line}>
              {detail.columns.map((column) => (
                <td key={column.index}>{column.samples[line]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Head({ column, detail, mapping, onMap }: Omit<MappingGridProps, 'rows'> & { column: ImportColumn }) {
  const t = useText()
  const english = useLocale() === 'en'
  const index = String(column.index)
  const field = mapping[index]
  const proposed = field !== undefined && field === column.field
  const sure = field !== undefined && (!proposed || column.confidence >= 0.9)
  const taken = new Set(Object.entries(mapping).flatMap(([at, one]) => (at === index ? [] : [one])))
  const options = detail.fields.map((one) => ({
    value: one.field,
    label: `${english ? one.en : one.zh}${one.required ? ' *' : ''}`,
    disabled: taken.has(one.field),
  }))
  return (
    <th scope="col">
      <div className={`qm-head ${sure ? 'qm-head-sure' : field ? 'qm-head-doubt' : ''}`}>
        <span className="qc-cut" title={column.header}>
          {column.header || t('masterdata.no_header')}
        </span>
        <Select
          size="small"
          aria-label={t('masterdata.field_of', { header: column.header })}
          value={field}
          disabled={!onMap}
          placeholder={t('masterdata.not_imported')}
          options={options}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          onChange={(next: string | undefined) => {
            const { [index]: _old, ...rest } = mapping
            onMap?.(next ? { ...rest, [index]: next } : rest)
          }}
        />
        <span className="qc-muted">
          {proposed
            ? t('masterdata.sure', { percent: formatPercent(column.confidence, 0) })
            : field
              ? t('masterdata.by_hand')
              : ' '}
        </span>
      </div>
    </th>
  )
}

/** What stands there now, where an identity would change. */
function Replaced({ row, field }: { row: ImportPreviewRow; field: string | undefined }) {
  const words = useFieldWords()
  const before = field === undefined ? undefined : row.identity[field]
  if (field === undefined || before === undefined) return null
  return (
    <>
      <del className="qc-muted">{words.value(field, before)}</del> →{' '}
    </>
  )
}

function markOf(row: ImportPreviewRow, field: string | undefined): string | undefined {
  const issue = row.issues.find((one) => one.field !== null && one.field === field)
  if (!issue) return field !== undefined && row.identity[field] !== undefined ? 'qm-identity-cell' : undefined
  return issue.severity === 'error' ? 'qm-bad-cell' : 'qm-warn-cell'
}

function Issues({ issues, detail }: { issues: readonly ImportIssue[]; detail: ImportDetail }) {
  const t = useText()
  const english = useLocale() === 'en'
  return issues.map((issue) => {
    const field = detail.fields.find((one) => one.field === issue.field)
    const name = field ? `${english ? field.en : field.zh}：` : ''
    return (
      <div key={`${issue.field} ${issue.code}`} className={issue.severity === 'error' ? 'qc-bad' : 'qc-warn'}>
        {name}
        {t(`masterdata.issue.${issue.code}`, { value: issue.value })}
      </div>
    )
  })
}
