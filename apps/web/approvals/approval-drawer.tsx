import type { TFunction } from 'i18next'
import { type ApprovalDetail, type approvalDecisions, approvalDetail } from '#platform/approvals/shapes.ts'
import { useText } from '#ui/i18n.ts'
import { DetailDrawer } from '#ui/layout/detail-drawer.tsx'
import { Fields } from '#ui/layout/fields.tsx'
import { Section } from '#ui/layout/section.tsx'
import { DateText } from '#ui/show/figures.tsx'
import { formatMoney } from '#ui/show/format.ts'
import type { Tone } from '#ui/show/state-tag.tsx'
import { Timeline, type TimelineItem } from '#ui/show/timeline.tsx'
import { useRead } from '#ui/use-list.ts'
import { ApprovalStateTag } from './approval-state.tsx'
import { DecisionBar } from './decision-bar.tsx'

const tones: Record<(typeof approvalDecisions)[number], Tone> = {
  approve: 'good',
  reject: 'bad',
  hold: 'warn',
  resume: 'neutral',
  delegate: 'neutral',
  withdraw: 'off',
}

/** What is asked, what was decided so far, and the decision. */
export function ApprovalDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText()
  const { data: approval, error, isPending } = useRead(id ? `/api/approvals/${id}` : null, approvalDetail)
  return (
    <DetailDrawer
      open={id !== ''}
      onClose={onClose}
      title={approval?.title ?? ''}
      pageTo={approval?.href ?? undefined}
      state={approval && <ApprovalStateTag state={approval.state} />}
      loading={isPending}
      error={error}
      actions={approval && approval.can.length > 0 && <DecisionBar approval={approval} />}
    >
      {approval && (
        <>
          <Fields
            lines={[
              { label: t('approvals.requested_by'), value: approval.requested_by_name },
              {
                label: t('approvals.requested_at'),
                value: <DateText value={approval.requested_at} moment />,
              },
              ...Object.entries(approval.summary).map(([field, value]) => ({
                label: t(`approval.summary.${field}`, { defaultValue: field }),
                value: field.endsWith('_fen') ? formatMoney(value) : value,
              })),
            ]}
          />
          <Section title={t('approvals.steps')}>
            <Timeline items={stepsOf(approval, t)} />
          </Section>
        </>
      )}
    </DetailDrawer>
  )
}

/** Decisions made, the step that waits now, and the steps after it. */
function stepsOf(approval: ApprovalDetail, t: TFunction): TimelineItem[] {
  const made = approval.decisions.map((decision): TimelineItem => {
    const words = t(`approvals.decided_${decision.decision}`, { to: decision.delegate_to_name ?? '' })
    return {
      key: decision.id,
      at: decision.decided_at,
      by: [decision.person_name, decision.for_person_name].filter(Boolean).join(' · '),
      title: `${approval.steps[decision.step_no]?.name ?? ''} ${words}`,
      text: decision.reason ?? undefined,
      tone: tones[decision.decision],
    }
  })
  const isOpen = approval.state === 'pending' || approval.state === 'held'
  const waiting = isOpen ? approval.steps.slice(approval.step_no) : []
  return [
    {
      key: 'request',
      at: approval.requested_at,
      by: approval.requested_by_name ?? '',
      title: t('approvals.requested'),
    },
    ...made,
    ...waiting.map(
      (step, place): TimelineItem => ({
        key: `step ${place}`,
        at: null,
        title: step.name,
        text:
          place === 0 && approval.waiting_for.length > 0
            ? approval.waiting_for.map(({ name }) => name).join('、')
            : t('approvals.step_needs', {
                role: t(`role.${step.role}`, { defaultValue: step.role }),
                needed: step.needed,
              }),
        tone: place === 0 ? 'active' : 'neutral',
      }),
    ),
  ]
}
