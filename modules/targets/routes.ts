import { z } from 'zod'
import { undoImport } from '#modules/masterdata/public.ts'
import { type Route, route } from '#platform/http.ts'
import { listOf } from '#platform/shapes.ts'
import { attainmentOf } from './attainment.ts'
import { editTarget } from './edit-target.ts'
import { exportAttainment } from './export-attainment.ts'
import { setTargets } from './set-targets.ts'
import * as shapes from './shapes.ts'
import { targetGridOf } from './target-grid.ts'
import { exportTargets, listTargets } from './target-queries.ts'

export const targetRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/attainment',
    id: 'targets.getAttainment',
    summary: 'Sales of locked months against targets',
    permission: 'targets.read',
    rate: 'read',
    data: 'commercial',
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
    data: 'commercial',
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
    rate: 'read',
    data: 'commercial',
    query: shapes.targetQuery,
    answer: listOf(shapes.targetRow),
    handle: (ctx, { query }) => listTargets(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/targets/grid',
    id: 'targets.readTargetGrid',
    summary: 'A year of targets by territory and product group',
    permission: 'targets.read',
    rate: 'read',
    data: 'commercial',
    query: shapes.targetGridQuery,
    answer: shapes.targetGrid,
    handle: (ctx, { query }) => targetGridOf(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/targets/export',
    id: 'targets.exportTargets',
    summary: 'Targets, filtered, as a workbook or CSV that can be imported again',
    permission: 'targets.read',
    data: 'commercial',
    query: shapes.targetExportQuery,
    rate: 'costly',
    writes: true,
    answer: 'download',
    handle: (ctx, { query }) => exportTargets(ctx, query),
  }),
  route({
    method: 'PUT',
    path: '/targets/cells',
    id: 'targets.setTargets',
    summary: 'Set many targets at once',
    permission: 'targets.write',
    rate: 'write',
    data: 'commercial',
    body: shapes.targetCells,
    answer: shapes.cellsDone,
    handle: (ctx, { body }) => setTargets(ctx, body),
  }),
  route({
    method: 'DELETE',
    path: '/targets/cells/:id',
    id: 'targets.undoTargets',
    summary: 'Take targets that were set at once back, all of them or none',
    permission: 'targets.write',
    rate: 'write',
    data: 'commercial',
    params: z.strictObject({ id: z.uuid() }),
    answer: z.object({ restored: z.number(), removed: z.number() }),
    handle: (ctx, { params }) => undoImport(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: '/targets/:id',
    id: 'targets.editTarget',
    summary: 'Set a target',
    permission: 'targets.write',
    rate: 'write',
    data: 'commercial',
    params: z.strictObject({ id: z.uuid() }),
    body: shapes.targetEdit,
    answer: z.object({ ok: z.literal(true) }),
    handle: async (ctx, { params, body }) => {
      await editTarget(ctx, params.id, body)
      return { ok: true as const }
    },
  }),
]
