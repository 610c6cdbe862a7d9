import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

/**
 * Puts a job in the queue in the deed's own transaction: it runs after the commit, or never. Returns its id.
 * A job runs at least once, so whoever handles `kind` makes the second run change nothing.
 */
export async function enqueueJob(
  ctx: Ctx,
  job: {
    kind: string
    subject?: readonly [kind: string, id: string]
    payload?: Record<string, unknown>
    distributorId?: string | null
    runAt?: Date
  },
): Promise<string> {
  const row = await ctx.db
    .insertInto('jobs')
    .values({
      company_id: ctx.companyId,
      kind: job.kind,
      subject_kind: job.subject?.[0] ?? null,
      subject_id: job.subject?.[1] ?? null,
      payload: JSON.stringify(job.payload ?? {}),
      person_id: ctx.personId,
      distributor_id: job.distributorId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`select enqueue_job(${row.id}, ${job.runAt ?? null})`.execute(ctx.db)
  return row.id
}
