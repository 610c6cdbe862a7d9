import { Button } from 'antd'
import { useText } from '#ui/i18n.ts'
import { formatCount, formatMoney, formatPercent } from '#ui/show/format.ts'
import type { KnownTarget, NameKind, ReviewGroup } from '../../../shapes.ts'
import type { Stretch } from './diff-characters.ts'
import { MarkedText } from './marked-text.tsx'
import { ReasonChips } from './reason-chips.tsx'

export type Candidate = ReviewGroup['candidates'][number] & { picked?: boolean }

type CandidateCardProps = {
  candidate: Candidate
  place: number
  marked: boolean
  kind: NameKind
  /** Not yet here while it is being asked for. */
  known: KnownTarget | undefined
  stretches: readonly Stretch[]
  onMark: () => void
  onChoose: () => void
}

/** One thing the text may mean: how sure, why, where it is, and what already means it. */
export function CandidateCard(props: CandidateCardProps) {
  const { candidate, place, marked } = props
  const t = useText()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the page and the button inside do the same
    <li className={marked ? 'qf-candidate qf-candidate-marked' : 'qf-candidate'} onClick={props.onMark}>
      <div className="qf-candidate-head">
        {place < 5 && <kbd>{place + 1}</kbd>}
        <strong className="qf-candidate-name">
          <MarkedText stretches={props.stretches} side="name" />
        </strong>
        {candidate.picked ? (
          <span className="qc-muted">{t('flows.review_picked')}</span>
        ) : (
          <strong className="qc-num">{formatPercent(candidate.score, 0)}</strong>
        )}
        <Button
          size="small"
          type={marked ? 'primary' : 'default'}
          onClick={(event) => {
            event.stopPropagation()
            props.onChoose()
          }}
        >
          {t('flows.review_choose')}
        </Button>
      </div>
      <div className="qc-muted">{candidate.detail}</div>
      <Known known={props.known} kind={props.kind} />
      <ReasonChips reasons={candidate.reasons} />
    </li>
  )
}

/** What speaks for a candidate beside its name: what was sold to it, or of it, in the closed year, and who writes it so. */
function Known({ known, kind }: { known: KnownTarget | undefined; kind: NameKind }) {
  const t = useText()
  if (!known) return <div className="qc-muted">&nbsp;</div>
  const sold =
    known.line_count > 0
      ? t(`flows.review_sold.${kind}`, {
          number: formatCount(known.line_count),
          count: known.line_count,
          amount: formatMoney(known.amount_fen),
        })
      : t(`flows.review_sold_none.${kind}`)
  const spellings =
    known.name_count > 0
      ? t('flows.review_known', { number: formatCount(known.name_count), count: known.name_count })
      : t('flows.review_known_none')
  return <div className="qc-muted">{`${sold} · ${spellings}`}</div>
}
