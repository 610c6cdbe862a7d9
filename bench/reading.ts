import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspectFile, lineDigest, newCounts, readLines } from '#engines/reading/public.ts'
import { DistinctRows } from './reading/distinct.ts'
import { writeFlowFile } from './reading/files.ts'
import { fuzz } from './reading/fuzz.ts'

// How fast files are read, typed and freed of repeated rows: `bin/bench reading [folder] [rows …]`; `--fuzz N [seed]` for broken
// files. Every reading runs in a process of its own, so that CPU (user + system) and peak memory are its own. Of csv, all
// but papaparse give typed rows and count the distinct ones; of xlsx the peers only hand out cells.

interface Measured {
  rows: number
  cpu: number
  rss: number
}

/** All in the same young generation; Node's own default is larger and buys memory with nothing. */
const YOUNG = ['--max-semi-space-size=16']

type Reader = (path: string) => Promise<number>

const readers: Record<string, Reader> = {
  async reading(path) {
    const { tables } = await inspectFile(path, 'bench')
    const counts = newCounts()
    const distinct = new DistinctRows()
    let checked = 0
    for (const layout of tables) {
      for await (const lines of readLines(path, 'bench', layout, undefined, undefined, counts)) {
        for (const line of lines) {
          if (line.reading.qty !== null && line.issues.length === 0) checked++
          distinct.add(lineDigest(line.reading))
        }
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
  const child = spawnSync(process.execPath, self, { encoding: 'utf8' })
  if (child.status !== 0)
    return (/(heap out of memory|Error: .*)/.exec(child.stderr)?.[0] ?? 'failed').slice(0, 60)
  return JSON.parse(child.stdout) as Measured
}

async function main(folder: string, sizes: number[]) {
  mkdirSync(folder, { recursive: true })
  process.stdout.write('file                      reader          rows/s(cpu)   CPU-s   peak MB\n')
  for (const rows of sizes) {
    for (const kind of ['csv', 'xlsx'] as const) {
      const path = join(folder, `flow-${rows}.${kind}`)
      if (!existsSync(path)) await writeFlowFile(path, kind, rows)
      const name = `${rows} ${kind} ${Math.round(statSync(path).size / 1e6)} MB`.padEnd(26)
      for (const reader of peers[kind] ?? []) {
        const measured = measureApart(reader, path)
        if (typeof measured === 'string') {
          process.stdout.write(`${name}${reader.padEnd(16)}${measured}\n`)
          continue
        }
        if (measured.rows !== rows) throw new Error(`${reader} read ${measured.rows} of ${rows} rows`)
        const speed = String(Math.round(rows / measured.cpu)).padStart(11)
        const cpu = measured.cpu.toFixed(2).padStart(8)
        process.stdout.write(
          `${name}${reader.padEnd(16)}${speed}${cpu}${measured.rss.toFixed(0).padStart(10)}\n`,
        )
      }
    }
  }
}

const [first, ...rest] = process.argv.slice(2)
if (first === '--one') await measureHere(rest[0] as string, rest[1] as string)
else if (first === '--fuzz') {
  const seed = Number(rest[1] ?? Date.now() % 1_000_000)
  if ((await fuzz(Number(rest[0] ?? 1_000), seed)) > 0) process.exitCode = 1
} else
  await main(
    first ?? join(tmpdir(), 'reading-bench'),
    rest.length > 0 ? rest.map(Number) : [200_000, 1_000_000],
  )
