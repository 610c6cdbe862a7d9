import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { type FunctionComponent, type ReactNode, useEffect } from 'react'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import type { PageDefinition } from '#ui/pages.ts'
import { useSession } from '#ui/session.ts'
import { parseSearch, stringifySearch } from '#ui/use-url-state.ts'
import { pages } from './modules.ts'
import { Shell } from './shell/shell.tsx'

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound })

function routeOf(page: PageDefinition) {
  const Page = lazyRouteComponent<{ default: FunctionComponent }>(() =>
    page.load().then((component) => ({ default: component })),
  )
  const component = () => <Permitted page={page} content={<Page />} />
  const path = page.path.replace(/:(\w+)/g, '$$$1')
  return createRoute({
    getParentRoute: () => rootRoute,
    path,
    component: Object.assign(component, { preload: Page.preload }),
  })
}

function Permitted({ page, content }: { page: PageDefinition; content: ReactNode }) {
  const t = useText()
  const { permissions } = useSession()
  const title = t(page.title_key)
  useEffect(() => {
    document.title = `${title} · 渠成`
  }, [title])
  return page.permission && !permissions.includes(page.permission) ? <Denied /> : content
}

export const router = createRouter({
  routeTree: rootRoute.addChildren(pages.map(routeOf)),
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPendingComponent: Skeleton,
  defaultErrorComponent: PageFault,
  defaultPreloadDelay: 80,
})

function NotFound() {
  const t = useText()
  return (
    <EmptyState
      alone
      title={t('shell.no_page')}
      text={t('shell.no_page_text')}
      action={{ text: t('shell.home'), to: '/' }}
    />
  )
}

function Denied() {
  const t = useText()
  return (
    <EmptyState
      alone
      title={t('shell.denied')}
      text={t('shell.denied_text')}
      action={{ text: t('shell.home'), to: '/' }}
    />
  )
}

function PageFault({ error, reset }: ErrorComponentProps) {
  useEffect(() => console.error(error), [error])
  return <ErrorState error={error} onRetry={reset} />
}
