import { z } from 'zod'
import { likeInstitutions } from '#modules/masterdata/public.ts'
import { type Route, route } from '#platform/http.ts'
import { listOf, listQuery } from '#platform/shapes.ts'
import { linesOfText } from '../line-queries.ts'
import * as shapes from '../shapes.ts'
import { decideIssue } from './decide-issue.ts'
import { decideNames } from './decide-names.ts'
import { decideNewInstitution } from './decide-new-institution.ts'
import { impactOf } from './decision-impact.ts'
import { draftInstitution } from './draft-institution.ts'
import { knownTargets, listDecisions, listReviewGroups, textOfGroup } from './review-queries.ts'
import { undoDecision } from './undo-decision.ts'

/** The workbench: groups that wait, what a decision would change, deciding, undoing. */
export const reviewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/flow-reviews',
    id: 'flows.listReviews',
    summary: 'Groups of alike texts that wait',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    query: shapes.reviewQuery,
    answer: listOf(shapes.reviewGroup),
    handle: (ctx, { query }) => listReviewGroups(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/flow-reviews/impact',
    id: 'flows.getImpact',
    summary: 'What a decision would change',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    query: shapes.textQuery,
    answer: shapes.impactAnswer,
    handle: (ctx, { query }) => impactOf(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/flow-reviews/lines',
    id: 'flows.listReviewLines',
    summary: 'Lines that a decision would settle',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    query: shapes.textQuery.extend({ ...listQuery.shape, month: shapes.monthParam.shape.month.optional() }),
    answer: listOf(shapes.lineRow),
    handle: (ctx, { query }) => linesOfText(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/flow-reviews/candidates',
    id: 'flows.listKnownTargets',
    summary: 'Spellings and sales of candidates',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    query: z.strictObject({
      kind: z.enum(shapes.nameKinds),
      ids: z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(z.uuid()).max(20)),
    }),
    answer: z.object({ rows: z.array(shapes.knownTarget) }),
    handle: async (ctx, { query }) => ({ rows: await knownTargets(ctx, query) }),
  }),
  route({
    method: 'GET',
    path: '/flow-reviews/draft',
    id: 'flows.draftInstitution',
    summary: 'What a text tells of the institution it names',
    permission: 'masterdata.write',
    rate: 'read',
    data: 'internal',
    query: shapes.textQuery.pick({ normal_text: true }),
    answer: shapes.institutionDraft,
    handle: async (ctx, { query }) => draftInstitution(ctx, await textOfGroup(ctx, query.normal_text)),
  }),
  route({
    method: 'GET',
    path: '/flow-reviews/look-alikes',
    id: 'flows.listLookAlikes',
    summary: 'Institutions that a new one may be the double of',
    permission: 'masterdata.write',
    rate: 'read',
    data: 'internal',
    query: z.strictObject({ name: z.string().min(1).max(200) }),
    answer: z.object({ rows: z.array(shapes.lookAlike) }),
    handle: async (ctx, { query }) => ({ rows: await likeInstitutions(ctx, query.name) }),
  }),
  route({
    method: 'POST',
    path: '/flow-decisions/institution',
    id: 'flows.decideNewInstitution',
    summary: 'Create an institution and decide that a text means it',
    permission: 'masterdata.write',
    rate: 'write',
    data: 'internal',
    body: shapes.creationBody,
    answer: shapes.decisionAnswer,
    status: 201,
    handle: (ctx, { body }) => decideNewInstitution(ctx, body),
  }),
  route({
    method: 'POST',
    path: '/flow-decisions',
    id: 'flows.decideNames',
    summary: 'One decision for all alike texts',
    permission: 'flows.review',
    rate: 'write',
    data: 'internal',
    body: shapes.decisionBody,
    answer: shapes.decisionAnswer,
    status: 201,
    handle: (ctx, { body }) => decideNames(ctx, body),
  }),
  route({
    method: 'GET',
    path: '/flow-decisions',
    id: 'flows.listDecisions',
    summary: 'Decisions, newest first',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    query: listQuery,
    answer: listOf(shapes.decisionRow),
    handle: (ctx, { query }) => listDecisions(ctx, query),
  }),
  route({
    method: 'DELETE',
    path: '/flow-decisions/:id',
    id: 'flows.undoDecision',
    summary: 'Take a decision back',
    permission: 'flows.review',
    rate: 'write',
    data: 'internal',
    params: shapes.idParam,
    answer: shapes.decisionAnswer,
    handle: (ctx, { params }) => undoDecision(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/flow-issue-decisions',
    id: 'flows.decideIssue',
    summary: 'Keep or exclude lines that an issue holds',
    permission: 'flows.review',
    rate: 'write',
    data: 'internal',
    body: shapes.issueDecisionBody,
    answer: shapes.decisionAnswer,
    status: 201,
    handle: (ctx, { body }) => decideIssue(ctx, body),
  }),
]
