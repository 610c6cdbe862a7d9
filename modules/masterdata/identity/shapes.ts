import { z } from 'zod'
import { moment, nullable } from '../shapes.ts'

/**
 * What says who or what a row is, by kind. Replacing or clearing one of these waits for approval where a company has
 * set a rule for it (`masterdata.<kind>`); filling in one that was empty does not, nor does anything else.
 */
export const identityFields = {
  institutions: ['code', 'name', 'kind', 'province', 'city', 'county', 'tax_id'],
  products: ['code', 'name', 'spec', 'manufacturer', 'base_unit', 'device_class', 'approval_no', 'udi_di'],
  distributors: ['code', 'name', 'tax_id'],
} as const
export type IdentityKind = keyof typeof identityFields

export const proposalStates = ['waiting', 'applied', 'rejected', 'withdrawn', 'failed'] as const
export type ProposalState = (typeof proposalStates)[number]

/** What became of a change: the approval that its identity waits for, or null when all of it holds. */
export const changed = z.object({ approval_id: nullable })

export const proposalRow = z.object({
  id: z.string(),
  approval_id: z.string(),
  state: z.enum(proposalStates),
  failure_code: nullable,
  by: nullable,
  at: moment,
  ended_at: moment.nullable(),
  /** Why it was rejected. */
  reason: nullable,
  fields: z.array(z.object({ field: z.string(), before: nullable, after: nullable })),
})
export type ProposalRow = z.output<typeof proposalRow>
