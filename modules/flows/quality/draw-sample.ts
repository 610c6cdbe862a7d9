import { sql } from 'kysely'
import type { z } from 'zod'
import { firstDay } from '#kit/period.ts'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { stratumOf } from './settled-decisions.ts'
import type { drawBody } from './shapes.ts'

/**
 * Draws at random what of a month's customers was taken without asking, to be checked by a person: as many of each stratum
 * of scores, as far as there are so many. What somebody has decided on already is known. Drawn again, more are added.
 */
export async function drawSample(
  ctx: Ctx,
  { month, size }: z.output<typeof drawBody>,
): Promise<{ drawn: number }> {
  const { rows } = await sql<{ id: string }>`
    insert into flow_match_samples (company_id, month, name_id, stratum, proposed_id)
    select n.company_id, n.month, n.id, n.stratum, n.said_id from (
      select n.*, ${stratumOf('n.said_score')} as stratum,
        row_number() over (partition by ${stratumOf('n.said_score')} order by random()) as place
      from flow_names n
      where n.company_id = ${ctx.companyId} and n.kind = 'customer' and n.month = ${firstDay(month)} and n.said = 'auto'
        and n.state = 'auto' and n.decision_id is null and n.said_id is not null
        and not exists (select from flow_match_samples s where s.company_id = n.company_id and s.name_id = n.id)
    ) n order by n.place, n.stratum limit ${size}
    on conflict do nothing returning id`.execute(ctx.db)
  if (rows.length === 0) throw new Refusal('flows.nothing-to-sample', { month }, { status: 409 })
  await recordAudit(ctx, {
    deed: 'flows.draw-sample',
    subject: ['flows.month', month],
    new: { drawn: rows.length },
  })
  return { drawn: rows.length }
}
