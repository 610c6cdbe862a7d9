import { z } from 'zod'
import { day, distributorStates, historyRow } from './shapes.ts'

/** Shapes that only the doors use: what no page builds a form or a row from. */

const id = z.uuid()
const version = z.number().int()
const nullable = z.string().nullable()
const reason = z
  .string()
  .trim()
  .max(500)
  .nullish()
  .transform((value) => value || null)
const facet = z.array(z.object({ value: nullable, count: z.number() }))

export const idParams = z.strictObject({ id })
export const stateChange = z.strictObject({ version, reason })
export const created = z.object({ id: z.string() })
export const institutionFacets = z.object({ province: facet, kind: facet, state: facet })
export const resolved = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  via: z.array(z.string()),
})
export const distributorStanding = stateChange.extend({ state: z.enum(distributorStates) })
export const postHolderEnd = z.strictObject({ version, valid_to: day })
export const listName = z.string().regex(/^[a-z][a-z-]{1,39}$/)
export const foundRow = z.object({
  kind: z.string(),
  title: z.string(),
  subtitle: nullable,
  href: z.string(),
})
export const importMapping = z.strictObject({
  mapping: z.record(z.string().regex(/^\d{1,3}$/), z.string().max(40)),
})
export const history = z.object({ rows: z.array(historyRow) })
