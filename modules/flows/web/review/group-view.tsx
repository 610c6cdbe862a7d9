import { Select } from 'antd'
import { useEffect, useRef } from 'react'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import type { ReviewGroup } from '../../shapes.ts'
import { CandidateCard } from './candidate-card.tsx'
import { leaveField } from './leave-field.ts'
import { MarkedText } from './marked-text.tsx'
import { TargetSearch } from './target-search.tsx'
import type { GroupState } from './use-group.ts'
import type { WorkbenchActs } from './use-workbench-keys.ts'

type GroupViewProps = { group: ReviewGroup; state: GroupState; acts: WorkbenchActs }

/** One text and what it may mean. */
export function GroupView({ group, state, acts }: GroupViewProps) {
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
      </div>
      <Impact group={group} state={state} />
      <div className="qf-choose">
        <Scope state={state} />
        <TargetSearch kind={group.kind} onPick={state.pick} />
      </div>
      {group.candidates.length === 0 && !marked ? (
        <p className="qc-muted">
          {t('flows.review_no_candidates', { kind: t(`flows.name_kind.${group.kind}`) })}{' '}
          {mayCreate && (
            <LinkTo to={group.kind === 'customer' ? '/institutions' : '/products'}>
              {t(`flows.review_create.${group.kind}`)}
            </LinkTo>
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
  const impact = state.impact ?? { ...group, confirmed_count: 0 }
  return (
    <p className="qf-impact" role="status">
      {t('flows.review_impact', {
        lines: formatCount(impact.line_count),
        distributors: formatCount(impact.distributor_count),
        amount: formatMoney(impact.amount_fen),
      })}
      {impact.confirmed_count > 0 && (
        <span className="qc-warn">
          {' '}
          {t('flows.review_impact_confirmed', { number: formatCount(impact.confirmed_count) })}
        </span>
      )}
    </p>
  )
}

function Scope({ state }: { state: GroupState }) {
  const t = useText()
  return (
    <div className="qf-scope">
      <span className="qc-muted" id="qf-scope">
        {t('flows.review_scope')}
      </span>
      <Select
        size="small"
        aria-labelledby="qf-scope"
        value={state.scope}
        onChange={(scope: string) => {
          state.setScope(scope)
          leaveField()
        }}
        popupMatchSelectWidth={false}
        options={[
          { value: '', label: t('flows.review_scope_all') },
          ...state.distributors.map(([id, name]) => ({
            value: id,
            label: t('flows.review_scope_one', { name }),
          })),
        ]}
      />
      <kbd>S</kbd>
    </div>
  )
}
