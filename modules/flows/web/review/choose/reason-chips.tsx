import { useText } from '#ui/i18n.ts'
import type { ReviewGroup } from '../../../shapes.ts'
import { reasonText } from '../../reason-text.ts'

/** Why the engine said so: what speaks for it, what against. */
export function ReasonChips({ reasons }: { reasons: ReviewGroup['candidates'][number]['reasons'] }) {
  const t = useText()
  const told = reasons.map((reason) => ({ code: reason.code, ...reasonText(reason, t) }))
  return (
    <ul className="qf-reason-chips">
      {told.map(({ code, text, speaks }) => (
        <li key={code} className={speaks ? `qf-chip qf-chip-${speaks}` : 'qf-chip'}>
          <span aria-hidden>{speaks === 'for' ? '+' : speaks === 'against' ? '−' : '·'}</span> {text}
        </li>
      ))}
    </ul>
  )
}
