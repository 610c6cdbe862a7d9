import type { Messages, PageDefinition, WebDoor } from '#ui/pages.ts'
import * as adminDoor from './admin/pages.tsx'
import { shellMessages } from './messages.ts'
import { refusalMessages } from './refusals.ts'
import { shellPages } from './shell-pages.tsx'

/** Every module that has screens; one that is not there yet is simply not there. */
const moduleDoors = import.meta.glob<Partial<WebDoor>>('../../modules/*/web/pages.tsx', { eager: true })

export const doors: Record<string, Partial<WebDoor>> = {
  shell: { pages: shellPages, messages: shellMessages },
  refusals: { messages: refusalMessages },
  admin: adminDoor,
  ...Object.fromEntries(
    Object.entries(moduleDoors).map(([file, door]) => [file.split('/').at(-3) ?? file, door]),
  ),
}

/** A module may take over an address of the shell, such as the home page. */
function allPages(): PageDefinition[] {
  const byPath = new Map<string, PageDefinition>()
  for (const door of Object.values(doors)) for (const page of door.pages ?? []) byPath.set(page.path, page)
  return [...byPath.values()]
}

export const pages: readonly PageDefinition[] = allPages()

export const messages: readonly Messages[] = Object.values(doors).flatMap((door) => door.messages ?? [])
