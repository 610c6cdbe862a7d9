import type { PageDefinition, WebDoor } from '#ui/pages.ts'
import * as adminDoor from './admin/pages.tsx'
import { shellPages } from './shell-pages.tsx'

/** Every module that has screens; one that is not there yet is simply not there. */
const moduleDoors = import.meta.glob<Partial<WebDoor>>('../../modules/*/web/pages.tsx', { eager: true })

const doors: readonly Partial<WebDoor>[] = [{ pages: shellPages }, adminDoor, ...Object.values(moduleDoors)]

/** A module may take over an address of the shell, such as the home page. */
function allPages(): PageDefinition[] {
  const byPath = new Map<string, PageDefinition>()
  for (const door of doors) for (const page of door.pages ?? []) byPath.set(page.path, page)
  return [...byPath.values()]
}

export const pages: readonly PageDefinition[] = allPages()
