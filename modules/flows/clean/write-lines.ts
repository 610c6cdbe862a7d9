import { sql } from 'kysely'
import { assert } from '#kit/assert.ts'
import type { Ctx } from '#platform/ctx.ts'
import { KEEP_PLAN } from '#platform/db.ts'
import type { KnownName } from '../names/save-names.ts'
import { packCells } from '../raw-cells.ts'
import type { CheckedLine } from './check-lines.ts'
import {
  bigintArray,
  booleanArray,
  dateArray,
  int4Array,
  int8Array,
  newIdArray,
  pgArray,
  textArray,
} from './pg-binary.ts'

/**
 * Station `post`: lines and, beside them, the raw rows they came from, one statement each a chunk. What repeats from line
 * to line (names, territories, units, states with their issues) travels once a chunk, and lines point at it by number. The
 * arrays stand side by side in a select list: unlike in `from`, PostgreSQL then keeps no copy of them before it inserts.
 */
export async function writeLines(
  ctx: Ctx,
  batch: { id: string; month: string; distributor_id: string },
  chunk: { no: number; first_line_no: number },
  lines: readonly CheckedLine[],
): Promise<void> {
  if (lines.length === 0) return
  await writeRaw(ctx, batch, chunk, lines)
  const customers = numbered<KnownName>()
  const products = numbered<KnownName>()
  const territories = numbered<string>()
  const units = numbered<string>()
  const verdicts = numbered<string>()
  const numbers = (pick: (line: CheckedLine) => number | null) => int4Array(lines.map(pick))
  const readings = lines.map((line) => line.read.reading)
  const inserted =
    await sql`${KEEP_PLAN} insert into flow_lines (company_id, month, id, batch_id, line_no, sheet_row, distributor_id,
      occurred_on, customer_name_id, product_name_id, institution_id, product_id, territory_id, qty, unit, base_qty,
      price, amount_fen, lot, doc_no, is_return, state, issues, alike_key)
    select ${ctx.companyId}::uuid, ${batch.month}::date, l.id, ${batch.id}::uuid, l.line_no,
      l.sheet_row, ${batch.distributor_id}::uuid, l.occurred_on, c.names[l.customer], p.names[l.product],
      c.targets[l.customer], p.targets[l.product], t.ids[l.territory], l.qty, u.texts[l.unit], l.base_qty, l.price,
      l.amount_fen, l.lot, l.doc_no, l.is_return, v.states[l.verdict],
      case when v.issues[l.verdict] = '' then '{}' else string_to_array(v.issues[l.verdict], ' ') end, l.alike_key
    from (select unnest(${newIdArray(lines.length)}::uuid[]) as id,
      generate_series(${chunk.first_line_no}::int, ${chunk.first_line_no + lines.length - 1}::int) as line_no,
      unnest(${numbers((line) => line.read.row)}::int[]) as sheet_row,
      unnest(${dateArray(lines.map((line) => line.occurred_on))}::date[]) as occurred_on,
      unnest(${numbers((line) => customers.numberOf(line.customer))}::int[]) as customer,
      unnest(${numbers((line) => products.numberOf(line.product))}::int[]) as product,
      unnest(${numbers((line) => territories.numberOf(line.territory_id))}::int[]) as territory,
      unnest(${pgArray(readings.map((reading) => reading.qty))}::numeric[]) as qty,
      unnest(${numbers((line) => units.numberOf(line.read.reading.unit))}::int[]) as unit,
      unnest(${pgArray(lines.map((line) => line.base_qty))}::numeric[]) as base_qty,
      unnest(${pgArray(readings.map((reading) => reading.price))}::numeric[]) as price,
      unnest(${int8Array(readings.map((reading) => reading.amount_fen))}::bigint[]) as amount_fen,
      unnest(${textArray(readings.map((reading) => reading.lot))}::text[]) as lot,
      unnest(${textArray(readings.map((reading) => reading.doc_no))}::text[]) as doc_no,
      unnest(${booleanArray(readings.map((reading) => reading.is_return))}::boolean[]) as is_return,
      unnest(${numbers((line) => verdicts.numberOf(verdictOf(line)))}::int[]) as verdict,
      unnest(${bigintArray(lines.map((line) => line.alike_key))}::bigint[]) as alike_key) l,
    (select ${pgArray(customers.list.map((name) => name.id))}::uuid[] as names,
      ${pgArray(customers.list.map((name) => name.target_id))}::uuid[] as targets) c,
    (select ${pgArray(products.list.map((name) => name.id))}::uuid[] as names,
      ${pgArray(products.list.map((name) => name.target_id))}::uuid[] as targets) p,
    (select ${pgArray(territories.list)}::uuid[] as ids) t,
    (select ${textArray(units.list)}::text[] as texts) u,
    (select ${textArray(verdicts.list.map((verdict) => verdict.split(' ', 1).join()))}::text[] as states,
      ${textArray(verdicts.list.map((verdict) => verdict.split(' ').slice(1).join(' ')))}::text[] as issues) v`.execute(
      ctx.db,
    )
  const written = Number(inserted.numAffectedRows ?? 0)
  assert(written === lines.length, `${lines.length} lines to write, ${written} written`)
}

/** State and issues in one text: 'posted', 'waiting duplicate unknown-unit'. */
function verdictOf({ state, issues }: CheckedLine): string {
  return issues.length === 0 ? state : `${state} ${issues.join(' ')}`
}

async function writeRaw(
  ctx: Ctx,
  batch: { id: string; distributor_id: string },
  chunk: { no: number; first_line_no: number },
  lines: readonly CheckedLine[],
): Promise<void> {
  // All rows of a file stand on pages, or none.
  const onPages = lines[0]?.read.page !== undefined
  const cells = packCells(
    lines.map((line) => [line.read.row, ...line.read.cells]),
    onPages ? lines.map(({ read: { page, boxes } }) => ({ page, boxes })) : undefined,
  )
  await sql`${KEEP_PLAN} insert into flow_raw_chunks (company_id, batch_id, chunk_no, distributor_id, first_line_no,
      line_count, sheet, cells)
    values (${ctx.companyId}, ${batch.id}, ${chunk.no}, ${batch.distributor_id}, ${chunk.first_line_no},
      ${lines.length}, ${lines[0]?.read.sheet ?? ''}, ${cells})`.execute(ctx.db)
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
