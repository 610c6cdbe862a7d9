import { sql } from 'kysely'
import { assert } from '#kit/assert.ts'
import type { Ctx } from '#platform/ctx.ts'
import { packCells } from '../raw-cells.ts'
import type { CheckedLine } from './check-lines.ts'
import type { KnownName } from './match-names.ts'
import { pgArray, pgTextArray } from './pg-array.ts'

/**
 * Station `post`: lines and, beside them, the raw rows they came from, one statement each a chunk. Names repeat from line
 * to line, so their ids travel once a chunk and lines point at them by number.
 */
export async function writeLines(
  ctx: Ctx,
  batch: { id: string; month: string; distributor_id: string },
  chunk: { no: number; first_line_no: number },
  lines: readonly CheckedLine[],
): Promise<void> {
  const first = lines[0]
  if (!first) return
  await ctx.db
    .insertInto('flow_raw_chunks')
    .values({
      company_id: ctx.companyId,
      batch_id: batch.id,
      chunk_no: chunk.no,
      distributor_id: batch.distributor_id,
      first_line_no: chunk.first_line_no,
      line_count: lines.length,
      sheet: first.read.sheet,
      cells: packCells(lines.map((line) => [line.read.row, ...line.read.cells])),
    })
    .execute()
  const of = (pick: (line: CheckedLine) => string | number | bigint | null | boolean) =>
    pgArray(lines.map(pick))
  const texts = (pick: (line: CheckedLine) => string) => pgTextArray(lines.map(pick))
  const customers = numbered<KnownName>()
  const products = numbered<KnownName>()
  const territories = numbered<string>()
  const inserted =
    await sql`insert into flow_lines (company_id, month, batch_id, line_no, sheet_row, distributor_id,
      occurred_on, customer_name_id, product_name_id, institution_id, product_id, territory_id, qty, unit, base_qty,
      price, amount_fen, lot, doc_no, is_return, state, issues, alike_key)
    select ${ctx.companyId}::uuid, ${batch.month}::date, ${batch.id}::uuid, ${chunk.first_line_no}::int + (l.n - 1)::int,
      l.sheet_row, ${batch.distributor_id}::uuid, l.occurred_on, c.names[l.customer], p.names[l.product],
      c.targets[l.customer], p.targets[l.product], t.ids[l.territory], l.qty, l.unit, l.base_qty, l.price,
      l.amount_fen, l.lot, l.doc_no, l.is_return, l.state,
      case when l.issues = '' then '{}' else string_to_array(l.issues, ' ') end, l.alike_key
    from unnest(
      ${of((line) => line.read.row)}::int[], ${of((line) => line.occurred_on)}::date[],
      ${of((line) => customers.numberOf(line.customer))}::int[],
      ${of((line) => products.numberOf(line.product))}::int[],
      ${of((line) => territories.numberOf(line.territory_id))}::int[],
      ${of((line) => line.read.reading.qty)}::numeric[],
      ${texts((line) => line.read.reading.unit)}::text[], ${of((line) => line.base_qty)}::numeric[],
      ${of((line) => line.read.reading.price)}::numeric[], ${of((line) => line.read.reading.amount_fen)}::bigint[],
      ${texts((line) => line.read.reading.lot)}::text[], ${texts((line) => line.read.reading.doc_no)}::text[],
      ${of((line) => line.read.reading.is_return)}::boolean[], ${of((line) => line.state)}::text[],
      ${texts((line) => line.issues.join(' '))}::text[], ${of((line) => line.alike_key)}::bigint[]
    ) with ordinality as l(sheet_row, occurred_on, customer, product, territory, qty, unit, base_qty, price, amount_fen,
      lot, doc_no, is_return, state, issues, alike_key, n),
    (select ${pgArray(customers.list.map((name) => name.id))}::uuid[],
      ${pgArray(customers.list.map((name) => name.target_id))}::uuid[]) c(names, targets),
    (select ${pgArray(products.list.map((name) => name.id))}::uuid[],
      ${pgArray(products.list.map((name) => name.target_id))}::uuid[]) p(names, targets),
    (select ${pgArray(territories.list)}::uuid[]) t(ids)`.execute(ctx.db)
  const written = Number(inserted.numAffectedRows ?? 0)
  assert(written === lines.length, `${lines.length} lines to write, ${written} written`)
}

/** Gives each distinct thing a number from 1 on, as PostgreSQL counts the places of an array; null for null. */
function numbered<T>() {
  const numbers = new Map<T, number>()
  const list: T[] = []
  return {
    list,
    numberOf(thing: T | null): number | null {
      if (thing === null) return null
      const known = numbers.get(thing)
      if (known !== undefined) return known
      numbers.set(thing, list.push(thing))
      return list.length
    },
  }
}
