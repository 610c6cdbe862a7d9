import { assert } from '#kit/assert.ts'
import type { Ctx } from '../ctx.ts'
import { enqueueJob } from '../jobs/enqueue-job.ts'

/** Tells people something, in the app and, when a mail server is set and they have an address, by e-mail. */
export async function notify(
  ctx: Ctx,
  message: {
    to: readonly string[]
    /** `module.word`: the web app and the mail hold a sentence for it in both languages. */
    kind: string
    params?: Record<string, string | number>
    href?: string
  },
): Promise<void> {
  const people = [...new Set(message.to)]
  if (people.length === 0) return
  await ctx.db
    .insertInto('notifications')
    .values(
      people.map((personId) => ({
        company_id: ctx.companyId,
        person_id: personId,
        kind: message.kind,
        params: JSON.stringify(message.params ?? {}),
        href: message.href ?? null,
        mail_state: 'queued' as const,
      })),
    )
    .execute()
  await enqueueJob(ctx, { kind: 'platform.send-mail' })
}

/**
 * People of the company who hold a role, whatever their scope. Needs the whole company's eyes, as a job has: people of
 * a distributor or a territory do not see who works for the company.
 */
export async function peopleWithRole(ctx: Ctx, role: string): Promise<string[]> {
  assert(ctx.scope.kind === 'company', 'who holds a role is asked with the eyes of the company')
  const rows = await ctx.db
    .selectFrom('memberships')
    .where('company_id', '=', ctx.companyId)
    .where('disabled_at', 'is', null)
    .where(({ eb, val, fn }) => eb(val(role), '=', fn.any('roles')))
    .select('person_id')
    .execute()
  return rows.map((row) => row.person_id)
}
