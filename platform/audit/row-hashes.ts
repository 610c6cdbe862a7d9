import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** Bytes of one row's hash in `row_hashes`. */
export const HASH_BYTES = 32

export interface HashedRows {
  ids: string[]
  /** 32 bytes a row, in the order of `ids`. */
  row_hashes: Buffer
}

/**
 * Hashes the audit rows written by transactions from `from` up to, but not with, `upto`. Every column counts; the
 * text is PostgreSQL's own jsonb form, which does not depend on settings of the session.
 */
export async function hashRows(ctx: Ctx, from: string, upto: string): Promise<HashedRows> {
  const found = await sql<{ ids: string[] | null; row_hashes: Buffer | null }>`
    select array_agg(id::text order by xid, id) as ids, string_agg(hash, ''::bytea order by xid, id) as row_hashes
    from (
      select xid, id, sha256(convert_to(jsonb_build_array(company_id, id, extract(epoch from happened_at), person_id,
        deed, subject_kind, subject_id, old_value, new_value, reason, request_id, xid::text)::text, 'UTF8')) as hash
      from audit where company_id = ${ctx.companyId} and xid >= ${from}::xid8 and xid < ${upto}::xid8
    ) hashed`.execute(ctx.db)
  return { ids: found.rows[0]?.ids ?? [], row_hashes: found.rows[0]?.row_hashes ?? Buffer.alloc(0) }
}

/** The hash of a seal: over the seal before and the hashes of its rows. */
export function sealHash(previous: Buffer | null, rowHashes: Buffer): Buffer {
  return createHash('sha256')
    .update(previous ?? Buffer.alloc(0))
    .update(rowHashes)
    .digest()
}
