import { sql } from 'kysely'
import type { z } from 'zod'
import { firstDay } from '#kit/period.ts'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { lockOpenMonth } from '../close/open-month.ts'
import type { issueDecisionBody } from '../shapes.ts'
import type { DecisionBefore } from '../tables.ts'
import { HELD } from './held.ts'

const MAX_LINES = 20_000

/**
 * A person settles lines that an issue holds back: `keep` lets them count as they are, `exclude` takes them out of
 * the month. Either can be undone.
 */
export async function decideIssue(
  ctx: Ctx,
  input: z.output<typeof issueDecisionBody>,
): Promise<{ id: string; name_count: number; line_count: number }> {
  // Look.
  const month = firstDay(input.month)
  await lockOpenMonth(ctx, month)
  let query = ctx.db
    .selectFrom('flow_lines')
    .where('company_id', '=', ctx.companyId)
    .where('month', '=', month)
    .where('state', '=', 'waiting')
    .where(sql<boolean>`${input.issue} = any (issues)`)
  if (input.line_ids) query = query.where('id', 'in', input.line_ids.length ? input.line_ids : [''])
  if (input.batch_id) query = query.where('batch_id', '=', input.batch_id)
  const lines = await query
    .select(['id', 'month', 'state', 'issues', 'base_qty'])
    .limit(MAX_LINES + 1)
    .forUpdate()
    .execute()
  // Decide.
  if (lines.length === 0) throw new Refusal('flows.nothing-waits')
  if (lines.length > MAX_LINES) throw new Refusal('flows.too-many-lines', { max: MAX_LINES })

  // Write.
  const before: DecisionBefore = { lines }
  const { id } = await ctx.db
    .insertInto('flow_decisions')
    .values({
      company_id: ctx.companyId,
      kind: 'issue',
      action: input.action,
      issue_code: input.issue,
      line_count: lines.length,
      before: JSON.stringify(before),
      person_id: found(ctx.personId, 'person'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  // Kept with a unit nobody knows, a line counts in its own unit.
  const mark = `${input.issue}-${input.action === 'keep' ? 'kept' : 'excluded'}`
  await sql`update flow_lines set issues = array_replace(issues, ${input.issue}, ${mark}),
      state = case when ${input.action} = 'exclude' then 'excluded'
        when array_remove(issues, ${input.issue}) && ${HELD} then 'waiting'
        when product_id is null or (institution_id is null and exists (select 1 from flow_batches b
          where b.company_id = flow_lines.company_id and b.id = flow_lines.batch_id and b.kind = 'sales')) then 'waiting'
        else 'posted' end,
      base_qty = case when ${mark} = 'unknown-unit-kept' then qty else base_qty end
    where company_id = ${ctx.companyId} and month = ${month} and id = any(${lines.map((line) => line.id)}::uuid[])`.execute(
    ctx.db,
  )
  await recordAudit(ctx, {
    deed: 'flows.decide-issue',
    subject: ['flows.decision', id],
    new: { ...input, lines: lines.length },
  })
  return { id, name_count: 0, line_count: lines.length }
}
