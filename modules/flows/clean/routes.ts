import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { listOf, listQuery } from '#platform/shapes.ts'
import { linesOfText } from '../line-queries.ts'
import * as shapes from '../shapes.ts'
import { decideIssue } from './decide-issue.ts'
import { decideNames, impactOf } from './decide-names.ts'
import { listDecisions, listReviewGroups } from './review-queries.ts'
import { undoDecision } from './undo-decision.ts'

const textQuery = z.strictObject({
  kind: z.enum(shapes.nameKinds),
  normal_text: z.string().min(1).max(400),
  distributor_id: z.uuid().optional(),
})

/** The workbench: groups that wait, what a decision would change, deciding, undoing. */
export const reviewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/flow-reviews',
    id: 'flows.listReviews',
    summary: 'Groups of alike texts that wait',
    permission: 'flows.review',
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
    query: textQuery,
    answer: shapes.impactAnswer,
    handle: (ctx, { query }) => impactOf(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/flow-reviews/lines',
    id: 'flows.listReviewLines',
    summary: 'Lines that a decision would settle',
    permission: 'flows.review',
    query: textQuery.extend({ ...listQuery.shape, month: shapes.monthParam.shape.month.optional() }),
    answer: listOf(shapes.lineRow),
    handle: (ctx, { query }) => linesOfText(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/flow-decisions',
    id: 'flows.decideNames',
    summary: 'One decision for all alike texts',
    permission: 'flows.review',
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
    body: shapes.issueDecisionBody,
    answer: shapes.decisionAnswer,
    status: 201,
    handle: (ctx, { body }) => decideIssue(ctx, body),
  }),
]
