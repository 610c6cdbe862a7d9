import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { type ApiPath, api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { usePermission } from '#ui/session.ts'

type RetireButtonProps = {
  /** The row's own address. */
  path: ApiPath
  row: { name: string; state: string; version: number }
  refresh: readonly ApiPath[]
}

/** Takes a row out of use with a reason, or back into use. */
export function RetireButton({ path, row, refresh }: RetireButtonProps) {
  const t = useText()
  const confirm = useConfirmImpact()
  const retired = row.state === 'retired'
  const back = { version: row.version, reason: null }
  const restore = useAct({
    run: () => api.delete(`${path}/retirement`, back),
    refresh,
    done: () => t('masterdata.restored'),
  })
  const retire = useAct({
    run: (reason: string) => api.post(`${path}/retirement`, { version: row.version, reason }),
    refresh,
    done: () => ({
      text: t('masterdata.retired_done', { name: row.name }),
      undo: () => api.delete(`${path}/retirement`, { version: row.version + 1, reason: null }),
    }),
  })
  const ask = async () => {
    const answer = await confirm({
      title: t('masterdata.retire_title', { name: row.name }),
      impact: [t('masterdata.retire_impact')],
      confirmText: t('masterdata.retire'),
      danger: true,
      reason: t('masterdata.reason'),
      undo: t('masterdata.retire_undo'),
    })
    if (answer) retire.run(answer.reason)
  }
  if (!usePermission('masterdata.write')) return null
  if (row.state === 'merged') return null
  return retired ? (
    <Button loading={restore.pending} onClick={() => restore.run()}>
      {t('masterdata.restore')}
    </Button>
  ) : (
    <Button danger loading={retire.pending} onClick={() => void ask()}>
      {t('masterdata.retire')}
    </Button>
  )
}
