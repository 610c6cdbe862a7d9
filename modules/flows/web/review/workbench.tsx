import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePhone } from '#ui/use-phone.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { NameKind } from '../../shapes.ts'
import { LineDrawer } from '../lines/line-drawer.tsx'
import { DecideBar } from './decide-bar.tsx'
import { GroupList } from './group-list.tsx'
import { GroupPicker } from './group-picker.tsx'
import { GroupView } from './group-view.tsx'
import { LastDecision } from './last-decision.tsx'
import { ReviewFilters } from './review-filters.tsx'
import { SettledLines } from './settled-lines.tsx'
import { useDecisions } from './use-decisions.ts'
import { useGroup } from './use-group.ts'
import { useGroups } from './use-groups.ts'
import { keyOf } from './use-made.ts'
import { useAhead } from './use-scope.ts'
import { useSure } from './use-sure.ts'
import { useWorkbenchKeys } from './use-workbench-keys.ts'

/** A thousand lines in ten minutes: groups left, the decision in the middle, the lines it settles on the right. */
export function Workbench() {
  const t = useText()
  const phone = usePhone()
  const opened = useOpened()
  const [url, setUrl] = useUrlState({ kind: 'customer', month: '', distributor_id: '', q: '' })
  const kind: NameKind = url.kind === 'product' ? 'product' : 'customer'
  const decisions = useDecisions()
  const list = useGroups({ ...url, kind }, decisions.settled)
  const { groups } = list
  const [selected, setSelected] = useState('')
  const [place, setPlace] = useState(0)
  // A group that left is followed by the one that took its place.
  const found = groups.findIndex((group) => keyOf(group) === selected)
  const here = found >= 0 ? found : Math.min(place, Math.max(0, groups.length - 1))
  const current = groups[here]
  const group = useGroup(current, url.month, url.distributor_id)
  useAhead(groups[here + 1], url.month)
  const { sure, asking } = useSure()

  const goTo = (next: number) => {
    const target = groups[Math.max(0, Math.min(groups.length - 1, next))]
    if (!target) return
    setSelected(keyOf(target))
    setPlace(groups.indexOf(target))
  }
  const decide = async (target: { id: string; name: string } | null) => {
    if (!current || !group.ready || !(await sure(group, current))) return
    const next = groups[here + 1] ?? groups[here - 1]
    decisions.decide(current, target, group.scope || undefined)
    setSelected(next ? keyOf(next) : '')
    setPlace(here)
  }
  const acts = {
    next: () => goTo(here + 1),
    previous: () => goTo(here - 1),
    choose: (at: number) => {
      const candidate = group.candidates[at]
      if (candidate) void decide(candidate)
    },
    accept: () => {
      if (group.marked) void decide(group.marked)
    },
    ignore: () => void decide(null),
    undo: async () => {
      const key = await decisions.undo()
      if (key) setSelected(key)
    },
    turnScope: group.turnScope,
  }
  useWorkbenchKeys(acts, opened.id === '' && !asking)

  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  return (
    <>
      <ReviewFilters url={{ ...url, kind }} setUrl={setUrl} total={list.left} made={decisions.made} />
      {list.isPending && <Skeleton lines={8} />}
      {!list.isPending && !current && (
        <NothingWaits kind={kind} filtered={url.q !== '' || url.distributor_id !== ''} month={url.month} />
      )}
      {current && (
        <div className="qf-bench">
          {phone ? (
            <GroupPicker groups={groups} here={here} total={list.left} onGo={goTo} />
          ) : (
            <GroupList groups={groups} selected={keyOf(current)} onSelect={setSelected} />
          )}
          <section className="qf-bench-middle">
            <GroupView key={keyOf(current)} group={current} state={group} acts={acts} />
            <LastDecision made={decisions.made} onUndo={acts.undo} />
            <DecideBar marked={group.marked} ready={group.ready} acts={acts} phone={phone} />
          </section>
          <aside className="qf-bench-lines" aria-label={t('flows.review_lines')}>
            <h2>{t('flows.review_lines')}</h2>
            <SettledLines
              kind={kind}
              raw={current.raw_text}
              lines={group.lines}
              total={group.lineTotal}
              stale={group.linesStale}
              onOpen={opened.open}
            />
          </aside>
        </div>
      )}
      {!current && <LastDecision made={decisions.made} onUndo={acts.undo} />}
      <LineDrawer id={opened.id} onClose={opened.close} />
    </>
  )
}

function NothingWaits({ kind, filtered, month }: { kind: NameKind; filtered: boolean; month: string }) {
  const t = useText()
  if (filtered) return <EmptyState title={t('flows.review_none_found')} />
  const other = kind === 'customer' ? 'product' : 'customer'
  const board = month ? `/flows/months/${month}` : '/flows/months'
  return (
    <EmptyState
      title={t('flows.review_done')}
      text={t('flows.review_done_text', { kind: t(`flows.name_kind.${kind}`) })}
      action={{ text: t('flows.review_board'), to: board }}
    >
      <p>
        <LinkTo to={`/flows/review?kind=${other}${month && `&month=${month}`}`}>
          {t(`flows.review_see.${other}`)}
        </LinkTo>
      </p>
    </EmptyState>
  )
}
