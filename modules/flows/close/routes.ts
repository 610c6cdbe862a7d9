import { z } from 'zod'
import { Refusal } from '#kit/refusal.ts'
import { type Route, route } from '#platform/http.ts'
import * as shapes from '../shapes.ts'
import { completenessWithDelay } from './late-files.ts'
import { lockOutlookOf } from './lock-outlook.ts'
import { getMonth, listMonths } from './month-queries.ts'
import { openMonth } from './open-month.ts'
import { releaseMonth } from './release-month.ts'
import { requestClosure } from './request-closure.ts'
import { verifySeal } from './verify-seal.ts'

const { monthParam } = shapes
const done = z.object({ ok: z.literal(true) })

/** Months: opening, the board, asking for the close, the seal, the release. */
export const monthRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/flow-months',
    id: 'flows.listMonths',
    summary: 'Months with counters',
    permission: 'flows.read',
    rate: 'read',
    data: 'commercial',
    answer: z.object({ rows: z.array(shapes.monthRow) }),
    handle: async (ctx) => ({ rows: await listMonths(ctx) }),
  }),
  route({
    method: 'POST',
    path: '/flow-months',
    id: 'flows.openMonth',
    summary: 'Open a month',
    permission: 'flows.close',
    rate: 'write',
    data: 'internal',
    body: shapes.newMonth,
    answer: done,
    status: 201,
    handle: async (ctx, { body }) => {
      await openMonth(ctx, body)
      return { ok: true as const }
    },
  }),
  route({
    method: 'GET',
    path: '/flow-months/:month',
    id: 'flows.getMonth',
    summary: 'Month board',
    permission: 'flows.read',
    rate: 'read',
    data: 'commercial',
    params: monthParam,
    answer: shapes.monthPage,
    handle: (ctx, { params }) => getMonth(ctx, params.month),
  }),
  route({
    method: 'GET',
    path: '/flow-months/:month/completeness',
    id: 'flows.getCompleteness',
    summary: 'Distributor × table',
    permission: 'flows.read',
    rate: 'read',
    data: 'commercial',
    params: monthParam,
    answer: z.object({ rows: z.array(shapes.completenessRow) }),
    handle: async (ctx, { params }) => ({ rows: await completenessWithDelay(ctx, params.month) }),
  }),
  route({
    method: 'GET',
    path: '/flow-months/:month/outlook',
    id: 'flows.getOutlook',
    summary: 'What a lock now would hold',
    permission: 'flows.read',
    rate: 'read',
    data: 'internal',
    params: monthParam,
    answer: shapes.lockOutlook,
    handle: (ctx, { params }) => lockOutlookOf(ctx, params.month),
  }),
  route({
    method: 'POST',
    path: '/flow-months/:month/closure',
    id: 'flows.requestClosure',
    summary: 'Ask to close a month',
    permission: 'flows.close',
    rate: 'write',
    data: 'internal',
    params: monthParam,
    answer: z.object({ approval_id: z.string() }),
    handle: (ctx, { params }) => requestClosure(ctx, params.month),
  }),
  route({
    method: 'PUT',
    path: '/flow-months/:month/release',
    id: 'flows.releaseMonth',
    summary: 'Release a locked month',
    permission: 'flows.release',
    rate: 'write',
    data: 'internal',
    params: monthParam,
    answer: done,
    handle: async (ctx, { params }) => {
      await releaseMonth(ctx, params.month)
      return { ok: true as const }
    },
  }),
  route({
    method: 'GET',
    path: '/flow-months/:month/seal',
    id: 'flows.verifySeal',
    summary: 'Verify the seal of a month',
    permission: 'flows.read',
    data: 'internal',
    params: monthParam,
    rate: 'costly',
    answer: z.object({ intact: z.boolean(), seal: z.string(), line_count: z.number() }),
    handle: async (ctx, { params }) => {
      // The seal is over the whole month: only readers of the whole month can compute it.
      if (ctx.scope.kind !== 'company')
        throw new Refusal('not-allowed', { permission: 'flows.read' }, { status: 403 })
      return verifySeal(ctx, params.month)
    },
  }),
]
