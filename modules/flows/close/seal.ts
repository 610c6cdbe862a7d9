import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'

export interface Seal {
  line_count: number
  qty: string
  amount_fen: number
  hash: Buffer
}

const STEP = 20_000

/**
 * The seal of a month's posted sales lines: SHA-256 over every line's identity and figures in the order of their ids, so
 * anyone with the lines can compute it again. Reads in steps; memory does not grow with the month. `month` is its
 * first day.
 */
export async function sealOfMonth(ctx: Ctx, month: string): Promise<Seal> {
  const hash = createHash('sha256')
  let after = '00000000-0000-0000-0000-000000000000'
  let lines = 0
  let amount = 0
  let qty = '0'
  while (true) {
    const { rows } = await sql<{ text: string; last: string; n: number; amount_fen: number; qty: string }>`
      select string_agg(concat_ws('|', s.id, s.occurred_on, s.institution_id, s.product_id, s.territory_id, s.base_qty,
        s.amount_fen, s.lot, s.batch_id, s.line_no), E'\n' order by s.id) as text, max(s.id::text) as last,
        count(*)::int as n, coalesce(sum(s.amount_fen), 0)::bigint as amount_fen,
        (${qty}::numeric + coalesce(sum(coalesce(s.base_qty, s.qty)), 0))::text as qty
      from (select l.* from flow_lines l
        join flow_batches b on b.company_id = l.company_id and b.id = l.batch_id and b.kind = 'sales'
        where l.company_id = ${ctx.companyId} and l.month = ${month} and l.state = 'posted' and l.id > ${after}::uuid
        order by l.id limit ${STEP}) s`.execute(ctx.db)
    const step = rows[0]
    if (!step || step.n === 0) break
    hash.update(step.text).update('\n')
    lines += step.n
    amount += step.amount_fen
    qty = step.qty
    after = step.last
  }
  return { line_count: lines, qty, amount_fen: amount, hash: hash.digest() }
}
