import { found } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { SampleVerdict } from './shapes.ts'

/** What a person found of one that was taken without asking; null takes the finding back. It changes no line. */
export async function judgeSample(ctx: Ctx, id: string, verdict: SampleVerdict | null): Promise<void> {
  const sample = found(
    await ctx.db
      .updateTable('flow_match_samples')
      .set({
        verdict,
        judged_at: verdict === null ? null : ctx.now,
        person_id: verdict === null ? null : ctx.personId,
      })
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .returning(['id', 'name_id', 'proposed_id'])
      .executeTakeFirst(),
    'sample',
  )
  await recordAudit(ctx, {
    deed: 'flows.judge-sample',
    subject: ['flows.sample', id],
    new: { verdict, name_id: sample.name_id, proposed_id: sample.proposed_id },
  })
}
