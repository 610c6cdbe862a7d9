import type { CellRow } from './read-cells.ts'
import type { ImportColumn } from './shapes.ts'
import type { Sheet, SheetColumn } from './sheet.ts'

const HEAD_ROWS = 10
const SAMPLES = 5

/** The heads of a file and what each is taken for; `headAt` is the place of the head among the rows. */
export interface Proposal {
  headAt: number
  columns: ImportColumn[]
  mapping: Record<string, string>
}

/** Finds the row of heads among the first rows, and for each head the field it most likely means. */
export function proposeMapping(sheet: Sheet, first: readonly CellRow[]): Proposal {
  const headAt = headRow(sheet, first)
  const head = first[headAt]?.cells ?? []
  const width = Math.max(0, ...first.slice(headAt).map((row) => row.cells.length))
  const body = first.slice(headAt + 1, headAt + 1 + 200)
  const guesses = Array.from({ length: width }, (_, index) => ({
    index,
    header: head[index] ?? '',
    samples: [...new Set(body.map((row) => row.cells[index] ?? '').filter((text) => text !== ''))].slice(
      0,
      SAMPLES,
    ),
    guess: bestOf(sheet, head[index] ?? ''),
  }))
  const mapping: Record<string, string> = {}
  const taken = new Set<string>()
  // The surest head gets a field first; a second head for the same field stays open.
  for (const { index, guess } of [...guesses].sort(
    (a, b) => (b.guess?.confidence ?? 0) - (a.guess?.confidence ?? 0),
  )) {
    if (!guess || taken.has(guess.field)) continue
    taken.add(guess.field)
    mapping[String(index)] = guess.field
  }
  const columns = guesses.map(({ index, header, samples, guess }) => ({
    index,
    header,
    samples,
    field: mapping[String(index)] ?? null,
    confidence: mapping[String(index)] === undefined ? 0 : (guess?.confidence ?? 0),
  }))
  return { headAt, columns, mapping }
}

function headRow(sheet: Sheet, rows: readonly CellRow[]): number {
  let best = 0
  let most = 1
  for (const [place, row] of rows.slice(0, HEAD_ROWS).entries()) {
    const known = new Set(row.cells.flatMap((cell) => bestOf(sheet, cell)?.field ?? [])).size
    if (known > most) {
      most = known
      best = place
    }
  }
  return best
}

function bestOf(sheet: Sheet, header: string): { field: string; confidence: number } | null {
  const text = plainHead(header)
  if (text === '') return null
  let best: { field: string; confidence: number } | null = null
  for (const column of sheet.columns) {
    const confidence = likeness(column, text)
    if (confidence > (best?.confidence ?? 0.49)) best = { field: column.field, confidence }
  }
  return best
}

/** 1 for a label or the field's name, 0.95 for a known word, less when the head only contains one. */
function likeness(column: SheetColumn, text: string): number {
  const labels = [column.zh, column.en, column.field].map(plainHead)
  const words = (column.words ?? []).map(plainHead)
  if (labels.includes(text)) return 1
  if (words.includes(text)) return 0.95
  const inside = [...labels, ...words].filter((word) => word.length > 1 && text.includes(word))
  if (inside.length === 0) return 0
  const longest = Math.max(...inside.map((word) => word.length))
  return 0.5 + 0.4 * (longest / text.length)
}

/** Heads are compared without case, width, spaces, required marks and bracketed remarks. */
function plainHead(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*_·.:/|-]+/g, '')
  return plain.replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '') || plain
}
