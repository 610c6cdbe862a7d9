import {
  type Field,
  fields,
  fromFen,
  type Inspection,
  newCounts,
  type ReadLine,
  readLines,
  type TableLayout,
} from '#engines/reading/public.ts'

type Write = (text: string) => Promise<void>

/**
 * Writes all tables of a file as one JSON object, row by row: a million rows need no memory. Nothing is written before the
 * first rows are there, so that a file which breaks off early can still be answered with its error.
 */
export async function writeTables(path: string, name: string, inspection: Inspection, write: Write) {
  const { tables, ...file } = inspection
  let begun = false
  for (const [index, layout] of tables.entries()) {
    const { columns, ...rest } = layout
    const counts = newCounts()
    const issues: unknown[] = []
    let first = true
    const open = async () => {
      if (!begun) await write(`{"file":${JSON.stringify(file)},"tables":[`)
      begun = true
      const head = `"type":"${layout.kind}","layout":${JSON.stringify(rest)},"columns":${JSON.stringify(columns)}`
      await write(`${index > 0 ? ',' : ''}{${head},"rows":[`)
    }
    for await (const lines of readLines(path, name, layout, undefined, undefined, counts)) {
      if (first) await open()
      const texts = lines.map((line) => JSON.stringify(rowOf(line, layout)))
      await write((first ? '' : ',') + texts.join(','))
      first = false
      for (const line of lines) for (const issue of line.issues) issues.push({ row: line.row, ...issue })
    }
    if (first) await open()
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
  put('amount', reading.amount_fen === null ? null : fromFen(reading.amount_fen))
  if (layout.kind !== 'stock') row.is_return = reading.is_return
  row.source = sourceOf(line)
  return row
}

function sourceOf(line: ReadLine): Record<string, unknown> {
  const source: Record<string, unknown> = { sheet: line.sheet, row: line.row }
  if (line.column !== undefined) source.col = line.column + 1
  if (line.hidden) source.hidden = true
  if (line.page !== undefined) source.page = line.page
  const boxes = line.boxes?.flatMap((box) => (box ? [box] : [])) ?? []
  if (boxes.length > 0) {
    source.box = [0, 1, 2, 3].map((side) =>
      (side < 2 ? Math.min : Math.max)(...boxes.map((box) => box[side] as number)),
    )
  }
  return source
}

/** In an order, a place and a writing of their own. */
const OWN = ['occurred_on', 'month', 'product_and_spec', 'amount', 'mfg_on', 'expires_on'] as const
type Shown = Exclude<Field, (typeof OWN)[number]>
const SHOWN = fields.filter((field): field is Shown => !(OWN as readonly Field[]).includes(field))
