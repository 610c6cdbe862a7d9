import { z } from 'zod'
import { listOf, listQuery } from '#platform/shapes.ts'

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
export const dimensions = [
  'territory',
  'product_group',
  'month',
  'product',
  'distributor',
  'institution',
] as const
export type Dimension = (typeof dimensions)[number]
export const territoryLevels = ['region', 'province', 'territory'] as const

export const attainmentSorts = [
  'name',
  'amount_fen',
  'target_fen',
  'rate',
  'gap',
  'last_year_fen',
  'growth',
  'base_qty',
  'line_count',
] as const
export type AttainmentSort = (typeof attainmentSorts)[number]

/** Searches (`q`) and sorts the names of what the report is by. */
export const attainmentQuery = listQuery.extend({
  sort: z.enum([...attainmentSorts, ...attainmentSorts.map((sort) => `-${sort}` as const)]).optional(),
  from: month,
  to: month,
  by: z.enum(dimensions).default('territory'),
  level: z.enum(territoryLevels).default('territory'),
  territory_id: z.uuid().optional(),
  product_group: z.string().max(60).optional(),
})
export type AttainmentQuery = z.output<typeof attainmentQuery>

const figures = {
  target_fen: z.number().nullable(),
  amount_fen: z.number(),
  base_qty: z.string().nullable(),
  /** Decimal text, 1 = 100 %; null without a target. */
  rate: z.string().nullable(),
  line_count: z.number(),
  last_year_fen: z.number().nullable(),
}
export const attainmentRow = z.object({ key: z.string().nullable(), name: z.string(), ...figures })
export type AttainmentRow = z.output<typeof attainmentRow>
export const attainment = listOf(attainmentRow).extend({
  /** Of all rows that the filters find. */
  sums: z.object(figures),
  /** Sales in the same months that no territory owns: they count in no rate. */
  unowned: z.object({ amount_fen: z.number(), line_count: z.number() }),
  months: z.array(z.object({ month: z.string(), state: z.string() })),
})
export type Attainment = z.output<typeof attainment>

/** Refusals of this part: the web holds a sentence for each. */
export const targetRefusals = ['targets.cells-changed-meanwhile'] as const

export const targetQuery = listQuery.extend({
  month: month.optional(),
  territory_id: z.uuid().optional(),
  product_group: z.string().max(60).optional(),
})
/** An export may be of a whole year. */
export const targetExportQuery = targetQuery.omit({ page: true, size: true }).extend({
  year: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  only_set: z.enum(['yes']).optional(),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export const targetRow = z.object({
  id: z.string(),
  territory_id: z.string(),
  territory_name: z.string(),
  product_group: z.string(),
  month: z.string(),
  amount_fen: z.number(),
  version: z.number(),
})
export type TargetRow = z.output<typeof targetRow>
export const targetEdit = z.strictObject({
  amount_fen: z.number().int().min(0).max(1e15),
  version: z.number().int(),
})

export const targetGridQuery = listQuery.extend({
  year: z.string().regex(/^\d{4}$/),
  /** Only rows that have a target in the year. */
  only_set: z.enum(['yes']).optional(),
  territory_id: z.uuid().optional(),
  product_group: z.string().max(60).optional(),
})
export const targetGridRow = z.object({
  id: z.string(),
  territory_id: z.string(),
  territory_code: z.string(),
  territory_name: z.string(),
  product_group: z.string(),
  /** 'YYYY-MM' → what is set; a month without a target is not there. */
  months: z.record(z.string(), z.object({ amount_fen: z.number(), version: z.number() })),
})
export type TargetGridRow = z.output<typeof targetGridRow>
export const targetGrid = z.object({
  rows: z.array(targetGridRow),
  total: z.number(),
  total_capped: z.boolean(),
  /** Sums of all that the filters find, by month. */
  sums: z.record(z.string(), z.number()),
})
export type TargetGrid = z.output<typeof targetGrid>

export const targetCells = z.strictObject({
  cells: z
    .array(
      z.strictObject({
        territory_id: z.uuid(),
        product_group: z.string().trim().min(1).max(60),
        month,
        amount_fen: z.number().int().min(0).max(1e15),
        /** Of the target that was read; null where there was none. */
        version: z.number().int().nullable(),
      }),
    )
    .min(1)
    .max(5000),
})
export type TargetCells = z.output<typeof targetCells>
/** The batch under whose id it can be undone; null when everything was so already. */
export const cellsDone = z.object({ import_id: z.string().nullable(), changes: z.number() })
