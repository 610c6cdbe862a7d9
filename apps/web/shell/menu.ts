import { createContext } from 'react'
import { type MenuGroup, menuGroups, type PageDefinition } from '#ui/pages.ts'
import type { Session } from '#ui/session.ts'

export type MenuPage = PageDefinition & { menu: NonNullable<PageDefinition['menu']> }
export type MenuSection = { group: MenuGroup; pages: MenuPage[] }

/** The menu of the person signed in, for pages that show it too. */
export const MenuContext = createContext<readonly MenuSection[]>([])

/** What this person may open, by task and in order; a group without pages is not shown. */
export function menuFor(
  pages: readonly PageDefinition[],
  { permissions, scope }: Pick<Session, 'permissions' | 'scope'>,
): MenuSection[] {
  const allowed = pages.filter(
    (page): page is MenuPage =>
      page.menu !== undefined &&
      !page.menu.not_for?.includes(scope) &&
      (page.permission === undefined || permissions.includes(page.permission)),
  )
  return menuGroups
    .map((group) => ({
      group,
      pages: allowed.filter((page) => page.menu.group === group).sort((a, b) => a.menu.order - b.menu.order),
    }))
    .filter((section) => section.pages.length > 0)
}

/** The entry an address belongs to: the longest menu path that begins it. */
export function currentEntry(sections: readonly MenuSection[], pathname: string): string | undefined {
  return sections
    .flatMap((section) => section.pages.map((page) => page.path))
    .filter((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .sort((a, b) => b.length - a.length)[0]
}
