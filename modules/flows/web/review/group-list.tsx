import { useEffect, useRef } from 'react'
import { useText } from '#ui/i18n.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import type { ReviewGroup } from '../../shapes.ts'
import { keyOf } from './use-made.ts'

type GroupListProps = {
  groups: readonly ReviewGroup[]
  selected: string | undefined
  onSelect: (key: string) => void
}

/** What waits, the most money (or lines) first, texts that probably mean the same together. */
export function GroupList({ groups, selected, onSelect }: GroupListProps) {
  const t = useText()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (selected) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return (
    <ol className="qf-groups" ref={list} aria-label={t('flows.review_groups')}>
      {groups.map((group) => {
        const key = keyOf(group)
        return (
          <li key={key}>
            <button
              type="button"
              className="qf-group"
              aria-current={key === selected || undefined}
              tabIndex={key === selected ? 0 : -1}
              onClick={() => onSelect(key)}
            >
              <span className="qf-group-text" title={group.raw_text}>
                {group.raw_text}
                {group.raw_spec && <span className="qc-muted"> {group.raw_spec}</span>}
              </span>
              <span className="qc-num qf-group-money">{formatMoney(group.amount_fen)}</span>
              <span className="qc-muted qc-num qf-group-of">
                {t('flows.lines_n', { number: formatCount(group.line_count), count: group.line_count })}
                {' · '}
                {t('flows.distributors_n', {
                  number: formatCount(group.distributor_count),
                  count: group.distributor_count,
                })}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
