import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { ApprovalDetail, approvalDecisions, DecisionInput } from '#platform/approvals/shapes.ts'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { RemoteSelect } from '#ui/form/remote-select.tsx'
import { useText } from '#ui/i18n.ts'

type Decision = (typeof approvalDecisions)[number]

/** What the reader may do now: approve, reject with a reason, hold, hand over, withdraw. */
export function DecisionBar({ approval }: { approval: ApprovalDetail }) {
  const t = useText()
  const confirm = useConfirmImpact()
  const can = (decision: Decision) => approval.can.includes(decision)
  const [handingOver, setHandingOver] = useState(false)
  const act = useAct({
    run: (decision: DecisionInput) => api.post(`/api/approvals/${approval.id}/decisions`, decision),
    refresh: ['/api/approvals', '/api/notifications'],
    done: (_answer, { decision }) => t(`approvals.done_${decision}`),
  })
  const withReason = async (decision: Decision, danger: boolean) => {
    const answer = await confirm({
      title: approval.title,
      impact: [t(`approvals.impact_${decision}`)],
      confirmText: t(`approvals.${decision}`),
      reason: t('approvals.reason'),
      danger,
    })
    if (answer) act.run({ decision, reason: answer.reason })
  }
  const simple = (decision: 'approve' | 'resume') => (
    <Button type="primary" loading={act.pending} onClick={() => act.run({ decision })}>
      {t(`approvals.${decision}`)}
    </Button>
  )
  const reasoned = (decision: Decision, danger: boolean) => (
    <Button danger={danger} disabled={act.pending} onClick={() => void withReason(decision, danger)}>
      {t(`approvals.${decision}`)}
    </Button>
  )
  return (
    <>
      {can('approve') && simple('approve')}
      {can('resume') && simple('resume')}
      {can('reject') && reasoned('reject', true)}
      {can('hold') && reasoned('hold', false)}
      {can('withdraw') && reasoned('withdraw', true)}
      {can('delegate') && (
        <Button type="text" disabled={act.pending} onClick={() => setHandingOver(true)}>
          {t('approvals.delegate')}
        </Button>
      )}
      {handingOver && (
        <Delegate
          approvalId={approval.id}
          onClose={() => setHandingOver(false)}
          onChoose={(delegate_to) => act.run({ decision: 'delegate', delegate_to })}
        />
      )}
    </>
  )
}

type DelegateProps = { approvalId: string; onClose: () => void; onChoose: (personId: string) => void }

function Delegate({ approvalId, onClose, onChoose }: DelegateProps) {
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
        path={`/api/approvals/${approvalId}/delegates`}
        value={personId}
        onChange={setPersonId}
        label={t('approvals.delegate_title')}
      />
    </Modal>
  )
}
