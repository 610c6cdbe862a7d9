import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { notify } from '#platform/notifications/public.ts'
import { moveMonth } from './move-month.ts'

/** A locked month is released: reps and distributors see their own rows of it, and are told. */
export async function releaseMonth(ctx: Ctx, month: string): Promise<void> {
  await moveMonth(ctx, month, 'released')
  const people = await ctx.db
    .selectFrom('memberships')
    .where('company_id', '=', ctx.companyId)
    .where('disabled_at', 'is', null)
    .where('scope', 'in', ['territory', 'distributor'])
    .select(['person_id', 'scope'])
    .execute()
  const subject = ['flows.month', month] as const
  await recordAudit(ctx, { deed: 'flows.release-month', subject })
  await publishEvent(ctx, { name: 'flows.released', subject })
  for (const scope of ['territory', 'distributor'] as const) {
    await notify(ctx, {
      to: people.filter((person) => person.scope === scope).map((person) => person.person_id),
      kind: 'flows.month-released',
      params: { month },
      href: scope === 'territory' ? `/attainment?to=${month}` : `/flows/lines?month=${month}`,
    })
  }
}
