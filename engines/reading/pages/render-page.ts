import { ReadingError } from '../reading-error.ts'
import { runChild } from './child-job.ts'
import type { DrawnPage } from './draw-picture.ts'

export type { DrawnPage }

import type { PageKind } from './read-pages.ts'

/**
 * The picture of a page (1-based) as JPEG, upright, in exactly the pixels that `boxes` of its lines are counted in: of a PDF
 * at 144 dots an inch, of a photo its own pixels (a side above 3,000 made smaller), turned by quarters where it lay on its
 * side. Drawn in a process of its own. Throws ReadingError 'no-rows' when there is no such page, and as `openPages` does.
 */
export async function renderPage(
  path: string,
  kind: PageKind,
  page: number,
  signal?: AbortSignal,
): Promise<DrawnPage> {
  const drawn: { page?: DrawnPage } = {}
  await runChild(
    { task: 'draw', path, kind, page },
    (answer) => {
      if ('picture' in answer) drawn.page = answer.picture
    },
    signal,
  )
  if (!drawn.page) throw new ReadingError('corrupt', { page })
  return drawn.page
}
