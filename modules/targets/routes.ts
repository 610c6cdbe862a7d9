import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { listOf } from '#platform/shapes.ts'
import { attainmentOf } from './attainment.ts'
import { editTarget } from './edit-target.ts'
import { exportAttainment } from './export-attainment.ts'
import * as shapes from './shapes.ts'
import { listTargets } from './target-queries.ts'

export const targetRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/attainment',
    id: 'targets.getAttainment',
    summary: 'Sales of locked months against targets',
    permission: 'targets.read',
    query: shapes.attainmentQuery,
    answer: shapes.attainment,
    handle: (ctx, { query }) => attainmentOf(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/attainment/export.xlsx',
    id: 'targets.exportAttainment',
    summary: 'The attainment report as a workbook',
    permission: 'targets.read',
    query: shapes.attainmentQuery,
    rate: 'costly',
    answer: 'download',
    handle: (ctx, { query }) => exportAttainment(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/targets',
    id: 'targets.listTargets',
    summary: 'Targets',
    permission: 'targets.read',
    query: shapes.targetQuery,
    answer: listOf(shapes.targetRow),
    handle: (ctx, { query }) => listTargets(ctx, query),
  }),
  route({
    method: 'PUT',
    path: '/targets/:id',
    id: 'targets.editTarget',
    summary: 'Set a target',
    permission: 'targets.write',
    params: z.strictObject({ id: z.uuid() }),
    body: shapes.targetEdit,
    answer: z.object({ ok: z.literal(true) }),
    handle: async (ctx, { params, body }) => {
      await editTarget(ctx, params.id, body)
      return { ok: true as const }
    },
  }),
]
