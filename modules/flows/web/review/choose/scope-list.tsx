import { useEffect, useRef } from 'react'
import { useText } from '#ui/i18n.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import type { ScopeChoice } from './scopes.ts'
import type { GroupState } from './use-group.ts'

/** For whom the decision holds: all, a province, one distributor; each with what it would settle. */
export function ScopeList({ state }: { state: GroupState }) {
  const t = useText()
  const list = useRef<HTMLUListElement>(null)
  const { scope, choices } = state
  useEffect(() => {
    if (scope !== undefined)
      list.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' })
  }, [scope])
  if (choices.length === 0) return null
  return (
    <fieldset className="qf-scope">
      <legend className="qc-muted">
        {t('flows.review_scope')} <kbd>S</kbd>
      </legend>
      <ul ref={list} className={choices.length === 2 ? 'qf-scope-pair' : undefined}>
        {choices.map((choice) => (
          <li key={choice.key}>
            <button
              type="button"
              className="qf-scope-choice"
              aria-pressed={choice.key === scope}
              onClick={() => state.setScope(choice.key)}
            >
              <span className="qc-cut" title={choice.name}>
                <NameOf choice={choice} />
              </span>
              <span className="qc-num">
                {t('flows.lines_n', { number: formatCount(choice.line_count), count: choice.line_count })}
              </span>
              <span className="qc-num">{formatMoney(choice.amount_fen)}</span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function NameOf({ choice }: { choice: ScopeChoice }) {
  const t = useText()
  if (choice.kind === 'all') return t('flows.review_scope_all')
  const name =
    choice.kind === 'province' ? t('flows.review_scope_province', { name: choice.name }) : choice.name
  if (choice.waits) return name
  const meant = choice.kind === 'province' ? t('flows.review_scope_settled') : choice.target_name
  return (
    <>
      {name}
      <span className="qc-muted"> · {meant ?? t('flows.name_state.ignored')}</span>
    </>
  )
}
