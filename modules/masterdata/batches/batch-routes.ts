import { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import { type Route, route } from '#platform/http.ts'
import { assignTerritory, previewAssignment } from './assign-territory.ts'
import { classifyRows, previewClassification } from './classify-rows.ts'
import { listTags } from './list-tags.ts'
import * as shapes from './shapes.ts'

const many = { method: 'POST', permission: 'masterdata.import', data: 'internal' } as const

const names: Record<shapes.ClassifiableKind, string> = {
  institutions: 'Institutions',
  products: 'Products',
  distributors: 'Distributors',
}

const classifying = (Object.keys(names) as shapes.ClassifiableKind[]).flatMap((kind): Route[] => [
  route({
    ...many,
    path: `/${kind}/classification-preview`,
    id: `masterdata.previewClassificationOf${names[kind]}`,
    rate: 'read',
    summary: `What classing many ${kind} at once would change`,
    body: shapes.classification,
    answer: shapes.classificationPreview,
    handle: (ctx: Ctx, { body }) => previewClassification(ctx, kind, body),
  }),
  route({
    ...many,
    path: `/${kind}/classification`,
    id: `masterdata.classify${names[kind]}`,
    summary: `Class many ${kind} at once`,
    rate: 'costly',
    body: shapes.classification,
    answer: shapes.batchDone,
    handle: (ctx: Ctx, { body }) => classifyRows(ctx, kind, body),
  }),
  route({
    method: 'GET',
    permission: 'masterdata.read',
    rate: 'read',
    data: 'internal',
    path: `/${kind}/tags`,
    id: `masterdata.listTagsOf${names[kind]}`,
    summary: `Tags of ${kind}, with how many carry each`,
    answer: z.object({ rows: z.array(z.object({ value: z.string(), count: z.number() })) }),
    handle: async (ctx: Ctx) => ({ rows: await listTags(ctx, kind) }),
  }),
])

/** Changes of many rows that were chosen on a page. */
export const batchRoutes: readonly Route[] = [
  ...classifying,
  route({
    ...many,
    path: '/institutions/assignment-preview',
    id: 'masterdata.previewAssignment',
    rate: 'read',
    summary: 'What giving many institutions to a territory would change',
    body: shapes.assignment,
    answer: shapes.assignmentPreview,
    handle: (ctx, { body }) => previewAssignment(ctx, body),
  }),
  route({
    ...many,
    path: '/institutions/assignment',
    id: 'masterdata.assignTerritory',
    summary: 'Give many institutions to a territory',
    rate: 'costly',
    body: shapes.assignment,
    answer: shapes.batchDone,
    handle: (ctx, { body }) => assignTerritory(ctx, body),
  }),
]
