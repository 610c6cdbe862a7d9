import { useText } from '#ui/i18n.ts'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { formatCount, formatMoney, formatQuantity } from '#ui/show/format.ts'
import type { LineRow, NameKind } from '../../shapes.ts'

type SettledLinesProps = {
  kind: NameKind
  /** The text of the group; lines that write it otherwise say so. */
  raw: string
  lines: readonly LineRow[] | undefined
  total: number
  /** The lines shown are still those of the group before. */
  stale: boolean
  onOpen: (id: string) => void
}

/** The lines one decision would settle; each opens the cell it came from. */
export function SettledLines({ kind, raw, lines, total, stale, onOpen }: SettledLinesProps) {
  const t = useText()
  if (!lines) return <Skeleton lines={5} />
  return (
    <>
      <ol className={stale ? 'qf-settles qf-stale' : 'qf-settles'}>
        {lines.map((line) => (
          <li key={line.id}>
            <button type="button" onClick={() => onOpen(line.id)}>
              <span className="qf-settle-head">
                <span className="qc-num">{line.occurred_on ?? '—'}</span>
                <span className="qc-num">{formatQuantity(line.qty, line.unit)}</span>
                <span className="qc-num">{formatMoney(line.amount_fen)}</span>
              </span>
              <span className="qc-cut">
                {kind === 'customer'
                  ? (line.product_name ?? [line.product_raw, line.spec_raw].filter(Boolean).join(' '))
                  : (line.institution_name ?? line.customer_raw)}
              </span>
              <span className="qc-muted qc-cut">
                {line.distributor_name}
                {kind === 'product' && line.product_raw && ` · ${line.product_raw} ${line.spec_raw ?? ''}`}
                {kind === 'customer' && line.customer_raw !== raw && ` · ${line.customer_raw}`}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {total > lines.length && (
        <p className="qc-muted">
          {t('flows.review_lines_more', {
            number: formatCount(total - lines.length),
            count: total - lines.length,
          })}
        </p>
      )}
    </>
  )
}
