import { z } from 'zod'

/** One row of the audit trail; `old_value` and `new_value` are what the deed wrote down. */
export const auditRow = z.object({
  id: z.string(),
  happened_at: z.coerce.date(),
  person_id: z.string().nullable(),
  /** Null for what the system did by itself. */
  person_name: z.string().nullable(),
  deed: z.string(),
  subject_kind: z.string(),
  subject_id: z.string(),
  old_value: z.unknown(),
  new_value: z.unknown(),
  reason: z.string().nullable(),
  request_id: z.string().nullable(),
})
export type AuditRow = z.output<typeof auditRow>

export const auditCheck = z.object({
  seal_count: z.number().int(),
  row_count: z.number().int(),
  /** Rows that are too young to be sealed. */
  unsealed_count: z.number().int(),
  /** Seals whose hash stands outside the database as well. */
  anchor_count: z.number().int(),
  /** Seals that are anchored outside and are gone or others in the database. */
  unlike_anchor: z.array(z.number().int()),
  /** Seals that do not fit their rows or the seal before. */
  broken: z.array(
    z.object({
      seal_no: z.number().int(),
      sealed_at: z.coerce.date(),
      /** Rows that are not as they were sealed. */
      changed_ids: z.array(z.string()),
      /** More than 0: rows were added; less: rows are gone. */
      row_difference: z.number().int(),
    }),
  ),
})
export type AuditCheck = z.output<typeof auditCheck>
