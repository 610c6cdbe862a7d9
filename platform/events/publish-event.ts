import type { Ctx } from '../ctx.ts'
import { enqueueJob } from '../jobs/enqueue-job.ts'
import { isHeard } from './heard-events.ts'

export interface PublishedEvent {
  id: string
  name: string
  subject_kind: string
  subject_id: string
  payload: Record<string, unknown>
  person_id: string | null
}

/**
 * Says what happened, in the deed's own transaction. The row is the timeline; a job brings it to whoever listens, if
 * anybody does.
 */
export async function publishEvent(
  ctx: Ctx,
  event: { name: string; subject: readonly [kind: string, id: string]; payload?: Record<string, unknown> },
): Promise<void> {
  const row = await ctx.db
    .insertInto('events')
    .values({
      company_id: ctx.companyId,
      name: event.name,
      subject_kind: event.subject[0],
      subject_id: event.subject[1],
      payload: JSON.stringify(event.payload ?? {}),
      person_id: ctx.personId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (!isHeard(event.name)) return
  await enqueueJob(ctx, {
    kind: 'platform.deliver-event',
    subject: event.subject,
    payload: { event_id: row.id },
  })
}
