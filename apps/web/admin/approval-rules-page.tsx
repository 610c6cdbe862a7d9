import { Button } from 'antd'
import { useState } from 'react'
import { type ApprovalRuleList, type ApprovalRuleRow, approvalRuleList } from '#platform/approvals/shapes.ts'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { useSession } from '#ui/session.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import { useRead } from '#ui/use-list.ts'
import { ApprovalRuleForm } from './approval-rule-form.tsx'
import { RoleHolders } from './role-holders.tsx'
import { roleName } from './role-name.ts'

type Roles = ApprovalRuleList['roles']

/** What needs approval, by whom, and what goes on without. */
export function ApprovalRulesPage() {
  const t = useText()
  const answer = useRead('/api/approval-rules', approvalRuleList)
  const [edited, setEdited] = useState<ApprovalRuleRow | null>(null)
  if (answer.isPending) return <Skeleton />
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
  const { rows, roles } = answer.data
  return (
    <>
      <PageHeader title={t('rules.title')} text={t('rules.text')} />
      {rows.map((row) => (
        <KindRule key={row.subject_kind} row={row} roles={roles} onEdit={() => setEdited(row)} />
      ))}
      {edited && <ApprovalRuleForm row={edited} roles={roles} onClose={() => setEdited(null)} />}
    </>
  )
}

type KindRuleProps = { row: ApprovalRuleRow; roles: Roles; onEdit: () => void }

function KindRule({ row: { subject_kind, optional, rule }, roles, onEdit }: KindRuleProps) {
  const t = useText()
  const kind = t(`approval.kind.${subject_kind}`, { defaultValue: subject_kind })
  const end = useEndRule(subject_kind, kind)
  const guards = useSession().permissions.includes('platform.manage-access')
  return (
    <Section
      title={kind}
      beside={
        guards && (
          <div className="qc-actions">
            {rule && optional && (
              <Button
                onClick={() => void end.ask()}
                loading={end.pending}
                aria-label={`${t('rules.end')} ${kind}`}
              >
                {t('rules.end')}
              </Button>
            )}
            <Button
              type={rule || optional ? 'default' : 'primary'}
              onClick={onEdit}
              aria-label={`${t(rule ? 'rules.edit' : 'rules.set')} ${kind}`}
            >
              {t(rule ? 'rules.edit' : 'rules.set')}
            </Button>
          </div>
        )
      }
    >
      {rule ? (
        <>
          <p>{rule.name}</p>
          <ol className="qc-rule-steps">
            {rule.steps.map((step, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place, and only read here
              <li key={place}>
                {step.name}
                {' · '}
                {t('approvals.step_needs', { role: roleName(step.role, t), needed: step.needed })}
                {' · '}
                <RoleHolders roles={roles} role={step.role} needed={step.needed} />
              </li>
            ))}
          </ol>
        </>
      ) : optional ? (
        <p className="qc-muted">{t('rules.none_optional')}</p>
      ) : (
        <StateTag tone="warn">{t('rules.none_required')}</StateTag>
      )}
    </Section>
  )
}

function useEndRule(subjectKind: string, kind: string) {
  const t = useText()
  const confirm = useConfirmImpact()
  const end = useAct({
    run: () => api.delete(`/api/approval-rules/${subjectKind}`),
    refresh: ['/api/approval-rules'],
    done: () => t('rules.ended', { kind }),
  })
  return {
    pending: end.pending,
    ask: async () => {
      const answer = await confirm({
        title: t('rules.end_title', { kind }),
        impact: [t('rules.end_impact'), t('rules.under_way')],
        confirmText: t('rules.end'),
        danger: true,
      })
      if (answer) end.run()
    },
  }
}
