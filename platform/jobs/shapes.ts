import { z } from 'zod'

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const

export const jobRow = z.object({
  id: z.string(),
  kind: z.string(),
  subject_kind: z.string().nullable(),
  subject_id: z.string().nullable(),
  state: z.enum(jobStates),
  attempts: z.number(),
  stage: z.string().nullable(),
  progress_done: z.number(),
  progress_total: z.number().nullable(),
  error_code: z.string().nullable(),
  error_detail: z.string().nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  queued_at: z.coerce.date(),
  started_at: z.coerce.date().nullable(),
  ended_at: z.coerce.date().nullable(),
})
export type JobRow = z.output<typeof jobRow>
