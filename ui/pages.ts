import type { FunctionComponent, ReactNode } from 'react'

export const menuGroups = ['work', 'partners', 'orders', 'flows', 'results', 'masterdata', 'admin'] as const
export type MenuGroup = (typeof menuGroups)[number]

/**
 * One page of the browser. `path` may hold parameters (`/institutions/:id`), read with `useParams`.
 * Without `permission` everyone who is signed in may open it. Without `menu` it is reached by links only.
 */
export type PageDefinition = {
  path: `/${string}`
  permission?: string
  menu?: { group: MenuGroup; label_key: string; icon: ReactNode; order: number }
  title_key: string
  load: () => Promise<FunctionComponent>
}

export type Locale = 'zh-CN' | 'en'
export const locales: readonly Locale[] = ['zh-CN', 'en']

/** Flat keys, prefixed by the module: `{ 'zh-CN': { 'flows.title': '流向' }, en: { 'flows.title': 'Flow' } }`. */
export type Messages = Record<Locale, Record<string, string>>

/** What a module's `web/pages.tsx` exports. */
export type WebDoor = { pages: PageDefinition[]; messages: Messages }
