import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterContextProvider, RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { Problem } from '#ui/problem.ts'
import { type Session, SessionContext } from '#ui/session.ts'
import { Theme } from '#ui/theme.tsx'
import { router } from './router.tsx'
import { useSessionState } from './session-state.ts'

const SignInPage = lazy(() => import('./account/sign-in-page.tsx').then((m) => ({ default: m.SignInPage })))
const SetupPage = lazy(() => import('./account/setup-page.tsx').then((m) => ({ default: m.SetupPage })))

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal does not change by asking again; only a lost connection or a fault may.
      retry: (count, error) =>
        count < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 502),
    },
  },
})

export function Application() {
  return (
    <QueryClientProvider client={client}>
      <Theme>
        <Door />
      </Theme>
    </QueryClientProvider>
  )
}

/**
 * Signed in: the shell. When the session was lost, sign-in covers the page but leaves it mounted, so that
 * a half-filled form is still there for the person who comes back.
 */
function Door() {
  const { session, error, retry } = useSessionState()
  const [kept, setKept] = useState<Session | null>(null)
  if (session && session !== kept) setKept(session)
  if (error)
    return (
      <div className="qc-alone">
        <ErrorState error={error} onRetry={retry} />
      </div>
    )
  if (session === undefined)
    return (
      <div className="qc-alone">
        <Skeleton lines={4} />
      </div>
    )
  const shown = session ?? kept
  return (
    <>
      {session === null && (
        <Suspense fallback={null}>
          {kept === null && location.pathname === '/setup' ? (
            <RouterContextProvider router={router}>
              <SetupPage />
            </RouterContextProvider>
          ) : (
            <SignInPage before={kept} />
          )}
        </Suspense>
      )}
      {shown && (
        <div hidden={session === null} className="qc-whole">
          <SessionContext value={shown}>
            <RouterProvider router={router} key={`${shown.person.id} ${shown.company.id}`} />
          </SessionContext>
        </div>
      )}
    </>
  )
}
