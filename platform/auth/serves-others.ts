import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '../ctx.ts'

/** What belongs to the person and not to the place is left to the person once they serve several companies. */
export async function refuseIfServesOthers(gate: Ctx, personId: string): Promise<void> {
  const other = await gate.db
    .selectFrom('memberships')
    .where('person_id', '=', personId)
    .where('company_id', '!=', gate.companyId)
    .select('company_id')
    .limit(1)
    .executeTakeFirst()
  if (other) throw new Refusal('people.serves-other-companies', {}, { status: 409 })
}
