import { z } from 'zod'
import { each, moment, nullable } from '../shapes.ts'

/** What people and programs may send and get about changes of many rows at once. Runs in a browser as well. */

export const importStates = [
  'reading',
  'mapping',
  'checking',
  'checked',
  'approving',
  'running',
  'done',
  'failed',
  'undone',
] as const
export type ImportState = (typeof importStates)[number]
export const importColumn = z.object({
  index: z.number(),
  header: z.string(),
  samples: z.array(z.string()),
  field: nullable,
  /** 0–1: how sure the proposal is. */
  confidence: z.number(),
})
export type ImportColumn = z.output<typeof importColumn>
/** What is wrong with one cell: a code for a sentence, and whether the row is kept out for it. */
export const importIssue = z.object({
  field: nullable,
  code: z.string(),
  value: z.string(),
  severity: z.enum(['error', 'warning']),
})
export type ImportIssue = z.output<typeof importIssue>
export const importPreviewRow = z.object({
  row_no: z.number(),
  outcome: z.enum(['insert', 'update', 'same', 'error']),
  /** What it would replace of an identity that needs approval: field → the value there now. */
  identity: z.record(z.string(), z.string()).default({}),
  cells: z.array(z.string()),
  issues: z.array(importIssue),
})
export type ImportPreviewRow = z.output<typeof importPreviewRow>
export const importSummary = z.object({
  id: z.string(),
  /** A kind of master data, or one that a higher module brought. */
  kind: z.string(),
  /** Null when rows were chosen on a page. */
  file_name: nullable,
  state: z.enum(importStates),
  ...each(
    z.number(),
    'row_count insert_count update_count same_count error_count warning_count identity_count',
  ),
  person_name: nullable,
  created_at: moment,
  ended_at: moment.nullable(),
})
export type ImportSummary = z.output<typeof importSummary>
export const importDetail = importSummary.extend({
  /** What was set on chosen rows: field → value. */
  batch: z.record(z.string(), z.unknown()).nullable(),
  /** Fields that identify a row; empty when their change needs no approval. */
  identity: z.array(z.string()),
  approval: z.object({ id: z.string(), state: z.string(), reason: nullable }).nullable(),
  failure_code: nullable,
  failure_params: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  columns: z.array(importColumn),
  mapping: z.record(z.string(), z.string()),
  fields: z.array(
    z.object({
      field: z.string(),
      zh: z.string(),
      en: z.string(),
      required: z.boolean(),
      is_key: z.boolean(),
    }),
  ),
  preview: z.array(importPreviewRow),
  has_error_file: z.boolean(),
  job_id: nullable,
  undone_at: moment.nullable(),
})
export type ImportDetail = z.output<typeof importDetail>
export const undoPreview = z.object({
  restores: z.number(),
  removes: z.number(),
  obstacle_count: z.number(),
  obstacles: z.array(z.object({ row_no: z.number(), code: z.string(), why: z.string(), where: nullable })),
})
export type UndoPreview = z.output<typeof undoPreview>
