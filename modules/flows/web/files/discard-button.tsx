import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import type { BatchPage } from '../../shapes.ts'
import { isRunning } from './use-batch.ts'

/** Takes a file out of its open month, with a reason. */
export function DiscardButton({ batch }: { batch: BatchPage }) {
  const t = useText()
  const confirm = useConfirmImpact()
  const discard = useAct({
    run: (reason: string) =>
      api.delete(`/api/flow-batches/${batch.id}?reason=${encodeURIComponent(reason.slice(0, 300))}`),
    refresh: ['/api/flow-batches', '/api/flow-months', '/api/flow-lines', '/api/flow-reviews'],
    done: () => t('flows.discarded'),
  })
  const ask = async () => {
    const answer = await confirm({
      title: t('flows.discard_title'),
      impact: [
        t('flows.discard_lines', {
          number: formatCount(batch.line_count),
          count: batch.line_count,
          month: batch.month,
          amount: formatMoney(batch.amount_fen),
        }),
        t('flows.discard_kept'),
      ],
      confirmText: t('flows.file_discard'),
      danger: true,
      reason: t('flows.discard_reason'),
    })
    if (answer) discard.run(answer.reason)
  }
  if (batch.state === 'discarded') return null
  return (
    <Button danger disabled={isRunning(batch.state)} loading={discard.pending} onClick={ask}>
      {t('flows.file_discard')}
    </Button>
  )
}
