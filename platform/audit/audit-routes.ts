import { z } from 'zod'
import { type Route, route } from '../http.ts'
import { listOf, listQuery } from '../shapes.ts'
import { readAnchors } from './anchors.ts'
import { listAudit } from './audit-queries.ts'
import { auditCheck, auditRow } from './shapes.ts'
import { verifyAudit } from './verify-audit.ts'

/** The audit trail and the check of its seals. */
export function auditRoutes(dataDir: string): Route[] {
  return [
    route({
      method: 'GET',
      path: '/audit',
      id: 'platform.listAudit',
      summary: 'Who did what to what, newest first',
      permission: 'platform.read-audit',
      rate: 'read',
      data: 'internal',
      query: listQuery.extend({
        subject_kind: z.string().max(60).optional(),
        subject_id: z.string().max(100).optional(),
        person_id: z.uuid().optional(),
        deed: z.string().max(80).optional(),
        happened_from: z.iso.date().optional(),
        happened_to: z.iso.date().optional(),
      }),
      answer: listOf(auditRow),
      handle: (ctx, { query }) => listAudit(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/audit/check',
      id: 'platform.checkAudit',
      summary: 'Compute all seals again and tell which rows are not as they were',
      permission: 'platform.read-audit',
      data: 'internal',
      rate: 'costly',
      answer: auditCheck,
      handle: async (ctx) => verifyAudit(ctx, await readAnchors(dataDir, ctx.companyId)),
    }),
  ]
}
