import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { page } from '#platform/lists.ts'
import { listOf } from '#platform/shapes.ts'
import { created, idParams, importMapping } from '../route-shapes.ts'
import { makeTemplate, openErrorWorkbook } from './import-files.ts'
import { findImport, importList, importSorts, selectImports } from './import-queries.ts'
import { mapImport } from './map-import.ts'
import { receiveImport } from './receive-import.ts'
import { requestRun } from './request-run.ts'
import { importDetail, importSummary, undoPreview } from './shapes.ts'
import { allSheets } from './sheets.ts'
import { undoImport } from './undo-import.ts'
import { findUndoObstacles } from './undo-obstacles.ts'

const imports = { permission: 'masterdata.import' } as const
// Whoever approves an import looks at it, without importing.
const read = { permission: 'masterdata.read' } as const

export const importRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/imports',
    id: 'masterdata.listImports',
    summary: 'Imports of master data, newest first',
    ...imports,
    rate: 'read',
    data: 'internal',
    query: importList,
    answer: listOf(importSummary),
    handle: (ctx, { query }) =>
      page(ctx.db, selectImports(ctx, query), query, importSorts, '-created_at', 'm.id'),
  }),
  route({
    method: 'GET',
    path: '/imports/templates/:kind',
    id: 'masterdata.makeTemplate',
    summary: 'An empty workbook for one kind of master data',
    ...imports,
    rate: 'read',
    data: 'internal',
    params: z.strictObject({ kind: z.string().regex(/^[a-z-]{3,40}\.xlsx$/) }),
    answer: 'download',
    handle: (ctx, { params }) => makeTemplate(ctx, params.kind.replace(/\.xlsx$/, '')),
  }),
  route({
    method: 'GET',
    path: '/imports/kinds',
    id: 'masterdata.listImportKinds',
    summary: 'What may be imported, and where its rows are listed',
    ...read,
    rate: 'read',
    data: 'internal',
    answer: z.object({ rows: z.array(z.object({ kind: z.string(), href: z.string() })) }),
    handle: async (ctx) => ({
      rows: allSheets()
        .filter(({ permission }) => !permission || ctx.permissions.has(permission))
        .map(({ kind, href }) => ({ kind, href })),
    }),
  }),
  route({
    method: 'POST',
    path: '/imports',
    id: 'masterdata.receiveImport',
    summary: 'Upload a workbook or CSV of one kind (field `kind`) to be checked',
    ...imports,
    data: 'internal',
    rate: 'costly',
    upload: { purpose: 'masterdata.import', extensions: ['xlsx', 'csv'], maxFiles: 1 },
    answer: created,
    status: 201,
    handle: (ctx, { files, fields }) => receiveImport(ctx, files[0], fields.kind ?? ''),
  }),
  route({
    method: 'GET',
    path: '/imports/:id',
    id: 'masterdata.findImport',
    summary: 'An import: heads, mapping, counts, first rows and their errors',
    ...read,
    rate: 'read',
    data: 'internal',
    params: idParams,
    answer: importDetail,
    handle: (ctx, { params }) => findImport(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: '/imports/:id/mapping',
    id: 'masterdata.mapImport',
    summary: 'Say which column is which field; the file is checked again',
    ...imports,
    rate: 'write',
    data: 'internal',
    params: idParams,
    body: importMapping,
    answer: 'nothing',
    handle: (ctx, { params, body }) => mapImport(ctx, params.id, body.mapping),
  }),
  route({
    method: 'GET',
    path: '/imports/:id/errors.xlsx',
    id: 'masterdata.openErrorWorkbook',
    summary: 'The rows of the file with a red column that says what is wrong',
    ...imports,
    rate: 'read',
    data: 'internal',
    writes: true,
    params: idParams,
    answer: 'download',
    handle: (ctx, { params }) => openErrorWorkbook(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/imports/:id/run',
    id: 'masterdata.requestRun',
    summary: 'Write the good rows, or ask for the approval that changes of identity need',
    ...imports,
    data: 'internal',
    rate: 'costly',
    params: idParams,
    query: z.strictObject({ identity: z.enum(['ask', 'leave-out']).default('ask') }),
    answer: z.object({ job_id: z.string().nullable(), approval_id: z.string().nullable() }),
    status: 202,
    handle: (ctx, { params, query }) => requestRun(ctx, params.id, query.identity),
  }),
  route({
    method: 'GET',
    path: '/imports/:id/undo-preview',
    id: 'masterdata.findUndoObstacles',
    summary: 'What taking the import back would do, and what is in its way',
    ...imports,
    rate: 'read',
    data: 'internal',
    writes: true,
    params: idParams,
    answer: undoPreview,
    handle: (ctx, { params }) => findUndoObstacles(ctx, params.id),
  }),
  route({
    method: 'DELETE',
    path: '/imports/:id/run',
    id: 'masterdata.undoImport',
    summary: 'Take the import back: all of it or nothing',
    ...imports,
    data: 'internal',
    rate: 'costly',
    params: idParams,
    answer: z.object({ restored: z.number(), removed: z.number() }),
    handle: (ctx, { params }) => undoImport(ctx, params.id),
  }),
]
