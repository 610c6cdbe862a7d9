import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LineColumns } from '#engines/reading/public.ts'
import { writeFlowFile } from './reading/files.ts'

// How fast files are read, typed and freed of repeated rows: `bin/bench reading [folder] [rows …]`; `--fuzz N [seed]` for broken
// files; `--pages [FILE …]` for what a page costs; `--accuracy [FOLDER | SEED [N]]` for how right cells are, by kind of file. Every reading runs in a process of
// its own that loads what it needs and no more, so that CPU (user + system) and peak memory are its own; the best of five runs
// counts, other work only slows. Of csv, all but papaparse give typed rows and count the distinct ones; of xlsx the peers only hand out cells.

interface Measured {
  rows: number
  cpu: number
  rss: number
}

/** All in the same young generation; Node's own default is larger and buys memory with nothing. */
const YOUNG = ['--max-semi-space-size=16']

const RUNS = 5

type Reader = (path: string) => Promise<number>

/** Lines without an issue that have a quantity. */
function linesWithQuantity({ size, issue_counts: issues, qty }: LineColumns): number {
  let lines = 0
  for (let line = 0; line < size; line++) if (issues[line] === 0 && !Number.isNaN(qty[line])) lines++
  return lines
}

const readers: Record<string, Reader> = {
  async reading(path) {
    const { DistinctLines, inspectFile, newCounts, readColumns } = await import('#engines/reading/public.ts')
    const { tables } = await inspectFile(path, 'bench')
    const counts = newCounts()
    const distinct = new DistinctLines()
    let checked = 0
    for (const layout of tables) {
      for await (const block of readColumns(path, 'bench', layout, undefined, undefined, counts)) {
        checked += linesWithQuantity(block)
        distinct.addAll(block)
      }
    }
    if (checked !== counts.lines) throw new Error(`${counts.lines - checked} lines with issues`)
    return distinct.size
  },
  async 'csv-parse'(path) {
    const { parse } = await import('csv-parse')
    const distinct = new Set<string>()
    const rows = createReadStream(path).pipe(parse({ columns: true, cast: true }))
    for await (const row of rows as AsyncIterable<Record<string, unknown>>)
      distinct.add(Object.values(row).join('\u001f'))
    return distinct.size
  },
  async 'duckdb 1 thread'(path) {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
    const connection = await instance.connect()
    await connection.run(`create table lines as select distinct * from read_csv('${path}', header = true)`)
    const counted = await connection.runAndReadAll('select count(*) from lines')
    return Number(counted.getRows()[0]?.[0] ?? 0)
  },
  async papaparse(path) {
    const { default: papa } = await import('papaparse')
    const decoder = new TextDecoder()
    let rows = 0
    let carried = ''
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const text = carried + decoder.decode(chunk as Buffer, { stream: true })
      const end = text.lastIndexOf('\n') + 1
      rows += papa.parse<string[]>(text.slice(0, end), { header: false, skipEmptyLines: true }).data.length
      carried = text.slice(end)
    }
    return rows - 1
  },
  async hucre(path) {
    const { streamXlsxRows } = await import('hucre')
    const bytes = createReadStream(path)
    const { Readable } = await import('node:stream')
    let rows = 0
    for await (const row of streamXlsxRows(Readable.toWeb(bytes) as ReadableStream<Uint8Array>)) {
      if (row.values.length > 0) rows++
    }
    return rows - 1
  },
  async '@e965/xlsx'(path) {
    const { read, utils } = await import('@e965/xlsx')
    const book = read(readFileSync(path), { dense: true })
    const sheet = book.Sheets[book.SheetNames[0] as string]
    return sheet ? utils.sheet_to_json(sheet, { header: 1 }).length - 1 : 0
  },
}

const peers: Record<string, string[]> = {
  csv: ['reading', 'csv-parse', 'duckdb 1 thread', 'papaparse'],
  xlsx: ['reading', 'hucre', '@e965/xlsx'],
}

async function measureHere(reader: string, path: string) {
  const run = readers[reader]
  if (!run) throw new Error(`no reader ${reader}`)
  const rows = await run(path)
  const { user, system } = process.cpuUsage()
  const measured: Measured = { rows, cpu: (user + system) / 1e6, rss: process.resourceUsage().maxRSS / 1024 }
  process.stdout.write(JSON.stringify(measured))
}

function measureApart(reader: string, path: string): Measured | string {
  const self = [...YOUNG, fileURLToPath(import.meta.url), '--one', reader, path]
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'qucheng-compile-cache') }
  const child = spawnSync(process.execPath, self, { encoding: 'utf8', env })
  if (child.status !== 0)
    return (/(heap out of memory|Error: .*)/.exec(child.stderr)?.[0] ?? 'failed').slice(0, 60)
  return JSON.parse(child.stdout) as Measured
}

async function main(folder: string, sizes: number[]) {
  mkdirSync(folder, { recursive: true })
  process.stdout.write('file                      reader          rows/s(cpu)   CPU-s   peak MB  / reading\n')
  for (const rows of sizes) {
    for (const kind of ['csv', 'xlsx'] as const) {
      const path = join(folder, `flow-${rows}.${kind}`)
      if (!existsSync(path)) await writeFlowFile(path, kind, rows)
      const name = `${rows} ${kind} ${Math.round(statSync(path).size / 1e6)} MB`.padEnd(26)
      const best = measureInTurn(peers[kind] ?? [], path)
      const own = best.get('reading')?.cpu ?? Number.NaN
      for (const [reader, { cpu, rss, rows: found }] of best) {
        if (found !== rows) throw new Error(`${reader} read ${found} of ${rows} rows`)
        const speed = String(Math.round(rows / cpu)).padStart(11)
        const ratio = (cpu / own).toFixed(2).padStart(8)
        process.stdout.write(
          `${name}${reader.padEnd(16)}${speed}${cpu.toFixed(2).padStart(8)}${rss.toFixed(0).padStart(10)}${ratio}\n`,
        )
      }
    }
  }
}

/** Each reader's best run; in turn, so that other work slows all of them alike. */
function measureInTurn(names: string[], path: string): Map<string, Measured> {
  const best = new Map<string, Measured>()
  for (let run = 0; run < RUNS; run++) {
    for (const reader of names) {
      const measured = measureApart(reader, path)
      if (typeof measured === 'string') process.stdout.write(`${reader}: ${measured}\n`)
      else if (measured.cpu < (best.get(reader)?.cpu ?? Number.POSITIVE_INFINITY)) best.set(reader, measured)
    }
  }
  return best
}

const [first, ...rest] = process.argv.slice(2)
if (first === '--one') await measureHere(rest[0] as string, rest[1] as string)
else if (first === '--fuzz') {
  const { fuzz } = await import('./reading/fuzz.ts')
  const seed = Number(rest[1] ?? Date.now() % 1_000_000)
  if ((await fuzz(Number(rest[0] ?? 1_000), seed)) > 0) process.exitCode = 1
} else if (first === '--pages') await (await import('./reading/pages.ts')).measurePages(rest)
else if (first === '--accuracy') {
  const { measureAccuracy } = await import('./reading/accuracy.ts')
  await measureAccuracy(rest[0], rest[1] ? Number(rest[1]) : undefined)
} else
  await main(
    first ?? join(tmpdir(), 'reading-bench'),
    rest.length > 0 ? rest.map(Number) : [200_000, 1_000_000],
  )
