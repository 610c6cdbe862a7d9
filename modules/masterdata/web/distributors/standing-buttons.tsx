import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import type { DistributorRow, DistributorState } from '../../shapes.ts'

const next: Record<DistributorState, DistributorState[]> = {
  active: ['suspended', 'exited'],
  suspended: ['exited', 'active'],
  exited: ['active'],
}

/** Suspends a distributor, lets it exit, or takes it back; each with a reason. */
export function StandingButtons({ row }: { row: DistributorRow }) {
  const t = useText()
  const confirm = useConfirmImpact()
  const put = (state: DistributorState, reason: string | null, version: number) =>
    api.put(`/api/distributors/${row.id}/standing`, { state, reason, version })
  const act = useAct({
    run: ({ state, reason }: { state: DistributorState; reason: string }) => put(state, reason, row.version),
    refresh: ['/api/distributors'],
    done: () => t('masterdata.saved'),
  })
  const ask = async (state: DistributorState) => {
    const answer = await confirm({
      title: t(`masterdata.standing_title.${state}`, { name: row.name }),
      impact: [t(`masterdata.standing_impact.${state}`)],
      confirmText: t(`masterdata.standing.${state}`),
      danger: state !== 'active',
      reason: t('masterdata.reason'),
    })
    if (answer) act.run({ state, reason: answer.reason })
  }
  return next[row.state].map((state) => (
    <Button key={state} danger={state !== 'active'} loading={act.pending} onClick={() => void ask(state)}>
      {t(`masterdata.standing.${state}`)}
    </Button>
  ))
}
