import type { TFunction } from 'i18next'

/** A role in words; a role the words do not know keeps its code. */
export function roleName(role: string, t: TFunction): string {
  return t(`role.${role}`, { defaultValue: role })
}

export function roleNames(roles: readonly string[], t: TFunction): string {
  return roles.map((role) => roleName(role, t)).join(' · ')
}
