import { Button } from 'antd'
import { useState } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { useSession } from '#ui/session.ts'
import type { DistributorContact, DistributorRow } from '../../shapes.ts'

/** Whom to call, masked; in full for who may, says why, and is written down. */
export function ContactLine({ row }: { row: DistributorRow }) {
  const t = useText()
  const confirm = useConfirmImpact()
  const may = useSession().permissions.includes('masterdata.read-personal')
  const [shown, setShown] = useState<{ id: string; contact: DistributorContact } | null>(null)
  const reveal = useAct({
    run: (reason: string) => api.post<DistributorContact>(`/api/distributors/${row.id}/contact`, { reason }),
    after: (contact) => setShown({ id: row.id, contact }),
  })
  const open = shown?.id === row.id
  const { contact_name, contact_phone } = open ? shown.contact : row
  const text = [contact_name, contact_phone].filter(Boolean).join(' · ')
  const ask = async () => {
    const answer = await confirm({
      title: t('masterdata.reveal_title'),
      impact: [t('masterdata.reveal_impact')],
      confirmText: t('masterdata.reveal'),
      reason: t('masterdata.reveal_reason'),
    })
    if (answer) reveal.run(answer.reason)
  }
  return (
    <>
      {text}{' '}
      {may && !open && text !== '' && (
        <Button size="small" onClick={() => void ask()} loading={reveal.pending}>
          {t('masterdata.reveal')}
        </Button>
      )}
    </>
  )
}
