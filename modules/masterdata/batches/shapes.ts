import { z } from 'zod'
import { day, distributorTiers, tag } from '../shapes.ts'

/** What may be set on many rows at once, by kind. None of it is part of a row's identity. */
export const classifiable = {
  institutions: ['segment', 'level', 'category'],
  products: ['product_group'],
  distributors: ['tier', 'flow_owner'],
} as const
export type ClassifiableKind = keyof typeof classifiable

/** Rows by their ids, or all that the filters of their list find. */
const choice = {
  ids: z.array(z.uuid()).max(5000).optional(),
  query: z.record(z.string().max(40), z.string().max(400)).optional(),
}
const word = z
  .string()
  .trim()
  .max(60)
  .nullable()
  .transform((value) => value || null)
  .optional()

export const classification = z.strictObject({
  ...choice,
  /** Null takes the value away. */
  set: z
    .strictObject({
      segment: word,
      level: word,
      category: word,
      product_group: word,
      flow_owner: word,
      tier: z.enum(distributorTiers).optional(),
    })
    .default({}),
  add_tags: z.array(tag).max(10).default([]),
  remove_tags: z.array(tag).max(10).default([]),
})
export type Classification = z.output<typeof classification>

const counts = z.array(z.object({ value: z.string().nullable(), count: z.number() }))
/** What a classification would do; `before` counts what the rows that change carry now. */
export const classificationPreview = z.object({
  matched: z.number(),
  changes: z.number(),
  before: z.array(z.object({ field: z.string(), values: counts })),
})
export type ClassificationPreview = z.output<typeof classificationPreview>

export const assignment = z.strictObject({
  ...choice,
  territory_id: z.uuid(),
  product_group: z.string().trim().min(1).max(60).default('*'),
  valid_from: day,
})
export type Assignment = z.output<typeof assignment>
/** What an assignment would do: institutions that had no owner, that move, and that are there already. */
export const assignmentPreview = z.object({
  matched: z.number(),
  fresh: z.number(),
  moved: z.number(),
  same: z.number(),
  /** From which territories how many move. */
  from: counts,
})
export type AssignmentPreview = z.output<typeof assignmentPreview>

/** The batch under whose id it can be undone (`DELETE /imports/:id/run`). */
export const batchDone = z.object({ import_id: z.string(), changes: z.number() })
