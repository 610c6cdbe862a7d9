import type { ApprovalRuleList } from '#platform/approvals/shapes.ts'
import { useText } from '#ui/i18n.ts'

type RoleHoldersProps = { roles: ApprovalRuleList['roles']; role: string; needed: number }

/** How many people hold a role now, and that they are too few where they are. */
export function RoleHolders({ roles, role, needed }: RoleHoldersProps) {
  const t = useText()
  const people = roles.find((one) => one.role === role)?.people ?? 0
  if (people >= needed) return <span className="qc-muted">{t('rules.people', { people })}</span>
  return <span className="qc-warn">⚠ {t('rules.too_few', { people, needed })}</span>
}
