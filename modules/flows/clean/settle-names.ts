import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { KEEP_PLAN } from '#platform/db.ts'
import type { KnownName } from '../names/save-names.ts'
import { booleanArray, pgArray } from './pg-binary.ts'
import { recomputeLines } from './recompute-lines.ts'

const keyOf = (ctx: Ctx) => `flow decisions ${ctx.companyId}`

/** Taken by every decision on names and its undoing before it looks: while one is under way, no batch settles. */
export async function holdDecisions(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${keyOf(ctx)}, 0))`.execute(ctx.db)
}

/**
 * After a batch is written: what people decided while it was being cleaned did not see its lines. Names that were new
 * take the aliases learnt meanwhile, lines follow names that have changed since they were `met`; without these the lines
 * themselves are asked. Waits for decisions under way; later ones see the lines. Running it again changes nothing.
 * Returns the lines that changed.
 */
export async function settleNames(
  ctx: Ctx,
  batchId: string,
  met: readonly KnownName[] | null,
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${keyOf(ctx)}, 0))`.execute(ctx.db)
  await sql`update flow_names n set state = 'auto', target_id = a.target_id, via = 'alias', score = 1
    from flow_batches b join distributors d on d.company_id = b.company_id and d.id = b.distributor_id, flow_aliases a
    where n.company_id = ${ctx.companyId} and n.state = 'waiting' and n.distributor_id = b.distributor_id
      and b.company_id = n.company_id and b.id = ${batchId}
      and a.company_id = n.company_id and a.kind = n.kind and a.normal_text = n.normal_text
      and a.province = (select max(f.province) from flow_aliases f where f.company_id = n.company_id
        and f.kind = n.kind and f.normal_text = n.normal_text and f.province in ('', d.province))`.execute(
    ctx.db,
  )
  return recomputeLines(ctx, await (met ? changedSince(ctx, met) : changedForLines(ctx, batchId)))
}

async function changedSince(ctx: Ctx, met: readonly KnownName[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${KEEP_PLAN}
    select k.id from unnest(${pgArray(met.map((name) => name.id))}::uuid[],
      ${pgArray(met.map((name) => name.target_id))}::uuid[],
      ${booleanArray(met.map((name) => name.state === 'ignored'))}::boolean[]) k(id, target_id, ignored)
    cross join lateral (select f.target_id, f.state from flow_names f
      where f.company_id = ${ctx.companyId} and f.id = k.id limit 1) n
    where n.target_id is distinct from k.target_id or (n.state = 'ignored') <> k.ignored`.execute(ctx.db)
  return rows.map((row) => row.id)
}

async function changedForLines(ctx: Ctx, batchId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct n.id from (
      select distinct k.id, k.target_id, l.state = 'excluded' as excluded from flow_lines l
      cross join lateral (values (l.customer_name_id, l.institution_id), (l.product_name_id, l.product_id)) k(id, target_id)
      where l.company_id = ${ctx.companyId} and l.batch_id = ${batchId} and l.state <> 'rejected'
    ) k join flow_names n on n.company_id = ${ctx.companyId} and n.id = k.id
    where n.target_id is distinct from k.target_id or (n.state = 'ignored' and not k.excluded)`.execute(
    ctx.db,
  )
  return rows.map((row) => row.id)
}
