import type { Ctx } from '../ctx.ts'
import type { JobContext } from '../jobs/job-context.ts'
import type { PublishedEvent } from './publish-event.ts'

/** Runs in a transaction of its own for each event; a second delivery must change nothing. */
export type EventListener = (ctx: Ctx, event: PublishedEvent) => Promise<void>

/** The handler of job `platform.deliver-event`: brings one event to all its listeners, in one transaction. */
export function deliverEvent(listeners: Readonly<Record<string, readonly EventListener[]>>) {
  return async (job: JobContext): Promise<void> => {
    await job.transaction(async (ctx) => {
      const event = await ctx.db
        .selectFrom('events')
        .where('company_id', '=', ctx.companyId)
        .where('id', '=', String(job.payload.event_id))
        .select(['id', 'name', 'subject_kind', 'subject_id', 'payload', 'person_id'])
        .executeTakeFirstOrThrow()
      for (const listener of listeners[event.name] ?? []) await listener(ctx, event)
    })
  }
}
