import { stat } from 'node:fs/promises'
import { type Book, DOUBTFUL_BELOW, type RawRow } from '../open/source.ts'
import { ReadingError } from '../reading-error.ts'
import type { KnownNames, ReadingLimits, ReadingNote } from '../shapes.ts'
import { type ChildLimits, childLimits, runChild } from './child-job.ts'
import { keptPages } from './kept-pages.ts'
import { joinPages } from './layout/join-pages.ts'
import type { PageProgress, PageRow } from './page-shapes.ts'
import { proveRows } from './prove/prove-rows.ts'
import type { PageKind, ReadPage } from './read-pages.ts'
import { renderPage } from './render-page.ts'
import { heedSecond, type SecondReader } from './second-reader.ts'

export interface OpenPagesOptions {
  /** Called when a page has been read. */
  onPage?: (progress: PageProgress) => void
  /** Stops the reading at once. */
  signal?: AbortSignal
  /** Names the company's masters know: they mend and prove what OCR read. A function is asked only when there are pages. */
  known?: KnownNames | null | (() => Promise<KnownNames | null>)
  /** Looks at the pictures of scanned pages too; its fault or silence changes nothing. */
  second?: SecondReader
  /** A folder in which pages read by OCR are kept, for the next opening by any process. */
  kept_in?: string
  /** Of the process that reads. */
  child?: ChildLimits
}

/**
 * Reads a PDF, a scan or a photo in a process of its own → one sheet of all its pages' rows. Each cell has its box in the
 * pixels of `renderPage`'s picture, and a confidence: 1 where the file's own text says so, else what arithmetic, masters,
 * grammar and repetition make of it; below DOUBTFUL_BELOW a person should look. Throws ReadingError 'empty', 'encrypted',
 * 'corrupt', 'too-large' or 'unsupported', or the signal's reason. What was read last is kept for the next opening.
 */
export async function openPages(
  path: string,
  kind: PageKind,
  limits: ReadingLimits,
  options: OpenPagesOptions = {},
): Promise<Book> {
  const pages = await pagesOf(path, kind, limits, options)
  // A copy: proving writes into the rows, and another opening may know other names.
  const rows = joinPages(structuredClone(pages.map((page) => page.rows)))
  if (options.second) await askSecond(path, kind, pages, rows, options.second, options.signal)
  const { known = null } = options
  proveRows(rows, typeof known === 'function' ? await known() : known)
  const raw = rows.map(rawRow)
  return {
    format: kind === 'pdf' ? 'pdf' : 'picture',
    sheets: [
      {
        name: kind,
        index: 0,
        async *rows() {
          yield raw
        },
      },
    ],
    hidden_sheets: [],
    notes: notesOf(pages, rows),
    close() {},
  }
}

async function askSecond(
  path: string,
  kind: PageKind,
  pages: ReadPage[],
  rows: PageRow[],
  second: SecondReader,
  signal?: AbortSignal,
) {
  for (const { page, scanned } of pages) {
    if (!scanned) continue
    const picture = await renderPage(path, kind, page, signal)
    const told = await second(picture.bytes, signal).catch(() => [])
    signal?.throwIfAborted()
    heedSecond(
      rows.filter((row) => row.page === page),
      told,
    )
  }
}

function rawRow({ page, cells }: PageRow, at: number): RawRow {
  return {
    row: at + 1,
    cells: cells.map((cell) => cell.text),
    page,
    boxes: cells.map((cell) => cell.box),
    confidences: cells.map((cell) => Math.round(cell.sure * 100) / 100),
  }
}

function notesOf(pages: ReadPage[], rows: PageRow[]): ReadingNote[] {
  const scanned = pages.filter((page) => page.scanned).length
  if (scanned === 0) return []
  const cells = rows.filter((row) => row.scanned).flatMap((row) => row.cells)
  return [
    {
      code: 'pages-scanned',
      params: {
        pages: scanned,
        cells: cells.filter((cell) => cell.text !== '').length,
        doubtful: cells.filter((cell) => cell.text !== '' && cell.sure < DOUBTFUL_BELOW).length,
        repaired: cells.filter((cell) => cell.repaired).length,
      },
    },
  ]
}

const KEPT_FILES = 4
const KEPT_ROWS_MAX = 5_000
const kept = new Map<string, ReadPage[]>()

/** Inspecting and then reading a file opens it twice; reading a photo costs seconds. */
async function pagesOf(
  path: string,
  kind: PageKind,
  limits: ReadingLimits,
  options: OpenPagesOptions,
): Promise<ReadPage[]> {
  const { size, mtimeMs } = await stat(path)
  if (size === 0) throw new ReadingError('empty')
  if (size > limits.file_bytes) throw new ReadingError('too-large', { file_bytes: size })
  const key = `${kind} ${size} ${mtimeMs} ${path}`
  const known = kept.get(key)
  if (known) {
    options.signal?.throwIfAborted()
    for (const { page, pages } of known) options.onPage?.({ page, pages })
    return known
  }
  const beside = options.kept_in ? await keptPages(options.kept_in, path, kind) : null
  const pages: ReadPage[] = (await beside?.load()) ?? []
  if (pages.length > 0) {
    options.signal?.throwIfAborted()
    for (const { page } of pages) options.onPage?.({ page, pages: pages.length })
    return pages
  }
  await runChild(
    { task: 'read', path, kind },
    (answer) => {
      if (!('page' in answer)) return
      pages.push(answer.page)
      options.onPage?.({ page: answer.page.page, pages: answer.page.pages })
    },
    options.signal,
    options.child ?? childLimits,
  )
  if (pages.some((page) => page.scanned)) await beside?.save(pages)
  if (pages.reduce((sum, page) => sum + page.rows.length, 0) <= KEPT_ROWS_MAX) {
    kept.set(key, pages)
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT_FILES))) kept.delete(oldest)
  }
  return pages
}
