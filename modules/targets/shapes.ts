import { z } from 'zod'
import { listQuery } from '#platform/shapes.ts'

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

export const attainmentQuery = z.strictObject({
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
export const attainment = z.object({
  rows: z.array(attainmentRow),
  total: z.object(figures),
  /** Sales in the same months that no territory owns: they count in no rate. */
  unowned: z.object({ amount_fen: z.number(), line_count: z.number() }),
  months: z.array(z.object({ month: z.string(), state: z.string() })),
})
export type Attainment = z.output<typeof attainment>

export const targetQuery = listQuery.extend({ month: month.optional(), territory_id: z.uuid().optional() })
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
