import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow } from '../row-rules.ts'
import type { TerritoryInstitutionInput } from '../shapes.ts'
import { dayBefore, refuseBackwards } from './seat-person.ts'

/** Gives an institution to a territory for a product group from a day on; the open relation before it ends the day before. */
export async function ownInstitution(ctx: Ctx, input: TerritoryInstitutionInput): Promise<{ id: string }> {
  refuseBackwards(input.valid_from, input.valid_to)
  await findSides(ctx, input.institution_id, input.territory_id)
  const ended = await ctx.db
    .updateTable('territory_institutions')
    .set((values) => ({ valid_to: dayBefore(input.valid_from), version: values('version', '+', 1) }))
    .where('company_id', '=', ctx.companyId)
    .where('institution_id', '=', input.institution_id)
    .where('product_group', '=', input.product_group)
    .where('valid_to', 'is', null)
    .where('valid_from', '<', input.valid_from)
    .returning(['id', 'territory_id'])
    .execute()
  await refuseOverlap(ctx, input, null)
  const row = await ctx.db
    .insertInto('territory_institutions')
    .values({ ...input, company_id: ctx.companyId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'territory-institutions', row.id, {
    deed: 'create',
    old: ended[0] && { ended: ended[0].id, territory_id: ended[0].territory_id },
    new: input,
  })
  return row
}

export async function changeOwnership(
  ctx: Ctx,
  id: string,
  {
    version,
    ...input
  }: { version: number; territory_id: string; valid_from: string; valid_to: string | null },
): Promise<undefined> {
  refuseBackwards(input.valid_from, input.valid_to)
  const row = await lockRow(ctx, 'territory-institutions', id, version)
  await findSides(ctx, String(row.institution_id), input.territory_id)
  const whole = {
    ...input,
    institution_id: String(row.institution_id),
    product_group: String(row.product_group),
  }
  await refuseOverlap(ctx, whole, id)
  await ctx.db
    .updateTable('territory_institutions')
    .set({ ...input, version: version + 1 })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'territory-institutions', id, {
    deed: 'change',
    old: row,
    new: { ...row, ...input },
  })
}

async function findSides(ctx: Ctx, institutionId: string, territoryId: string): Promise<void> {
  const of = (table: 'institutions' | 'territories', id: string) =>
    ctx.db
      .selectFrom(table)
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .select('state')
      .executeTakeFirst()
  const institution = found(await of('institutions', institutionId), 'institution')
  const territory = found(await of('territories', territoryId), 'territory')
  if (institution.state === 'merged' || territory.state !== 'active') {
    throw new Refusal('masterdata.wrong-state', {
      state: institution.state === 'merged' ? 'merged' : territory.state,
    })
  }
}

async function refuseOverlap(
  ctx: Ctx,
  input: { institution_id: string; product_group: string; valid_from: string; valid_to: string | null },
  exceptId: string | null,
): Promise<void> {
  let query = ctx.db
    .selectFrom('territory_institutions as r')
    .innerJoin('territories as t', (join) =>
      join.onRef('t.company_id', '=', 'r.company_id').onRef('t.id', '=', 'r.territory_id'),
    )
    .where('r.company_id', '=', ctx.companyId)
    .where('r.institution_id', '=', input.institution_id)
    .where('r.product_group', '=', input.product_group)
    .where('r.valid_from', '<=', input.valid_to ?? '9999-12-31')
    .where((where) =>
      where.or([where('r.valid_to', 'is', null), where('r.valid_to', '>=', input.valid_from)]),
    )
    .select(['t.name', 'r.valid_from', 'r.valid_to'])
  if (exceptId !== null) query = query.where('r.id', '<>', exceptId)
  const other = await query.executeTakeFirst()
  if (!other) return
  throw new Refusal(
    'masterdata.overlapping',
    { territory: other.name, from: other.valid_from, to: other.valid_to ?? '—' },
    { status: 409 },
  )
}
