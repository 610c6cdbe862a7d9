import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, onSessionLost } from '#ui/api.ts'
import { setLocale } from '#ui/i18n.ts'
import { Problem } from '#ui/problem.ts'
import type { Session } from '#ui/session.ts'

const sessionKey = ['/api/session', '']

type SessionState = { session: Session | null | undefined; error: Error | null; retry: () => void }

/** undefined while asking, null when nobody is signed in or the session was lost. */
export function useSessionState(): SessionState {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery<Session | null>({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      try {
        return await api.get<Session>('/api/session', undefined, undefined, signal)
      } catch (problem) {
        if (problem instanceof Problem && problem.status === 401) return null
        throw problem
      }
    },
    staleTime: 60_000,
  })
  useEffect(() => onSessionLost(() => client.setQueryData(sessionKey, null)), [client])
  return { session: data, error: data === undefined ? error : null, retry: () => void refetch() }
}

/** After signing in, nothing of the person before may be seen, and everything is read again. */
export function useSignedIn(): (session: Session, before: Session | null) => void {
  const client = useQueryClient()
  return (session, before) => {
    const isOther = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== sessionKey[0]
    if (before?.person.id === session.person.id && before.company.id === session.company.id)
      void client.invalidateQueries({ predicate: isOther })
    else client.removeQueries({ predicate: isOther })
    setLocale(session.person.locale)
    client.setQueryData(sessionKey, session)
  }
}

/** Signing out and changing the company load the application anew: no row of before stays in memory. */
export async function signOut(): Promise<void> {
  await api.delete('/api/session')
  location.assign('/')
}

export async function switchCompany(company_id: string): Promise<void> {
  await api.put('/api/session/company', { company_id })
  location.assign('/')
}
