import { sql } from 'kysely'
import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { applyPlan } from '../imports/apply-plan.ts'
import type { PlannedRow } from '../imports/planned-row.ts'
import { dayBefore } from '../territories/seat-person.ts'
import { territoryInstitutionSheet } from '../territories/territory-sheets.ts'
import { chosenRows } from './chosen-rows.ts'
import { openBatch } from './open-batch.ts'
import type { Assignment, AssignmentPreview } from './shapes.ts'

/** How an institution stands on the day: who owns it, since when, and when the next relation begins. */
interface Standing {
  institution_id: string
  id: string | null
  territory_id: string | null
  territory_name: string | null
  valid_from: string | null
  next_from: string | null
}

/** What an assignment would do, without doing it. */
export async function previewAssignment(ctx: Ctx, input: Assignment): Promise<AssignmentPreview> {
  const all = await standings(ctx, input)
  const moved = all.filter((one) => one.id !== null && one.territory_id !== input.territory_id)
  const from = Map.groupBy(moved, (one) => one.territory_name)
  return {
    matched: all.length,
    fresh: all.filter((one) => one.id === null).length,
    moved: moved.length,
    same: all.filter((one) => one.territory_id === input.territory_id).length,
    from: [...from].map(([value, rows]) => ({ value, count: rows.length })).sort((a, b) => b.count - a.count),
  }
}

/**
 * Gives the chosen institutions to a territory for a product group from a day on. A relation that holds on that day
 * ends the day before; one that begins later stays, and ends the new one. One batch, undone as a whole.
 */
export async function assignTerritory(
  ctx: Ctx,
  input: Assignment,
): Promise<{ import_id: string; changes: number }> {
  // Look.
  const territory = found(
    await ctx.db
      .selectFrom('territories')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', input.territory_id)
      .select(['state', 'name'])
      .executeTakeFirst(),
    'territory',
  )
  if (territory.state !== 'active')
    throw new Refusal('masterdata.wrong-state', { state: territory.state }, { status: 409 })
  const all = await standings(ctx, input)
  // Decide.
  const rows = all
    .filter((one) => one.territory_id !== input.territory_id)
    .flatMap((one, place) => plannedFor(one, input, place + 1))
  // Write.
  const changes = new Set(rows.map((row) => row.row_no)).size
  const import_id = await openBatch(ctx, {
    kind: 'territory-institutions',
    what: { territory: territory.name, product_group: input.product_group, valid_from: input.valid_from },
    matched: all.length,
    inserts: rows.filter((row) => row.outcome === 'insert').length,
    updates: rows.filter((row) => row.outcome === 'update').length,
  })
  await applyPlan(ctx, territoryInstitutionSheet, import_id, rows, async () => undefined)
  return { import_id, changes }
}

function plannedFor(one: Standing, input: Assignment, row_no: number): PlannedRow[] {
  const base = { row_no, issues: [], parent_key: null, identity: [] }
  const { valid_from, territory_id } = input
  if (one.id !== null && one.valid_from === valid_from)
    return [
      {
        ...base,
        key: one.id,
        values: {},
        outcome: 'update',
        id: one.id,
        existing: {},
        ids: { territory_id },
      },
    ]
  const fresh: PlannedRow = {
    ...base,
    key: one.institution_id,
    values: {
      product_group: input.product_group,
      valid_from,
      ...(one.next_from !== null && { valid_to: dayBefore(one.next_from) }),
    },
    outcome: 'insert',
    id: null,
    existing: null,
    ids: { institution_id: one.institution_id, territory_id },
  }
  if (one.id === null) return [fresh]
  const values = { valid_to: dayBefore(valid_from) }
  return [fresh, { ...base, key: one.id, values, outcome: 'update', id: one.id, existing: {}, ids: {} }]
}

async function standings(ctx: Ctx, input: Assignment): Promise<Standing[]> {
  const ids = await chosenRows(ctx, 'institutions', input)
  const { rows } = await sql<Standing>`
    select c.id as institution_id, t.id, t.territory_id, y.name as territory_name, t.valid_from, (
      select min(n.valid_from) from territory_institutions n where n.company_id = ${ctx.companyId}
        and n.institution_id = c.id and n.product_group = ${input.product_group}
        and n.valid_from > ${input.valid_from}::date) as next_from
    from unnest(${ids}::uuid[]) c(id)
    left join territory_institutions t on t.company_id = ${ctx.companyId} and t.institution_id = c.id
      and t.product_group = ${input.product_group} and t.valid_from <= ${input.valid_from}::date
      and (t.valid_to is null or t.valid_to >= ${input.valid_from}::date)
    left join territories y on y.company_id = t.company_id and y.id = t.territory_id
    order by c.id`.execute(ctx.db)
  return rows
}
