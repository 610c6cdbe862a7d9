import { createContext, useContext } from 'react'
import type { Locale } from './pages.ts'

export type Session = {
  person: { id: string; name: string; login: string; locale: Locale }
  company: { id: string; name: string; is_demo: boolean }
  companies: { id: string; name: string }[]
  scope: 'company' | 'distributor' | 'territory'
  distributor: { id: string; name: string } | null
  roles: string[]
  permissions: string[]
  /** Nothing but a new password is possible first. */
  must_change_password?: boolean
  /** Nothing but a second factor is possible first. */
  must_set_totp?: boolean
}

export const SessionContext = createContext<Session | null>(null)

/** Who is signed in; only usable on pages, which the shell shows after sign-in. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside the signed-in shell')
  return session
}

/** Whether to offer an act. The server decides again. */
export function usePermission(permission: string): boolean {
  return useSession().permissions.includes(permission)
}
