import { useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'
import { roleName } from './role-name.ts'

export type RolesAnswer = { rows: { role: string; permissions: string[] }[] }

/** The roles there are, also as choices in words. */
export function useRoles() {
  const t = useText()
  const answer = useRead<RolesAnswer>('/api/roles')
  const rows = answer.data?.rows ?? []
  return { answer, rows, options: rows.map(({ role }) => ({ value: role, label: roleName(role, t) })) }
}
