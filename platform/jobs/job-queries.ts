import { found } from '#kit/refusal.ts'
import type { Ctx } from '../ctx.ts'
import { page } from '../lists.ts'
import type { ListQuery } from '../shapes.ts'
import type { JobState } from '../tables.ts'

/** Errands of the platform itself: they show only when they are not done or are asked for. */
const ERRANDS = ['platform.deliver-event', 'platform.send-mail']

function rows(ctx: Ctx) {
  return ctx.db
    .selectFrom('jobs')
    .where('company_id', '=', ctx.companyId)
    .select([
      'id',
      'kind',
      'subject_kind',
      'subject_id',
      'state',
      'attempts',
      'stage',
      'progress_done',
      'progress_total',
      'error_code',
      'error_detail',
      'result',
      'queued_at',
      'started_at',
      'ended_at',
    ])
}

/** The jobs that the reader may see, newest first. */
export function listJobs(
  ctx: Ctx,
  list: ListQuery & { state?: JobState | undefined; kind?: string | undefined },
) {
  let query = rows(ctx)
  if (list.state) query = query.where('state', '=', list.state)
  if (list.kind) query = query.where('kind', '=', list.kind)
  else query = query.where(({ or, eb }) => or([eb('kind', 'not in', ERRANDS), eb('state', '!=', 'done')]))
  return page(ctx.db, query, list, { queued_at: 'id', kind: 'kind', ended_at: 'ended_at' }, '-queued_at')
}

/** One job as far as it has come. */
export async function loadJob(ctx: Ctx, id: string) {
  return found(await rows(ctx).where('id', '=', id).executeTakeFirst(), 'job')
}
