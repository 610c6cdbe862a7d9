import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { idParam } from '../shapes.ts'
import { applyThreshold } from './apply-threshold.ts'
import { currentThreshold } from './current-threshold.ts'
import { drawSample } from './draw-sample.ts'
import { judgeSample } from './judge-sample.ts'
import { adviseThreshold, readQuality } from './quality-queries.ts'
import { readSamples } from './sample-queries.ts'
import * as shapes from './shapes.ts'
import { thresholdImpactOf } from './threshold-impact.ts'
import { undoThreshold } from './undo-threshold.ts'

/** How well names are matched: figures, the audit sample, the threshold. */
export const qualityRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/flow-match-quality',
    id: 'flows.getMatchQuality',
    summary: 'Precision and recall of matching, by month',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    answer: shapes.qualityAnswer,
    handle: (ctx) => readQuality(ctx),
  }),
  route({
    method: 'GET',
    path: '/flow-match-quality/advice',
    id: 'flows.adviseThreshold',
    summary: 'The threshold for a wished precision',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    query: shapes.adviceQuery,
    answer: shapes.adviceAnswer,
    handle: (ctx, { query }) => adviseThreshold(ctx, query.precision),
  }),
  route({
    method: 'GET',
    path: '/flow-match-thresholds/current',
    id: 'flows.getThreshold',
    summary: 'From which score customers are taken without asking',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    answer: z.object({ auto_from: z.number() }),
    handle: async (ctx) => ({ auto_from: await currentThreshold(ctx) }),
  }),
  route({
    method: 'GET',
    path: '/flow-match-thresholds/impact',
    id: 'flows.getThresholdImpact',
    summary: 'What another threshold would change',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    query: shapes.impactQuery,
    answer: shapes.thresholdImpact,
    handle: (ctx, { query }) => thresholdImpactOf(ctx, query.auto_from),
  }),
  route({
    method: 'POST',
    path: '/flow-match-thresholds',
    id: 'flows.applyThreshold',
    summary: 'Take names from another score on',
    permission: 'flows.tune',
    data: 'internal',
    fresh: true,
    rate: 'costly',
    body: shapes.thresholdBody,
    answer: shapes.thresholdAnswer,
    status: 201,
    handle: (ctx, { body }) => applyThreshold(ctx, body),
  }),
  route({
    method: 'DELETE',
    path: '/flow-match-thresholds/:id',
    id: 'flows.undoThreshold',
    summary: 'Take the newest threshold back',
    permission: 'flows.tune',
    rate: 'write',
    data: 'internal',
    fresh: true,
    params: idParam,
    answer: shapes.thresholdAnswer,
    handle: (ctx, { params }) => undoThreshold(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/flow-match-samples',
    id: 'flows.listSamples',
    summary: 'The audit sample of a month',
    permission: 'flows.review',
    rate: 'read',
    data: 'internal',
    query: shapes.sampleQuery,
    answer: shapes.sampleAnswer,
    handle: (ctx, { query }) => readSamples(ctx, query.month),
  }),
  route({
    method: 'POST',
    path: '/flow-match-samples',
    id: 'flows.drawSample',
    summary: 'Draw names to be checked',
    permission: 'flows.review',
    rate: 'write',
    data: 'internal',
    body: shapes.drawBody,
    answer: shapes.drawAnswer,
    status: 201,
    handle: (ctx, { body }) => drawSample(ctx, body),
  }),
  route({
    method: 'PUT',
    path: '/flow-match-samples/:id/verdict',
    id: 'flows.judgeSample',
    summary: 'Right, wrong, skipped; null takes it back',
    permission: 'flows.review',
    rate: 'write',
    data: 'internal',
    params: idParam,
    body: shapes.verdictBody,
    answer: z.object({ ok: z.literal(true) }),
    handle: async (ctx, { params, body }) => {
      await judgeSample(ctx, params.id, body.verdict)
      return { ok: true as const }
    },
  }),
]
