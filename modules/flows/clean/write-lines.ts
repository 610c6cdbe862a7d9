import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import type { CheckedLine } from './check-lines.ts'
import { pgArray, pgTextArray } from './pg-array.ts'

/** Station `post`: lines and, beside them, the raw rows they came from, one statement each a chunk. Returns the lines written. */
export async function writeLines(
  ctx: Ctx,
  batch: { id: string; month: string; distributor_id: string },
  chunk: { no: number; first_line_no: number },
  lines: readonly CheckedLine[],
): Promise<number> {
  const first = lines[0]
  if (!first) return 0
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
      cells: JSON.stringify(lines.map((line) => [line.read.row, ...line.read.cells])),
    })
    .execute()
  const of = (pick: (line: CheckedLine) => string | number | null | boolean) => pgArray(lines.map(pick))
  const texts = (pick: (line: CheckedLine) => string) => pgTextArray(lines.map(pick))
  const inserted =
    await sql`insert into flow_lines (company_id, month, batch_id, line_no, sheet_row, distributor_id, occurred_on,
      customer_name_id, product_name_id, institution_id, product_id, territory_id, qty, unit, base_qty, price,
      amount_fen, lot, doc_no, is_return, state, issues, alike_key)
    select ${ctx.companyId}::uuid, ${batch.month}::date, ${batch.id}::uuid, ${chunk.first_line_no}::int + (l.n - 1)::int,
      l.sheet_row, ${batch.distributor_id}::uuid, l.occurred_on, l.customer_name_id, l.product_name_id,
      l.institution_id, l.product_id, l.territory_id, l.qty, l.unit, l.base_qty, l.price, l.amount_fen, l.lot,
      l.doc_no, l.is_return, l.state, case when l.issues = '' then '{}' else string_to_array(l.issues, ' ') end,
      l.alike_key
    from unnest(
      ${of((line) => line.read.row)}::int[], ${of((line) => line.occurred_on)}::date[],
      ${of((line) => line.customer?.id ?? null)}::uuid[], ${of((line) => line.product?.id ?? null)}::uuid[],
      ${of((line) => line.customer?.target_id ?? null)}::uuid[],
      ${of((line) => line.product?.target_id ?? null)}::uuid[],
      ${of((line) => line.territory_id)}::uuid[], ${of((line) => line.read.reading.qty)}::numeric[],
      ${texts((line) => line.read.reading.unit)}::text[], ${of((line) => line.base_qty)}::numeric[],
      ${of((line) => line.read.reading.price)}::numeric[], ${of((line) => line.read.reading.amount_fen)}::bigint[],
      ${texts((line) => line.read.reading.lot)}::text[], ${texts((line) => line.read.reading.doc_no)}::text[],
      ${of((line) => line.read.reading.is_return)}::boolean[], ${of((line) => line.state)}::text[],
      ${texts((line) => line.issues.join(' '))}::text[], ${of((line) => line.alike_key)}::bigint[]
    ) with ordinality as l(sheet_row, occurred_on, customer_name_id, product_name_id, institution_id, product_id,
      territory_id, qty, unit, base_qty, price, amount_fen, lot, doc_no, is_return, state, issues, alike_key, n)`.execute(
      ctx.db,
    )
  return Number(inserted.numAffectedRows ?? 0)
}
