import type { FunctionComponent, ReactNode } from 'react'
import type { Session } from './session.ts'

export const menuGroups = ['work', 'partners', 'orders', 'flows', 'results', 'masterdata', 'admin'] as const
export type MenuGroup = (typeof menuGroups)[number]

/**
 * One page of the browser. `path` may hold parameters (`/institutions/:id`), read with `useParams`.
 * Without `permission` everyone who is signed in may open it. Without `menu` it is reached by links only.
 */
export type PageDefinition = {
  path: `/${string}`
  permission?: string
  menu?: {
    group: MenuGroup
    label_key: string
    icon: ReactNode
    order: number
    /** Whose rows the page never holds, so that they are not led there. */
    not_for?: readonly Session['scope'][]
    /** For ⌘K: where the page shows what a typed text finds; null when it means nothing there. */
    find?: (text: string) => string | null
  }
  title_key: string
  load: () => Promise<FunctionComponent>
}

export type Locale = 'zh-CN' | 'en'
export const locales: readonly Locale[] = ['zh-CN', 'en']

/** Words of one language; flat keys, prefixed by the module: `{ 'flows.title': '流向' }`. */
export type Words = Record<string, string>

/** What a module's `web/pages.tsx` exports; its words stand in `web/messages/zh-cn.ts` and `en.ts`, each as `words`. */
export type WebDoor = { pages: PageDefinition[] }
