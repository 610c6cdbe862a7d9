import { lazy, Suspense, useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { usePhone } from '#ui/use-phone.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { NameKind, ReviewGroup } from '../../shapes.ts'
import { LineDrawer } from '../lines/line-drawer.tsx'
import { useGroup } from './choose/use-group.ts'
import { useAhead } from './choose/use-scope.ts'
import { DecideBar } from './decide-bar.tsx'
import { GroupList } from './group-list.tsx'
import { GroupPicker } from './group-picker.tsx'
import { GroupView } from './group-view.tsx'
import { LastDecision } from './last-decision.tsx'
import { ReviewFilters } from './review-filters.tsx'
import { SettledLines } from './settled-lines.tsx'
import { useDeciding } from './use-deciding.ts'
import { useDecisions } from './use-decisions.ts'
import { useGroups } from './use-groups.ts'
import { keyOf } from './use-made.ts'
import { useWorkbenchKeys } from './use-workbench-keys.ts'

const CreateForm = lazy(() => import('./choose/create-form.tsx').then((m) => ({ default: m.CreateForm })))

/** A thousand lines in ten minutes: groups left, the decision in the middle, the lines it settles on the right. */
export function Workbench() {
  const t = useText()
  const phone = usePhone()
  const opened = useOpened()
  const [url, setUrl] = useUrlState({
    kind: 'customer',
    state: 'waiting',
    month: '',
    distributor_id: '',
    q: '',
    sort: '-amount_fen',
  })
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
  const mayCreate = usePermission('masterdata.write')
  const [creating, setCreating] = useState(false)

  const goTo = (next: number) => {
    const target = groups[Math.max(0, Math.min(groups.length - 1, next))]
    if (!target) return
    setSelected(keyOf(target))
    setPlace(groups.indexOf(target))
  }
  const moveTo = (next: ReviewGroup | undefined) => {
    setSelected(next ? keyOf(next) : '')
    setPlace(here)
  }
  const { alike, asking, decide, decideAlike } = useDeciding({ groups, here, group, decisions, moveTo })
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
      group.forget()
      if (key) setSelected(key)
    },
    turnScope: group.turnScope,
    acceptAlike: alike.length > 0 ? () => void decideAlike() : undefined,
    create: kind === 'customer' && mayCreate && current ? () => setCreating(true) : undefined,
  }
  useWorkbenchKeys(acts, opened.id === '' && !asking && !creating)

  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  return (
    <>
      <ReviewFilters url={{ ...url, kind }} setUrl={setUrl} total={list.left} made={decisions.made} />
      {list.isPending && <Skeleton lines={8} />}
      {!list.isPending && !current && (
        <NothingWaits
          kind={kind}
          filtered={url.q !== '' || url.distributor_id !== '' || url.state !== 'waiting'}
          month={url.month}
        />
      )}
      {current && (
        <div className="qf-bench">
          {phone ? (
            <GroupPicker groups={groups} here={here} total={list.left} onGo={goTo} />
          ) : (
            <GroupList groups={groups} selected={keyOf(current)} onSelect={setSelected} />
          )}
          <section className="qf-bench-middle">
            <GroupView key={keyOf(current)} group={current} state={group} acts={acts} alike={alike} />
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
      {creating && current && (
        <Suspense fallback={null}>
          <CreateForm
            group={current}
            state={group}
            onClose={() => setCreating(false)}
            onCreated={(name, answer) => {
              decisions.created(current, name, group.scope, answer)
              group.forget()
            }}
            onChoose={(target) => {
              setCreating(false)
              void decide(target)
            }}
          />
        </Suspense>
      )}
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
