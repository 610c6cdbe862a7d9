import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import type { CheckedLine } from '../clean/check-lines.ts'
import { int4Array, int8Array, pgArray } from '../clean/pg-binary.ts'

interface Sum {
  waiting_count: number
  waiting_fen: number
  posted_count: number
  posted_fen: number
}

/**
 * Counts new lines by their names while a batch is written, and adds them to `flow_name_sums` once, when all are there.
 * Lines that are changed or taken away later are counted by a trigger of `flow_lines`.
 */
export class NameSums {
  readonly #sums = new Map<string, Sum>()
  /** Of all lines, whatever their names. */
  posted = 0
  waiting = 0
  amount_fen = 0

  count(lines: readonly CheckedLine[]): void {
    for (const { state, customer, product, read } of lines) {
      this.amount_fen += read.reading.amount_fen ?? 0
      if (state !== 'posted' && state !== 'waiting') continue
      this[state] += 1
      const fen = Math.abs(read.reading.amount_fen ?? 0)
      if (customer) this.#add(customer.id, state, fen)
      if (product) this.#add(product.id, state, fen)
    }
  }

  #add(id: string, state: 'posted' | 'waiting', fen: number): void {
    let sum = this.#sums.get(id)
    if (!sum) {
      sum = { waiting_count: 0, waiting_fen: 0, posted_count: 0, posted_fen: 0 }
      this.#sums.set(id, sum)
    }
    sum[`${state}_count`] += 1
    sum[`${state}_fen`] += fen
  }

  async save(ctx: Ctx, batch: { id: string; month: string; distributor_id: string }): Promise<void> {
    // The trigger leaves rows of 0 where an earlier run was cleared away. In the order of the names, as it goes.
    const all = [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1))
    for (let from = 0; from < all.length; from += CHUNK) {
      const some = all.slice(from, from + CHUNK)
      const sums = some.map(([, sum]) => sum)
      await sql`insert into flow_name_sums as s (company_id, month, name_id, batch_id, distributor_id,
          waiting_count, waiting_fen,
          posted_count, posted_fen)
        select ${ctx.companyId}::uuid, ${batch.month}::date, n.id, ${batch.id}::uuid, ${batch.distributor_id}::uuid, n.waiting_count,
          n.waiting_fen, n.posted_count, n.posted_fen
        from (select unnest(${pgArray(some.map(([id]) => id))}::uuid[]) as id,
          unnest(${int4Array(sums.map((sum) => sum.waiting_count))}::int[]) as waiting_count,
          unnest(${int8Array(sums.map((sum) => sum.waiting_fen))}::bigint[]) as waiting_fen,
          unnest(${int4Array(sums.map((sum) => sum.posted_count))}::int[]) as posted_count,
          unnest(${int8Array(sums.map((sum) => sum.posted_fen))}::bigint[]) as posted_fen) n
        on conflict (company_id, month, name_id, batch_id) do update set
          waiting_count = s.waiting_count + excluded.waiting_count, waiting_fen = s.waiting_fen + excluded.waiting_fen,
          posted_count = s.posted_count + excluded.posted_count, posted_fen = s.posted_fen + excluded.posted_fen`.execute(
        ctx.db,
      )
    }
  }
}

const CHUNK = 10_000
