import type { z } from 'zod'
import { Refusal } from '#kit/refusal.ts'
import { createInstitution } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { creationBody } from '../shapes.ts'
import { decideNames } from './decide-names.ts'

/**
 * What is in no master yet: the institution is created and the text means it from now on, in one deed. Undone, the
 * decision takes the institution out of use again.
 */
export async function decideNewInstitution(
  ctx: Ctx,
  input: z.output<typeof creationBody>,
): Promise<{ id: string; name_count: number; line_count: number }> {
  // The door asked for the right to change master data; to decide names is a second one.
  if (!ctx.permissions.has('flows.review'))
    throw new Refusal('not-allowed', { permission: 'flows.review' }, { status: 403 })
  const { institution, ...text } = input
  const { id } = await createInstitution(ctx, institution)
  return decideNames(ctx, { ...text, kind: 'customer', action: 'choose', target_id: id }, id)
}
