import { z } from 'zod'
import { type Route, route } from '../http.ts'
import { listOf, listQuery } from '../shapes.ts'
import { cancelJob } from './cancel-job.ts'
import { listJobs, loadJob } from './job-queries.ts'
import { retryJob } from './retry-job.ts'
import { jobRow, jobStates } from './shapes.ts'

const byId = z.strictObject({ id: z.uuid() })

/** Jobs: which there are, how far they are, once again, not at all. Row-level security decides whose are seen. */
export function jobRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/jobs',
      id: 'platform.listJobs',
      summary: 'Jobs that I may see, newest first',
      permission: 'signed-in',
      rate: 'read',
      data: 'internal',
      query: listQuery.extend({
        state: z.enum(jobStates).optional(),
        kind: z.string().max(80).optional(),
      }),
      answer: listOf(jobRow),
      handle: (ctx, { query }) => listJobs(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/jobs/:id',
      id: 'platform.getJob',
      summary: 'One job and how far it is',
      permission: 'signed-in',
      rate: 'read',
      data: 'internal',
      params: byId,
      answer: jobRow,
      handle: (ctx, { params }) => loadJob(ctx, params.id),
    }),
    route({
      method: 'POST',
      path: '/jobs/:id/retry',
      id: 'platform.retryJob',
      summary: 'Queue a failed job again',
      permission: 'platform.read-jobs',
      rate: 'write',
      data: 'internal',
      params: byId,
      answer: jobRow,
      handle: async (ctx, { params }) => {
        await retryJob(ctx, params.id)
        return loadJob(ctx, params.id)
      },
    }),
    route({
      method: 'DELETE',
      path: '/jobs/:id',
      id: 'platform.cancelJob',
      summary: 'Take back a job that has not begun',
      permission: 'signed-in',
      rate: 'write',
      data: 'internal',
      params: byId,
      answer: 'nothing',
      handle: (ctx, { params }) => cancelJob(ctx, params.id),
    }),
  ]
}
