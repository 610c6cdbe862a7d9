import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { RemoteSelect } from '#ui/form/remote-select.tsx'
import { useText } from '#ui/i18n.ts'
import { usePermission, useSession } from '#ui/session.ts'
import type { ApprovalDecision, ApprovalDetail } from './approval.tsx'

type Decision = { decision: ApprovalDecision; reason?: string; delegate_to?: string }

/** Approve, reject with a reason, hold, hand over; the requester may only withdraw. */
export function DecisionBar({ approval }: { approval: ApprovalDetail }) {
  const t = useText()
  const confirm = useConfirmImpact()
  const { person } = useSession()
  const decides = usePermission('platform.decide-approvals')
  const [handingOver, setHandingOver] = useState(false)
  const act = useAct({
    run: (decision: Decision) => api.post(`/api/approvals/${approval.id}/decisions`, decision),
    refresh: ['/api/approvals', '/api/notifications'],
    done: (_answer, { decision }) => t(`approvals.done_${decision}`),
  })
  const withReason = async (decision: ApprovalDecision, danger: boolean) => {
    const answer = await confirm({
      title: approval.title,
      impact: [t(`approvals.impact_${decision}`)],
      confirmText: t(`approvals.${decision}`),
      reason: t('approvals.reason'),
      danger,
    })
    if (answer) act.run({ decision, reason: answer.reason })
  }
  if (approval.requested_by === person.id)
    return (
      <Button loading={act.pending} onClick={() => void withReason('withdraw', true)}>
        {t('approvals.withdraw')}
      </Button>
    )
  if (!(approval.may_decide ?? decides)) return null
  return (
    <>
      <Button type="primary" loading={act.pending} onClick={() => act.run({ decision: 'approve' })}>
        {t('approvals.approve')}
      </Button>
      <Button danger disabled={act.pending} onClick={() => void withReason('reject', true)}>
        {t('approvals.reject')}
      </Button>
      {approval.state === 'held' ? (
        <Button disabled={act.pending} onClick={() => act.run({ decision: 'resume' })}>
          {t('approvals.resume')}
        </Button>
      ) : (
        <Button disabled={act.pending} onClick={() => void withReason('hold', false)}>
          {t('approvals.hold')}
        </Button>
      )}
      <Button type="text" disabled={act.pending} onClick={() => setHandingOver(true)}>
        {t('approvals.delegate')}
      </Button>
      {handingOver && (
        <Delegate
          onClose={() => setHandingOver(false)}
          onChoose={(delegate_to) => act.run({ decision: 'delegate', delegate_to })}
        />
      )}
    </>
  )
}

function Delegate({ onClose, onChoose }: { onClose: () => void; onChoose: (personId: string) => void }) {
  const t = useText()
  const [personId, setPersonId] = useState<string | null>(null)
  return (
    <Modal
      open
      title={t('approvals.delegate_title')}
      okText={t('approvals.delegate')}
      okButtonProps={{ disabled: personId === null }}
      onCancel={onClose}
      onOk={() => {
        if (personId) onChoose(personId)
        onClose()
      }}
    >
      <RemoteSelect
        path="/api/people"
        value={personId}
        onChange={setPersonId}
        label={t('approvals.delegate_title')}
      />
    </Modal>
  )
}
