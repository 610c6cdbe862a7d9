import { once } from 'node:events'
import { basename } from 'node:path'
import {
  type Field,
  inspectFile,
  newCounts,
  ReadingError,
  type ReadLine,
  readLines,
  type TableLayout,
} from '#engines/reading/public.ts'

/** `bin/read FILE [--json]`: what the reading engine makes of a file. Exit 0 with rows, 2 with a reason why not. */
async function main() {
  const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
  const json = process.argv.includes('--json')
  const path = paths[0]
  if (!path || paths.length > 1) {
    process.stderr.write('usage: bin/read FILE [--json]\n')
    process.exitCode = 64
    return
  }
  try {
    if (json) await printJson(path)
    else await printSummary(path)
  } catch (error) {
    const known = error instanceof ReadingError
    const code = known ? error.code : 'fault'
    const message = (error as Error).message
    process.stdout.write(json ? `${JSON.stringify({ error: { code, message } })}\n` : `${code}: ${message}\n`)
    process.exitCode = 2
  }
}

async function write(text: string) {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

async function printJson(path: string) {
  const inspection = await inspectFile(path, basename(path))
  const { tables, ...file } = inspection
  let opened = false
  for (const [index, layout] of tables.entries()) {
    const { columns, ...rest } = layout
    const counts = newCounts()
    const issues: unknown[] = []
    let first = true
    for await (const lines of readLines(path, basename(path), layout, undefined, undefined, counts)) {
      if (!opened) await write(`{"file":${JSON.stringify(file)},"tables":[`)
      opened = true
      if (first)
        await write(
          `${index > 0 ? ',' : ''}{"type":"${layout.kind}","layout":${JSON.stringify(rest)},"columns":${JSON.stringify(columns)},"rows":[`,
        )
      const texts = lines.map((line) => JSON.stringify(rowOf(line, layout)))
      await write((first ? '' : ',') + texts.join(','))
      first = false
      for (const line of lines) for (const issue of line.issues) issues.push({ row: line.row, ...issue })
    }
    await write(`],"issues":${JSON.stringify(issues)},"counts":${JSON.stringify(counts)}}`)
  }
  await write(']}\n')
}

/** Only what the file carries; money as yuan, a return's figures negative. */
function rowOf(line: ReadLine, layout: TableLayout): Record<string, unknown> {
  const { reading } = line
  const row: Record<string, unknown> = {}
  const put = (key: string, value: string | null) => {
    if (value !== null && value !== '') row[key] = value
  }
  put('occurred_on', reading.occurred_on ?? reading.month)
  for (const field of SHOWN) put(field, reading[field])
  put('expiry', reading.expires_on)
  put('mfg_on', reading.mfg_on)
  put('amount', reading.amount_fen === null ? null : yuan(reading.amount_fen))
  if (layout.kind !== 'stock') row.is_return = reading.is_return
  row.source = {
    sheet: line.sheet,
    row: line.row,
    ...(line.column === undefined ? {} : { col: line.column + 1 }),
  }
  return row
}

const SHOWN = [
  'customer_raw',
  'customer_code',
  'customer_tax_id',
  'customer_address',
  'customer_province',
  'customer_city',
  'customer_county',
  'supplier_raw',
  'distributor_raw',
  'product_raw',
  'spec_raw',
  'product_code',
  'lot',
  'serial',
  'qty',
  'unit',
  'pack_factor',
  'price',
  'manufacturer',
  'approval_no',
  'doc_no',
  'doc_type',
  'salesperson',
  'remark',
] as const

function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '')
}

async function printSummary(path: string) {
  const inspection = await inspectFile(path, basename(path))
  const how = [
    inspection.format,
    inspection.encoding,
    inspection.delimiter && JSON.stringify(inspection.delimiter),
  ]
  await write(`${basename(path)}  ${how.filter(Boolean).join(' ')}\n`)
  for (const layout of inspection.tables) {
    const counts = newCounts()
    let issues = 0
    for await (const lines of readLines(path, basename(path), layout, undefined, undefined, counts)) {
      for (const line of lines) issues += line.issues.length
    }
    const { sheet, header_row: row, kind, kind_confidence: sure, context } = layout
    await write(
      `\n[${sheet}] ${kind} (${sure})  header in row ${row}  ${context.month ?? ''} ${context.distributor ?? ''}\n`,
    )
    for (const guess of layout.columns)
      if (guess.header) await write(columnLine(guess.header, guess.field, guess.confidence, guess.why))
    const skipped = Object.entries(counts.skipped).map(([reason, rows]) => `${reason} ${rows}`)
    await write(
      `  ${counts.rows_seen} rows seen, ${counts.lines} lines, ${issues} issues; skipped: ${skipped.join(', ') || 'none'}\n`,
    )
  }
  for (const note of inspection.notes)
    await write(`note: ${note.code} ${JSON.stringify(note.params ?? {})}\n`)
}

function columnLine(header: string, field: Field | null, confidence: number, why: string): string {
  return `  ${header} → ${field ?? '(none)'}${field ? `  ${confidence} by ${why}` : ''}\n`
}

// A reader of our output that stops early (head) is no fault.
process.stdout.on('error', () => process.exit(0))
await main()
