import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import type { CheckedLine } from './check-lines.ts'
import { KeySet } from './key-set.ts'

const KEY_BYTES = 8

/**
 * Lines that are alike to an earlier one of the distributor in the month (same date, customer, product, spec, lot,
 * document, quantity) are suspected duplicates and wait for a person; the first one stands. Returns what marks the lines
 * of one chunk and counts them, to be called for chunk after chunk. What other batches brought is read once, in a walk over the
 * lines of its batches, and only the keys: an index over them would cost every line more than this.
 */
export async function openAlikes(
  ctx: Ctx,
  batch: { id: string; month: string; distributor_id: string },
): Promise<(lines: readonly CheckedLine[]) => number> {
  const { rows } = await sql<{ keys: Buffer | null }>`select string_agg(int8send(l.alike_key), '') as keys
    from flow_batches b join flow_lines l on l.company_id = b.company_id and l.month = b.month and l.batch_id = b.id
    where b.company_id = ${ctx.companyId} and b.month = ${batch.month} and b.distributor_id = ${batch.distributor_id}
      and b.id <> ${batch.id} and l.state in ('posted', 'waiting')`.execute(ctx.db)
  const earlier = rows[0]?.keys ?? Buffer.alloc(0)
  const seen = new KeySet(earlier.length / KEY_BYTES)
  for (let at = 0; at < earlier.length; at += KEY_BYTES) seen.add(earlier.readBigInt64BE(at))
  return (lines) => {
    let found = 0
    for (const line of lines) {
      if (line.state !== 'posted' && line.state !== 'waiting') continue
      if (seen.add(line.alike_key)) continue
      line.issues.push('duplicate')
      line.state = 'waiting'
      found += 1
    }
    return found
  }
}
