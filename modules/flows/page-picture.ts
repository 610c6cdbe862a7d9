import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { type DrawnPage, defaultLimits, renderPage, withMember } from '#engines/reading/public.ts'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { pathOfFile } from '#platform/files/public.ts'
import type { Download } from '#platform/http.ts'
import { unpackCells } from './raw-cells.ts'

type PagesKind = Parameters<typeof renderPage>[1]

/** What pages a table came from, told by its sheet: 'pdf', or 'member.pdf/pdf' within an archive. */
export function pagesKindOf(sheet: string | undefined): PagesKind | null {
  const own = sheet?.slice(sheet.lastIndexOf('/') + 1)
  return own === 'pdf' || own === 'picture' ? own : null
}

/**
 * The picture of a page (1-based) of a batch that the reader may see whole, in the pixels its rows' boxes are counted in.
 * Not found unless rows were read from that page. Drawn while it is sent, so that no transaction waits for it.
 */
export async function pictureOfPage(ctx: Ctx, batchId: string, page: number): Promise<Download> {
  const batch = await ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', batchId)
    .select(['sha256', 'layout'])
    .executeTakeFirst()
  const kind = pagesKindOf(batch?.layout?.sheet)
  const rows = batch?.layout?.sample_rows ?? []
  const known = kind && (rows.some((row) => row.page === page) || (await holdsPage(ctx, batchId, page)))
  const { sha256, layout } = found(known ? batch : undefined, 'page')
  const place = { sha256, sheet: layout?.sheet_index ?? 0, packed: layout?.sheet !== kind }
  return {
    file_name: `${page}.jpg`,
    media_type: 'image/jpeg',
    body: Readable.from(draw(place, kind as PagesKind, page), { objectMode: false }),
  }
}

async function holdsPage(ctx: Ctx, batchId: string, page: number): Promise<boolean> {
  const { rows } = await sql<{ cells: Buffer }>`select cells from flow_raw_chunks
    where company_id = ${ctx.companyId} and batch_id = ${batchId} order by chunk_no`.execute(ctx.db)
  return rows.some(({ cells }) => unpackCells(cells).places?.some((place) => place.page === page))
}

/** A stored file and, where it is an archive, the sheet that stands for the member with the pages. */
interface Place {
  sha256: string
  sheet: number
  packed: boolean
}

async function* draw(place: Place, kind: PagesKind, page: number): AsyncGenerator<Uint8Array> {
  yield (await drawn(place, kind, page)).bytes
}

/** The pages drawn last: the lines of a page are looked at one after the other. */
const KEPT_PAGES = 8
const kept = new Map<string, Promise<DrawnPage>>()
let before: Promise<unknown> = Promise.resolve()

/** One picture after the other: each is drawn in a process of its own that may take much memory. */
function drawn(place: Place, kind: PagesKind, page: number): Promise<DrawnPage> {
  const key = `${place.sha256} ${place.sheet} ${page}`
  const known = kept.get(key)
  if (known) return known
  const drawing = before.then(() => {
    const path = pathOfFile(place.sha256)
    const render = (at: string) => renderPage(at, kind, page)
    return place.packed ? withMember(path, place.sheet, defaultLimits, render) : render(path)
  })
  before = drawing.catch(() => kept.delete(key))
  kept.set(key, drawing)
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT_PAGES))) kept.delete(oldest)
  return drawing
}
