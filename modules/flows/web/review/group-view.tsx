import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import type { ReviewGroup } from '../../shapes.ts'
import { CandidateCard } from './choose/candidate-card.tsx'
import { MarkedText } from './choose/marked-text.tsx'
import { ScopeList } from './choose/scope-list.tsx'
import { TargetSearch } from './choose/target-search.tsx'
import type { GroupState } from './choose/use-group.ts'
import type { WorkbenchActs } from './use-workbench-keys.ts'

type GroupViewProps = {
  group: ReviewGroup
  state: GroupState
  acts: WorkbenchActs
  alike: readonly ReviewGroup[]
}

/** One text and what it may mean. */
export function GroupView({ group, state, acts, alike }: GroupViewProps) {
  const t = useText()
  const { marked } = state
  const mayCreate = usePermission('masterdata.write')
  const top = useRef<HTMLDivElement>(null)
  // A phone scrolls the page itself: the next text begins at its top, not where the last one was left.
  useEffect(() => {
    if (top.current && top.current.getBoundingClientRect().top < 0) top.current.scrollIntoView()
  }, [])
  return (
    <div className="qf-decide" ref={top}>
      <div className="qf-raw">
        <span className="qc-muted">{t('flows.review_raw')}</span>
        <p className="qf-raw-text" lang="zh-CN">
          {marked ? <MarkedText stretches={state.compare(marked.name)} side="raw" /> : group.raw_text}
          {group.raw_spec && <span className="qf-raw-spec"> {group.raw_spec}</span>}
        </p>
        <From group={group} />
        {group.target_name && (
          <span className="qf-means">{t('flows.review_means', { name: group.target_name })}</span>
        )}
      </div>
      <Impact group={group} state={state} />
      <ScopeList state={state} />
      <div className="qf-choose">
        <h3 className="qf-choose-title">{t('flows.review_candidates')}</h3>
        <TargetSearch kind={group.kind} onPick={state.pick} />
        {acts.create && (
          <Button onClick={acts.create} icon={<PlusOutlined />}>
            {t('flows.review_create.customer')} <kbd>C</kbd>
          </Button>
        )}
      </div>
      {acts.acceptAlike && <Alike alike={alike} onAccept={acts.acceptAlike} />}
      {group.candidates.length === 0 && !marked ? (
        <p className="qc-muted">
          {t('flows.review_no_candidates', { kind: t(`flows.name_kind.${group.kind}`) })}{' '}
          {mayCreate && group.kind === 'product' && (
            <LinkTo to="/products">{t('flows.review_create.product')}</LinkTo>
          )}
        </p>
      ) : (
        <ol className="qf-candidates" aria-label={t('flows.review_candidates')}>
          {state.candidates.map((candidate, place) => (
            <CandidateCard
              key={candidate.id}
              candidate={candidate}
              place={place}
              marked={candidate === marked}
              kind={group.kind}
              known={state.known.get(candidate.id)}
              stretches={state.compare(candidate.name)}
              onMark={() => state.mark(place)}
              onChoose={() => acts.choose(place)}
            />
          ))}
        </ol>
      )}
    </div>
  )
}

/** Other texts that probably mean the marked candidate too: one key settles them with this one. */
function Alike({ alike, onAccept }: { alike: readonly ReviewGroup[]; onAccept: () => void }) {
  const t = useText()
  const lines = alike.reduce((sum, { line_count }) => sum + line_count, 0)
  return (
    <div className="qf-alike">
      <div>
        {t('flows.review_alike', {
          number: formatCount(alike.length),
          count: alike.length,
          lines: t('flows.lines_n', { number: formatCount(lines), count: lines }),
          amount: formatMoney(alike.reduce((sum, { amount_fen }) => sum + amount_fen, 0)),
        })}
        <ul className="qf-alike-texts">
          {alike.slice(0, MOST_SHOWN).map(({ normal_text, raw_text, raw_spec }) => (
            <li key={normal_text}>{[raw_text, raw_spec].filter(Boolean).join(' ')}</li>
          ))}
          {alike.length > MOST_SHOWN && <li>…</li>}
        </ul>
      </div>
      <Button onClick={onAccept}>
        {t('flows.review_accept_alike')} <kbd>A</kbd>
      </Button>
    </div>
  )
}

const MOST_SHOWN = 6

function From({ group }: { group: ReviewGroup }) {
  const t = useText()
  const names = group.distributor_names.join('、')
  const more = group.distributor_count > group.distributor_names.length
  return (
    <span className="qc-muted">
      {more
        ? t('flows.review_from_more', { names, number: formatCount(group.distributor_count) })
        : t('flows.review_from', { names })}
    </span>
  )
}

/** What the decision would change; the group's own figures stand in until the answer for the scope is here. */
function Impact({ group, state }: { group: ReviewGroup; state: GroupState }) {
  const t = useText()
  const { line_count, amount_fen } = state.choice ?? group
  return (
    <p className="qf-impact" role="status">
      {t('flows.review_impact', {
        number: formatCount(line_count),
        count: line_count,
        amount: formatMoney(amount_fen),
      })}
      {state.overturns > 0 && (
        <span className="qc-warn">
          {' '}
          {t('flows.review_impact_confirmed', {
            number: formatCount(state.overturns),
            count: state.overturns,
          })}
        </span>
      )}
    </p>
  )
}
