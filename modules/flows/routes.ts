import { z } from 'zod'
import { Refusal } from '#kit/refusal.ts'
import { withCompanyEyes } from '#platform/db.ts'
import { openFile } from '#platform/files/public.ts'
import { type Route, route } from '#platform/http.ts'
import { listOf } from '#platform/shapes.ts'
import { getBatch, listBatches } from './arrive/batch-queries.ts'
import { confirmMapping } from './arrive/confirm-mapping.ts'
import { discardBatch } from './arrive/discard-batch.ts'
import { readAgain } from './arrive/read-again.ts'
import { receiveFiles } from './arrive/receive-files.ts'
import { stopReading } from './arrive/stop-reading.ts'
import { reviewRoutes } from './clean/routes.ts'
import { monthRoutes } from './close/routes.ts'
import { exportLines } from './export-lines.ts'
import { lifeOfLine } from './line-life.ts'
import { listLines } from './line-queries.ts'
import { pictureOfPage } from './page-picture.ts'
import { qualityRoutes } from './quality/routes.ts'
import * as shapes from './shapes.ts'

const { monthParam, idParam } = shapes
const reads = { permission: 'flows.read', rate: 'read', data: 'commercial' } as const
const done = z.object({ ok: z.literal(true) })

/** What the reading engine opens; the content decides, not the name. The upload page offers the same. */
const EXTENSIONS = 'xlsx xls xml html htm csv tsv txt prn dbf zip pdf jpg jpeg png webp tif tiff'.split(' ')

const batchRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/flow-batches',
    id: 'flows.receiveFiles',
    summary: 'Upload flow files',
    permission: 'flows.upload',
    data: 'commercial',
    upload: { purpose: 'flow', extensions: EXTENSIONS, maxFiles: 50 },
    rate: 'costly',
    answer: shapes.uploadAnswer,
    status: 202,
    handle: async (ctx, { files, fields }) => {
      const form = z.strictObject({ month: monthParam.shape.month, distributor_id: z.uuid() }).safeParse({
        ...fields,
        ...(ctx.scope.kind === 'distributor' && { distributor_id: ctx.scope.distributorId }),
      })
      if (!form.success) {
        const wrong = Object.fromEntries(form.error.issues.map((issue) => [issue.path.join('.'), issue.code]))
        throw new Refusal('invalid-request', {}, { status: 400, fields: wrong })
      }
      return { batches: await receiveFiles(ctx, { ...form.data, files }) }
    },
  }),
  route({
    method: 'GET',
    path: '/flow-batches',
    id: 'flows.listBatches',
    summary: 'Batches',
    ...reads,
    query: shapes.batchQuery,
    answer: listOf(shapes.batchRow),
    handle: (ctx, { query }) => listBatches(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/flow-batches/:id',
    id: 'flows.getBatch',
    summary: 'A batch with its mapping',
    ...reads,
    params: idParam,
    answer: shapes.batchPage,
    handle: (ctx, { params }) => getBatch(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/flow-batches/:id/file',
    id: 'flows.downloadFile',
    summary: 'The file as it came',
    ...reads,
    params: idParam,
    answer: 'download',
    handle: async (ctx, { params }) => {
      const batch = await getBatch(ctx, params.id)
      // Whoever sees the batch sees its file, also when the company sent it in for the distributor.
      const file = await withCompanyEyes(ctx, () => openFile(ctx, batch.file_id))
      return { ...file, media_type: 'application/octet-stream' }
    },
  }),
  route({
    method: 'GET',
    path: '/flow-batches/:id/pages/:page',
    id: 'flows.drawPage',
    summary: 'The picture of a page of a PDF, a scan or a photo',
    ...reads,
    params: shapes.pageParam,
    answer: 'download',
    drawn: true,
    handle: (ctx, { params }) => pictureOfPage(ctx, params.id, params.page),
  }),
  route({
    method: 'DELETE',
    path: '/flow-batches/:id/reading',
    id: 'flows.stopReading',
    summary: 'Stop the reading of a file',
    permission: 'flows.upload',
    rate: 'write',
    data: 'commercial',
    params: idParam,
    answer: done,
    handle: async (ctx, { params }) => {
      await stopReading(ctx, params.id)
      return { ok: true as const }
    },
  }),
  route({
    method: 'POST',
    path: '/flow-batches/:id/reading',
    id: 'flows.readAgain',
    summary: 'Read a file again that was stopped or could not be read',
    permission: 'flows.upload',
    rate: 'costly',
    data: 'commercial',
    params: idParam,
    answer: z.object({ job_id: z.string() }),
    handle: (ctx, { params }) => readAgain(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: '/flow-batches/:id/mapping',
    id: 'flows.confirmMapping',
    summary: 'Confirm the columns',
    permission: 'flows.upload',
    rate: 'write',
    data: 'commercial',
    params: idParam,
    body: shapes.mappingBody,
    answer: z.object({ job_id: z.string() }),
    handle: (ctx, { params, body }) => confirmMapping(ctx, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/flow-batches/:id',
    id: 'flows.discardBatch',
    summary: 'Take a batch out of its month',
    permission: 'flows.upload',
    rate: 'write',
    data: 'commercial',
    params: idParam,
    query: z.strictObject({ reason: z.string().min(2).max(300) }),
    answer: done,
    handle: async (ctx, { params, query }) => {
      await discardBatch(ctx, params.id, query.reason)
      return { ok: true as const }
    },
  }),
]

const lineRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/flow-lines',
    id: 'flows.listLines',
    summary: 'Flow lines',
    ...reads,
    query: shapes.lineQuery,
    answer: listOf(shapes.lineRow),
    handle: (ctx, { query }) => listLines(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/flow-lines/export.xlsx',
    id: 'flows.exportLines',
    summary: 'Flow lines as a workbook',
    permission: 'flows.read',
    data: 'commercial',
    query: shapes.lineQuery.omit({ page: true, size: true }),
    rate: 'costly',
    answer: 'download',
    handle: (ctx, { query }) => exportLines(ctx, { ...query, page: 1, size: 50 }),
  }),
  route({
    method: 'GET',
    path: '/flow-lines/:id',
    id: 'flows.getLine',
    summary: 'The life of a line',
    ...reads,
    params: idParam,
    answer: shapes.lineLife,
    handle: (ctx, { params }) => lifeOfLine(ctx, params.id),
  }),
]

export const flowRoutes: readonly Route[] = [
  ...monthRoutes,
  ...batchRoutes,
  ...lineRoutes,
  ...reviewRoutes,
  ...qualityRoutes,
]
