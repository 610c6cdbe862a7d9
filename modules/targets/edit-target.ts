import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'

/** Sets a target's amount; refused when somebody changed it meanwhile. */
export async function editTarget(
  ctx: Ctx,
  id: string,
  edit: { amount_fen: number; version: number },
): Promise<void> {
  const target = found(
    await ctx.db
      .selectFrom('targets')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .forUpdate()
      .select(['amount_fen', 'version'])
      .executeTakeFirst(),
    'target',
  )
  if (target.version !== edit.version) throw new Refusal('changed-meanwhile', {}, { status: 409 })
  await ctx.db
    .updateTable('targets')
    .set({ amount_fen: edit.amount_fen, version: target.version + 1 })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordAudit(ctx, {
    deed: 'targets.edit-target',
    subject: ['targets.target', id],
    old: { amount_fen: target.amount_fen },
    new: { amount_fen: edit.amount_fen },
  })
}
