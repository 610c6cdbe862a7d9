import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { describeReason } from '#engines/matching/public.ts'
import { inspectFile, newCounts, ReadingError } from '#engines/reading/public.ts'
import { isMonth } from '#kit/period.ts'
import { type CleanLine, cleanTable, type Master, type Seconds } from './clean/clean-table.ts'
import { loadMaster, MissingMaster } from './clean/load-master.ts'

const USAGE = `Usage: bin/clean --master DIR --in FILE… --out DIR [--month YYYY-MM] [--province 省]
  DIR (master)  institutions.csv, products.csv; aliases.csv and pharmacies.csv when they are there
  writes        clean.csv  review.csv  rejected.csv  report.json into --out`

const COLUMNS = [
  'file',
  'sheet',
  'row',
  'occurred_on',
  'customer_raw',
  'institution_id',
  'institution_name',
  'customer_score',
  'product_raw',
  'spec_raw',
  'product_id',
  'product_score',
  'qty',
  'unit',
  'base_qty',
  'price',
  'amount',
  'lot',
  'doc_no',
  'is_return',
  'state',
  'issues',
  'reason',
]

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      master: { type: 'string' },
      in: { type: 'string', multiple: true },
      out: { type: 'string' },
      month: { type: 'string' },
      province: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const files = [...(values.in ?? []), ...positionals]
  if (values.help) return console.log(USAGE)
  if (!values.master || !values.out || files.length === 0 || (values.month && !isMonth(values.month)))
    return fail(USAGE)
  const master = await loadMaster(values.master)
  await mkdir(values.out, { recursive: true })
  const out = {
    posted: await open(join(values.out, 'clean.csv')),
    waiting: await open(join(values.out, 'review.csv')),
    rejected: await open(join(values.out, 'rejected.csv')),
  }
  const started = performance.now()
  const seconds: Seconds = { read: 0, match: 0, check: 0, write: 0 }
  const totals = { rows: 0, skipped: 0, lines: 0, clean: 0, review: 0, rejected: 0 }
  const reports = []
  for (const path of files) {
    reports.push(await cleanFile(path, master, values, out, seconds, totals))
  }
  for (const stream of Object.values(out)) {
    stream.end()
    await finished(stream)
  }
  const wall = (performance.now() - started) / 1000
  const report = {
    counts: totals,
    seconds: { ...seconds, wall },
    lines_per_second: Math.round(totals.lines / wall),
    peak_memory_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    files: reports,
  }
  await writeFile(join(values.out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`)
  console.log(
    `${totals.lines} 行 lines: ${totals.clean} clean, ${totals.review} review, ${totals.rejected} rejected; ${report.lines_per_second} lines/s, ${report.peak_memory_mb} MB`,
  )
  for (const one of reports) if ('error' in one) console.error(`${one.file}: ${one.error}`)
  if (totals.lines === 0) process.exitCode = 2
}

async function cleanFile(
  path: string,
  master: Master,
  options: { month?: string | undefined; province?: string | undefined },
  out: Record<'posted' | 'waiting' | 'rejected', WriteStream>,
  seconds: Seconds,
  totals: Record<string, number>,
) {
  const name = basename(path)
  const tables = []
  try {
    const { tables: layouts, notes } = await inspectFile(path, name)
    for (const layout of layouts) {
      const counts = newCounts()
      const table = {
        sheet: layout.sheet,
        kind: layout.kind,
        month: '',
        clean: 0,
        review: 0,
        rejected: 0,
        columns: layout.columns,
      }
      const rules = { month: options.month, province: options.province ?? null }
      for await (const chunk of cleanTable({ path, name, layout }, master, rules, seconds, counts)) {
        table.month = chunk.month
        const started = performance.now()
        await writeChunk(name, chunk.lines, master, out, table)
        seconds.write += (performance.now() - started) / 1000
      }
      totals.rows = (totals.rows ?? 0) + counts.rows_seen
      totals.skipped = (totals.skipped ?? 0) + counts.rows_seen - counts.rows_read
      totals.lines = (totals.lines ?? 0) + counts.lines
      for (const key of ['clean', 'review', 'rejected'] as const)
        totals[key] = (totals[key] ?? 0) + table[key]
      if (table.clean + table.review + table.rejected !== counts.lines)
        throw new Error(`${name}: a line was lost`)
      tables.push({ ...table, skipped: counts.skipped })
    }
    return { file: name, notes, tables }
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error
    return { file: name, error: error.code, params: error.params, tables }
  }
}

async function writeChunk(
  file: string,
  lines: readonly CleanLine[],
  master: Master,
  out: Record<'posted' | 'waiting' | 'rejected', WriteStream>,
  table: { clean: number; review: number; rejected: number },
): Promise<void> {
  const texts = { posted: '', waiting: '', rejected: '' }
  for (const line of lines) {
    // What is out of the period or cannot be posted at all is told in rejected.csv, with its issue.
    const to = line.state === 'posted' ? 'posted' : line.state === 'waiting' ? 'waiting' : 'rejected'
    texts[to] += `${row(file, line, master)}\n`
    table[to === 'posted' ? 'clean' : to === 'waiting' ? 'review' : 'rejected'] += 1
  }
  for (const [to, text] of Object.entries(texts) as [keyof typeof texts, string][]) {
    if (text !== '' && !out[to].write(text)) await once(out[to], 'drain')
  }
}

function row(file: string, line: CleanLine, master: Master): string {
  const { read, customer_match: customer, product_match: product } = line
  const raw = read.reading
  const why = line.state === 'waiting' ? (customer?.decision !== 'auto' ? customer : product) : null
  const cells = [
    file,
    read.sheet,
    read.row,
    line.occurred_on ?? '',
    raw.customer_raw,
    line.customer?.target_id ?? '',
    master.institutionNames.get(line.customer?.target_id ?? '') ?? '',
    customer?.best?.score.toFixed(3) ?? '',
    raw.product_raw,
    raw.spec_raw,
    line.product?.target_id ?? '',
    product?.best?.score.toFixed(3) ?? '',
    raw.qty ?? '',
    raw.unit,
    line.base_qty ?? '',
    raw.price ?? '',
    raw.amount_fen === null ? '' : (raw.amount_fen / 100).toFixed(2),
    raw.lot,
    raw.doc_no,
    raw.is_return ? '1' : '',
    line.state,
    line.issues.join(' '),
    (why?.best?.reasons ?? []).map((reason) => describeReason(reason, 'zh-CN')).join('；'),
  ]
  return cells
    .map((cell) => (/[",\n\r]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell))
    .join(',')
}

async function open(path: string): Promise<WriteStream> {
  const stream = createWriteStream(path)
  stream.write(`\ufeff${COLUMNS.join(',')}\n`)
  return stream
}

function fail(text: string): void {
  console.error(text)
  process.exitCode = 2
}

try {
  await main()
} catch (error) {
  if (
    !(error instanceof MissingMaster) &&
    (error as { code?: string }).code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
  )
    throw error
  fail(`${(error as Error).message}\n${USAGE}`)
}
