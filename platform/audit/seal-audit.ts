import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { HASH_BYTES, hashRows, sealHash } from './row-hashes.ts'

/**
 * Lays one seal over all audit rows that are not sealed yet and cannot be overtaken: every transaction older than
 * the oldest running one is over, so no row can still appear among theirs. Returns null when there is none.
 */
export async function sealAudit(
  ctx: Ctx,
): Promise<{ seal_no: number; row_count: number; hash: string } | null> {
  const horizon = await sql<{
    xid: string
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(ctx.db)
  const upto = horizon.rows[0]?.xid ?? '0'
  const last = await ctx.db
    .selectFrom('audit_seals')
    .where('company_id', '=', ctx.companyId)
    .orderBy('seal_no', 'desc')
    .select(['seal_no', 'upto_xid', 'hash'])
    .limit(1)
    .executeTakeFirst()
  const { ids, row_hashes } = await hashRows(ctx, last?.upto_xid ?? '0', upto)
  if (ids.length === 0 || row_hashes.length !== ids.length * HASH_BYTES) return null
  const hash = sealHash(last?.hash ?? null, row_hashes)
  const seal_no = (last?.seal_no ?? 0) + 1
  // Two sealings at once meet at the primary key: the second fails and is tried again.
  await ctx.db
    .insertInto('audit_seals')
    .values({
      company_id: ctx.companyId,
      seal_no,
      upto_xid: upto,
      row_count: ids.length,
      row_hashes,
      previous_hash: last?.hash ?? null,
      hash,
    })
    .execute()
  return { seal_no, row_count: ids.length, hash: hash.toString('hex') }
}
