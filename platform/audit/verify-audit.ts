import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { HASH_BYTES, hashRows, sealHash } from './row-hashes.ts'
import type { AuditCheck } from './shapes.ts'

/**
 * Computes all seals of the company again and tells which do not hold, and where possible which rows changed.
 * `anchors` are the hashes that stand outside the database, by number of the seal.
 */
export async function verifyAudit(ctx: Ctx, anchors: ReadonlyMap<number, string>): Promise<AuditCheck> {
  const numbers = await ctx.db
    .selectFrom('audit_seals')
    .where('company_id', '=', ctx.companyId)
    .orderBy('seal_no')
    .select('seal_no')
    .execute()
  const broken: AuditCheck['broken'] = []
  const unlike = new Set(anchors.keys())
  let from = '0'
  let previous: Buffer | null = null
  let rowCount = 0
  for (const [index, { seal_no }] of numbers.entries()) {
    // One seal at a time: a year of them does not fit into memory.
    const seal = await ctx.db
      .selectFrom('audit_seals')
      .where('company_id', '=', ctx.companyId)
      .where('seal_no', '=', seal_no)
      .select(['upto_xid', 'row_count', 'row_hashes', 'previous_hash', 'hash', 'sealed_at'])
      .executeTakeFirstOrThrow()
    const now = await hashRows(ctx, from, seal.upto_xid)
    const chained =
      seal_no === index + 1 &&
      (previous === null ? seal.previous_hash === null : seal.previous_hash?.equals(previous) === true) &&
      sealHash(previous, seal.row_hashes).equals(seal.hash)
    if (!chained || !now.row_hashes.equals(seal.row_hashes)) {
      const sealed = new Set(hashesOf(seal.row_hashes))
      const hashes = hashesOf(now.row_hashes)
      broken.push({
        seal_no,
        sealed_at: seal.sealed_at,
        changed_ids: now.ids.filter((_, at) => !sealed.has(hashes[at] ?? '')),
        row_difference: now.ids.length - seal.row_count,
      })
    }
    if (anchors.get(seal_no) === seal.hash.toString('hex')) unlike.delete(seal_no)
    from = seal.upto_xid
    previous = seal.hash
    rowCount += seal.row_count
  }
  const young = await ctx.db
    .selectFrom('audit')
    .where('company_id', '=', ctx.companyId)
    .where(sql<boolean>`xid >= ${from}::xid8`)
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow()
  return {
    seal_count: numbers.length,
    row_count: rowCount,
    unsealed_count: young.n,
    anchor_count: anchors.size,
    unlike_anchor: [...unlike],
    broken,
  }
}

function hashesOf(all: Buffer): string[] {
  const hashes: string[] = []
  for (let at = 0; at < all.length; at += HASH_BYTES) hashes.push(all.toString('hex', at, at + HASH_BYTES))
  return hashes
}
