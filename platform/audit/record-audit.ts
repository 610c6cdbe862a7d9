import type { Ctx } from '../ctx.ts'

/** Writes the audit row of a deed in the deed's own transaction: no deed without it. */
export async function recordAudit(
  ctx: Ctx,
  entry: {
    deed: string
    subject: readonly [kind: string, id: string]
    old?: unknown
    new?: unknown
    reason?: string | undefined
  },
): Promise<void> {
  await ctx.db
    .insertInto('audit')
    .values({
      company_id: ctx.companyId,
      person_id: ctx.personId,
      deed: entry.deed,
      subject_kind: entry.subject[0],
      subject_id: entry.subject[1],
      old_value: entry.old === undefined ? null : JSON.stringify(entry.old),
      new_value: entry.new === undefined ? null : JSON.stringify(entry.new),
      reason: entry.reason ?? null,
      request_id: ctx.requestId,
    })
    .execute()
}
