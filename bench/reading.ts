import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspectFile, newCounts, readLines } from '#engines/reading/public.ts'
import { writeFlowFile } from './reading/files.ts'

// How fast files are read, mapped and typed: `node bench/reading.ts [folder] [rows …]`. Every reading runs in a process of
// its own, so that CPU (user + system) and peak memory are its own. Peers only split rows; ours also types and checks.

interface Measured {
  rows: number
  cpu: number
  rss: number
}

type Reader = (path: string) => Promise<number>

const readers: Record<string, Reader> = {
  async reading(path) {
    const { tables } = await inspectFile(path, 'bench')
    const counts = newCounts()
    let checked = 0
    for (const layout of tables) {
      for await (const lines of readLines(path, 'bench', layout, undefined, undefined, counts)) {
        for (const line of lines) if (line.reading.qty !== null && line.issues.length === 0) checked++
      }
    }
    if (checked !== counts.lines) throw new Error(`${counts.lines - checked} lines with issues`)
    return counts.lines
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
  csv: ['reading', 'papaparse'],
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
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--one', reader, path], {
    encoding: 'utf8',
  })
  if (child.status !== 0)
    return (/(heap out of memory|Error: .*)/.exec(child.stderr)?.[0] ?? 'failed').slice(0, 60)
  return JSON.parse(child.stdout) as Measured
}

async function main(folder: string, sizes: number[]) {
  mkdirSync(folder, { recursive: true })
  process.stdout.write('file                      reader       rows/s(cpu)   CPU-s   peak MB\n')
  for (const rows of sizes) {
    for (const kind of ['csv', 'xlsx'] as const) {
      const path = join(folder, `flow-${rows}.${kind}`)
      if (!existsSync(path)) await writeFlowFile(path, kind, rows)
      const name = `${rows} ${kind} ${Math.round(statSync(path).size / 1e6)} MB`.padEnd(26)
      for (const reader of peers[kind] ?? []) {
        const measured = measureApart(reader, path)
        if (typeof measured === 'string') {
          process.stdout.write(`${name}${reader.padEnd(13)}${measured}\n`)
          continue
        }
        if (measured.rows !== rows) throw new Error(`${reader} read ${measured.rows} of ${rows} rows`)
        const speed = String(Math.round(rows / measured.cpu)).padStart(11)
        const cpu = measured.cpu.toFixed(2).padStart(8)
        process.stdout.write(
          `${name}${reader.padEnd(13)}${speed}${cpu}${measured.rss.toFixed(0).padStart(10)}\n`,
        )
      }
    }
  }
}

const [first, ...rest] = process.argv.slice(2)
if (first === '--one') await measureHere(rest[0] as string, rest[1] as string)
else
  await main(
    first ?? join(tmpdir(), 'reading-bench'),
    rest.length > 0 ? rest.map(Number) : [200_000, 1_000_000],
  )
