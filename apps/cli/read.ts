import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  adviceFor,
  DistinctLines,
  type Field,
  type Inspection,
  inspectFile,
  newCounts,
  ReadingError,
  readColumns,
} from '#engines/reading/public.ts'
import { loadKnownNames } from './read/known-names.ts'
import { writeTables } from './read/print-tables.ts'

const USAGE = 'usage: bin/read FILE [--json] [--master DIR] [--out DIR]\n'

interface Wanted {
  path: string
  json: boolean
  master: string | undefined
  out: string | undefined
}

/** `bin/read FILE`: what the reading engine makes of a file. Exit 0 with rows, 2 with a reason why not, 64 for a wrong call. */
async function main() {
  const wanted = wantedFrom(process.argv.slice(2))
  if (!wanted) {
    process.stderr.write(USAGE)
    process.exitCode = 64
    return
  }
  try {
    const names = wanted.master ? await loadKnownNames(wanted.master) : undefined
    const inspection = await inspectFile(wanted.path, basename(wanted.path), undefined, names)
    if (wanted.out) await writeFile(wanted.path, wanted.out, inspection)
    else if (wanted.json) await writeTables(wanted.path, basename(wanted.path), inspection, print)
    else await printSummary(wanted.path, inspection)
  } catch (error) {
    await refuse(error, wanted)
  }
}

function wantedFrom(argv: string[]): Wanted | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, master: { type: 'string' }, out: { type: 'string' } },
    })
    const [path] = positionals
    if (path === undefined || positionals.length > 1) return null
    return { path, json: values.json ?? false, master: values.master, out: values.out }
  } catch {
    return null
  }
}

async function refuse(error: unknown, { path, json, out }: Wanted) {
  process.exitCode = 2
  const known = error instanceof ReadingError
  const code = known ? error.code : 'fault'
  const advice = known ? adviceFor(error) : { zh: (error as Error).message, en: (error as Error).message }
  const answer = {
    error: { code, message: advice.zh, message_en: advice.en, ...(known ? { params: error.params } : {}) },
  }
  if (out) {
    mkdirSync(out, { recursive: true })
    const file = createWriteStream(join(out, `${basename(path)}.json`))
    file.end(`${JSON.stringify(answer)}\n`)
    await once(file, 'finish')
  } else if (json) await print(`${JSON.stringify(answer)}\n`)
  if (!json) await print(`${code}: ${advice.zh}\n${advice.en}\n`)
}

async function print(text: string) {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** Into DIR/<file>.json; nothing is left of it when the file breaks off. */
async function writeFile(path: string, out: string, inspection: Inspection) {
  mkdirSync(out, { recursive: true })
  const target = join(out, `${basename(path)}.json`)
  const file = createWriteStream(target)
  try {
    await writeTables(path, basename(path), inspection, async (text) => {
      if (!file.write(text)) await once(file, 'drain')
    })
    file.end()
    await once(file, 'finish')
  } catch (error) {
    file.destroy()
    await rm(target, { force: true })
    throw error
  }
}

async function printSummary(path: string, inspection: Inspection) {
  const how = [
    inspection.format,
    inspection.encoding,
    inspection.delimiter && JSON.stringify(inspection.delimiter),
  ]
  await print(`${basename(path)}  ${how.filter(Boolean).join(' ')}\n`)
  for (const layout of inspection.tables) {
    const counts = newCounts()
    const distinct = new DistinctLines()
    let issues = 0
    for await (const block of readColumns(path, basename(path), layout, undefined, undefined, counts)) {
      for (let line = 0; line < block.size; line++) issues += block.issue_counts[line] as number
      distinct.addAll(block)
    }
    const repeated = counts.lines - distinct.size
    const { sheet, header_row: row, kind, kind_confidence: sure, context } = layout
    await print(
      `\n[${sheet}] ${kind} (${sure})  header in row ${row}  ${context.month ?? ''} ${context.distributor ?? ''}\n`,
    )
    for (const guess of layout.columns)
      if (guess.header || guess.field)
        await print(columnLine(guess.header, guess.field, guess.confidence, guess.why))
    const skipped = Object.entries(counts.skipped).map(([reason, rows]) => `${reason} ${rows}`)
    await print(
      `  ${counts.rows_seen} rows seen, ${counts.lines} lines (${repeated} repeat another), ${issues} issues; skipped: ${skipped.join(', ') || 'none'}\n`,
    )
  }
  for (const note of inspection.notes)
    await print(`note: ${note.code} ${JSON.stringify(note.params ?? {})}\n`)
}

function columnLine(header: string, field: Field | null, confidence: number, why: string): string {
  return `  ${header} → ${field ?? '(none)'}${field ? `  ${confidence} by ${why}` : ''}\n`
}

// A reader of our output that stops early (head) is no fault.
process.stdout.on('error', () => process.exit(0))
await main()
