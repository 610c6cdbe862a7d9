import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  fromFen,
  inspectFile,
  newCounts,
  ReadingError,
  type ReadLine,
  readLines,
  type TableLayout,
} from '#engines/reading/public.ts'
import { comparable, type Field, type FoundLine, fields, isRight, pairLines } from './compare-lines.ts'
import { makePageSamples } from './page-samples/make.ts'
import type { TrueLine, Truth } from './page-samples/truth.ts'

interface Score {
  files: number
  wholly: number
  lines: number
  extra: number
  cells: number
  right: number
  wrongSeen: number
  wrongFlagged: number
  rightFlagged: number
}

/**
 * How right reading is, by kind of file: over the folder `where` (files/ and truth/ beside each other), or over `each`
 * generated files of each kind that the seed `where` gives. Flags count in cells of lines that were found; cells of lost lines are wrong too.
 */
export async function measureAccuracy(where = '1', each = 12): Promise<void> {
  const seed = Number(where)
  const folder = Number.isInteger(seed) ? undefined : where
  const place =
    folder ?? join(process.env.BENCH_DIR ?? join(tmpdir(), 'qucheng-bench'), `page-samples-${seed}`)
  if (!folder) await makePageSamples(place, seed, each)
  const scores = new Map<string, Score>()
  for (const name of readdirSync(join(place, 'truth')).sort()) {
    const truth = JSON.parse(readFileSync(join(place, 'truth', name), 'utf8')) as Truth
    const path = join(place, 'files', truth.file)
    if (!existsSync(path)) continue
    const score = scores.get(truth.kind) ?? emptyScore()
    scores.set(truth.kind, score)
    await addFile(score, path, truth)
  }
  print(scores)
}

function emptyScore(): Score {
  return {
    files: 0,
    wholly: 0,
    lines: 0,
    extra: 0,
    cells: 0,
    right: 0,
    wrongSeen: 0,
    wrongFlagged: 0,
    rightFlagged: 0,
  }
}

async function addFile(score: Score, path: string, truth: Truth) {
  score.files++
  const found = await linesOf(path, truth.file)
  if (truth.expected !== 'rows') {
    if (typeof found === 'string' && [truth.expected, ...(truth.accept ?? [])].includes(found)) score.wholly++
    return
  }
  const before = score.right - score.cells
  const lines = truth.tables.flatMap(({ type, rows }) => rows.map((row) => ({ type, row })))
  const { pairs, extra } = pairLines(lines, typeof found === 'string' ? [] : found)
  for (const { line, found: own } of pairs) {
    if (line.row._optional) continue
    score.lines++
    addLine(score, line.type, line.row, own)
  }
  score.extra += extra
  if (score.right - score.cells === before && extra === 0) score.wholly++
}

function addLine(score: Score, type: string, row: TrueLine, own: FoundLine | null) {
  score.cells++
  if (own?.type === type) score.right++
  for (const field of fields) {
    if (comparable(field, row[field]) === null) continue
    score.cells++
    const right = own !== null && isRight(field, row, own)
    if (right) score.right++
    if (!own || field === 'is_return') continue
    const flagged = own.doubtful.has(field)
    if (!right) score.wrongSeen++
    if (flagged && right) score.rightFlagged++
    if (flagged && !right) score.wrongFlagged++
  }
}

async function linesOf(path: string, name: string): Promise<FoundLine[] | string> {
  try {
    const found: FoundLine[] = []
    const { tables } = await inspectFile(path, name)
    for (const layout of tables) {
      for await (const lines of readLines(path, name, layout, undefined, undefined, newCounts()))
        for (const line of lines) found.push(foundLine(layout, line))
    }
    return found
  } catch (error) {
    return error instanceof ReadingError ? error.code : 'fault'
  }
}

function foundLine(layout: TableLayout, { reading, issues }: ReadLine): FoundLine {
  const doubtful = issues.flatMap(({ code, field }) =>
    code !== 'reading.doubtful-cell'
      ? []
      : field === 'expires_on'
        ? 'expiry'
        : field === 'product_and_spec'
          ? 'product_raw'
          : field,
  )
  return {
    type: layout.kind,
    doubtful: new Set(doubtful as Field[]),
    row: {
      ...stringsOf({
        occurred_on: reading.occurred_on ?? reading.month,
        customer_raw: reading.customer_raw,
        supplier_raw: reading.supplier_raw,
        product_raw: reading.product_raw,
        spec_raw: reading.spec_raw,
        lot: reading.lot ?? reading.serial,
        expiry: reading.expires_on,
        qty: reading.qty,
        unit: reading.unit,
        price: reading.price,
        amount: reading.amount_fen === null ? null : fromFen(reading.amount_fen),
        doc_no: reading.doc_no,
      }),
      is_return: layout.kind !== 'stock' && reading.is_return,
    },
  }
}

function stringsOf(values: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

function print(scores: Map<string, Score>) {
  const share = (part: number, whole: number) =>
    (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`).padStart(11)
  process.stdout.write(
    'kind       files  whole  lines  extra  cells right  wrong flagged      (of)  right flagged\n',
  )
  for (const [kind, score] of [...scores].sort()) {
    const { files, wholly, lines, extra, cells, right, wrongSeen, wrongFlagged, rightFlagged } = score
    const counts = [files, wholly, lines, extra].map((count) => String(count).padStart(6)).join(' ')
    process.stdout.write(
      `${kind.padEnd(10)}${counts}  ${share(right, cells)}  ${share(wrongFlagged, wrongSeen)}  ${String(wrongSeen).padStart(8)}  ${share(rightFlagged, cells)}\n`,
    )
  }
}
