import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { normaliseInstitutionName, normaliseProductText } from '#engines/matching/public.ts'
import { inspectFile, type TableLayout } from '#engines/reading/public.ts'
import { lockedAsIs, openMonth, packCells, releaseMonth } from '#modules/flows/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordFile, storeMade } from '#platform/files/public.ts'
import { buildMonth } from './generate/month-files.ts'
import type { CompanyKey, DemoFile, DemoLine } from './generate/shapes.ts'
import { fileBytes } from './generate/write-file.ts'
import { type DemoIds, insert } from './load-master.ts'

interface History {
  /** distributor key, kind and normal text → id of the name */
  names: Map<string, string>
  /** file layout of a distributor, as the reading engine found it on its first file */
  layouts: Map<string, TableLayout>
}

/** What the months of history share: nothing is known before the first. */
export function openHistory(): History {
  return { names: new Map(), layouts: new Map() }
}

/**
 * A closed month: real files in the store, their raw rows, lines as they were cleaned, then locked and released by
 * the product's own deeds.
 */
export async function loadHistoryMonth(
  ctx: Ctx,
  key: CompanyKey,
  ids: DemoIds,
  history: History,
  month: string,
): Promise<void> {
  await openMonth(ctx, { month })
  const { files, lines } = buildMonth(month, { company: key })
  await learnNames(ctx, ids, history, lines)
  const byFile = Map.groupBy(lines, (line) => `${line.distributor_key} ${line.file_name} ${line.sheet}`)
  for (const file of files) {
    for (const [sheetIndex, sheet] of file.sheets.entries()) {
      const own = byFile.get(`${file.distributor_key} ${file.file_name} ${sheet.name}`) ?? []
      if (own.length === 0) continue
      byFile.delete(`${file.distributor_key} ${file.file_name} ${sheet.name}`)
      await loadBatch(ctx, ids, history, { file, sheetIndex, lines: own })
    }
  }
  const closed = { ...ctx, now: closedAt(month) }
  await lockedAsIs(closed, month)
  await releaseMonth(closed, month)
}

/** History was closed as a company closes: in the second week of the month after. */
function closedAt(month: string): Date {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 7 + (number % 3), 8))
}

async function learnNames(
  ctx: Ctx,
  ids: DemoIds,
  history: History,
  lines: readonly DemoLine[],
): Promise<void> {
  const fresh: Record<string, unknown>[] = []
  const learn = (line: DemoLine, kind: 'customer' | 'product') => {
    const text =
      kind === 'customer'
        ? normaliseInstitutionName(line.customer_raw)
        : normaliseProductText(line.product_raw, line.spec_raw)
    const at = `${line.distributor_key} ${kind} ${text}`
    if (history.names.has(at)) return
    const id = randomUUID()
    history.names.set(at, id)
    fresh.push({
      id,
      distributor_id: ids.distributors.get(line.distributor_key),
      kind,
      normal_text: text,
      raw_text: kind === 'customer' ? line.customer_raw : line.product_raw,
      raw_spec: kind === 'customer' ? '' : line.spec_raw,
      state: 'confirmed',
      via: 'alias',
      score: 1,
      target_id:
        kind === 'customer' ? ids.institutions.get(line.institution_key) : ids.products.get(line.product_key),
      reasons: [{ code: 'alias' }],
      candidates: [],
      first_seen_at: `${line.occurred_on}T08:00:00Z`,
    })
  }
  for (const line of lines) {
    learn(line, 'customer')
    learn(line, 'product')
  }
  await insert(ctx, 'flow_names', fresh)
}

async function loadBatch(
  ctx: Ctx,
  ids: DemoIds,
  history: History,
  one: { file: DemoFile; sheetIndex: number; lines: DemoLine[] },
): Promise<void> {
  const { file, lines } = one
  const sheet = file.sheets[one.sheetIndex]
  const distributorId = ids.distributors.get(file.distributor_key) ?? ''
  const bytes = await fileBytes(file)
  const stored = await storeMade(Readable.from([bytes]))
  const row = await recordFile(ctx, stored, { file_name: file.file_name, purpose: 'flow', distributorId })
  const layout = await layoutOf(history, file, one.sheetIndex, bytes)
  const mapping = Object.fromEntries(
    (layout?.columns ?? []).map((column) => [String(column.column), column.field]),
  )
  const batchId = randomUUID()
  const month = `${file.month}-01`
  await insert(ctx, 'flow_batches', [
    {
      id: batchId,
      month,
      distributor_id: distributorId,
      kind: 'sales',
      channel: 'demo',
      file_id: row.id,
      file_name: row.file_name,
      sha256: stored.sha256,
      sheet_index: one.sheetIndex,
      state: 'done',
      layout,
      mapping,
      fingerprint: layout?.fingerprint ?? null,
      row_count: sheet?.rows.length ?? 0,
      skipped_count: (sheet?.rows.length ?? 0) - lines.length,
      line_count: lines.length,
      amount_fen: lines.reduce((sum, line) => sum + line.amount_fen, 0),
      seconds: {},
      person_id: ctx.personId,
      received_at: `${file.received_on}T02:00:00Z`,
      ended_at: `${file.received_on}T02:00:05Z`,
    },
  ])
  await insert(ctx, 'flow_raw_chunks', [
    {
      batch_id: batchId,
      chunk_no: 0,
      distributor_id: distributorId,
      first_line_no: 1,
      line_count: lines.length,
      sheet: sheet?.name ?? '',
      cells: `\\x${packCells(lines.map((line) => [line.row, ...printed(sheet?.rows[line.row - 1] ?? [])])).toString('hex')}`,
    },
  ])
  const received = Date.parse(`${file.received_on}T02:00:00Z`)
  await loadLines(ctx, ids, history, { id: batchId, month, distributorId, received }, lines)
}

async function loadLines(
  ctx: Ctx,
  ids: DemoIds,
  history: History,
  batch: { id: string; month: string; distributorId: string; received: number },
  lines: readonly DemoLine[],
): Promise<void> {
  await insert(
    ctx,
    'flow_lines',
    lines.map((line, index) => ({
      id: idOf(batch.received + index),
      month: batch.month,
      batch_id: batch.id,
      line_no: index + 1,
      sheet_row: line.row,
      distributor_id: batch.distributorId,
      occurred_on: line.occurred_on,
      customer_name_id: history.names.get(
        `${line.distributor_key} customer ${normaliseInstitutionName(line.customer_raw)}`,
      ),
      product_name_id: history.names.get(
        `${line.distributor_key} product ${normaliseProductText(line.product_raw, line.spec_raw)}`,
      ),
      institution_id: ids.institutions.get(line.institution_key),
      product_id: ids.products.get(line.product_key),
      territory_id: line.territory_key ? ids.territories.get(line.territory_key) : null,
      qty: line.qty,
      unit: line.unit,
      base_qty: line.base_qty,
      price: line.price,
      amount_fen: line.amount_fen,
      lot: line.lot,
      doc_no: line.doc_no,
      is_return: line.is_return,
      state: 'posted',
      issues: [],
      alike_key: index,
    })),
  )
}

/** An id of version 7 as the database would have made it then: lines are listed in the order in which they came. */
function idOf(moment: number): string {
  const hex = moment.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`
}

const printed = (row: readonly (string | number | Date | null)[]) =>
  row.map((cell) =>
    cell === null ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell),
  )

/** The layout of a distributor's files is the same every month: the reading engine looks at the first one. */
async function layoutOf(
  history: History,
  file: DemoFile,
  sheetIndex: number,
  bytes: Buffer,
): Promise<TableLayout | null> {
  const at = `${file.distributor_key} ${file.layout} ${sheetIndex}`
  const known = history.layouts.get(at)
  if (known) return known
  const path = join(tmpdir(), `qucheng-demo-${randomUUID()}.${file.format}`)
  await writeFile(path, bytes)
  try {
    const { tables } = await inspectFile(path, file.file_name)
    const table = tables.find((one) => one.sheet_index === sheetIndex) ?? tables[0]
    if (table) history.layouts.set(at, table)
    return table ?? null
  } finally {
    await rm(path, { force: true })
  }
}
