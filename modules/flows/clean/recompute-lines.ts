import { type RawBuilder, sql } from 'kysely'
import { unitFactor } from '#engines/matching/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { HELD, TAKEN_OUT } from './held.ts'
import { productEntries } from './product-entries.ts'

/**
 * Makes the lines of open months say again what their names say: target, base quantity, owner, state. The same
 * rules as `check-lines.ts`, set-based; running it where nothing changed changes nothing. Returns the lines that
 * changed. Lines that a person excluded, or that cannot be posted at all, stay as they are.
 */
export async function recomputeLines(ctx: Ctx, nameIds: readonly string[]): Promise<number> {
  if (nameIds.length === 0) return 0
  // A close that starts now waits for this; one that has started took its months out of the open ones.
  await sql`select month from flow_months where company_id = ${ctx.companyId} and state = 'open'
    order by month for share`.execute(ctx.db)
  const ladder = await ladderOf(ctx, nameIds)
  const result = await sql`with open_months as (
      select month, ends_on from flow_months where company_id = ${ctx.companyId} and state = 'open'
    ), touched as (
      select l.month, l.id, o.ends_on, l.qty, l.unit, l.issues, b.kind,
        c.state as customer_state, c.target_id as institution_id, p.state as product_state, p.target_id as product_id
      from flow_lines l
      join open_months o on o.month = l.month
      join flow_batches b on b.company_id = l.company_id and b.id = l.batch_id
      left join flow_names c on c.company_id = l.company_id and c.id = l.customer_name_id
      left join flow_names p on p.company_id = l.company_id and p.id = l.product_name_id
      where l.company_id = ${ctx.companyId} and ${follows(nameIds)}
    ), known as (
      select t.*, case when t.product_id is null then null when t.unit = '' then 1
          when u.factor is not null then u.factor when 'unknown-unit-kept' = any (t.issues) then 1 end as factor,
        case when t.product_id is null then null else (
          select r.territory_id from territory_institutions r
          where r.company_id = ${ctx.companyId} and r.institution_id = t.institution_id
            and r.product_group in (m.product_group, '*') and r.valid_from <= t.ends_on
            and coalesce(r.valid_to, 'infinity') >= t.ends_on
          order by (r.product_group = '*'), r.valid_from desc limit 1) end as territory_id
      from touched t
      left join products m on m.company_id = ${ctx.companyId} and m.id = t.product_id
      left join unnest(${ladder.products}::uuid[], ${ladder.units}::text[], ${ladder.factors}::numeric[])
        as u(product_id, unit, factor) on u.product_id = t.product_id and u.unit = t.unit
    ), judged as (
      select k.*, (k.qty * k.factor)::numeric(18, 6) as base_qty,
        case when k.product_id is null or k.factor is not null then array_remove(k.issues, 'unknown-unit')
          when 'unknown-unit' = any (k.issues) then k.issues
          else array_append(k.issues, 'unknown-unit') end as new_issues
      from known k
    ), decided as (
      select j.*, case
          when j.customer_state = 'ignored' or j.product_state = 'ignored' then 'excluded'
          when j.new_issues && ${HELD} then 'waiting'
          when (j.institution_id is not null or j.kind <> 'sales') and j.product_id is not null then 'posted'
          else 'waiting' end as new_state
      from judged j
    )
    update flow_lines l set institution_id = d.institution_id, product_id = d.product_id, base_qty = d.base_qty,
      territory_id = d.territory_id, issues = d.new_issues, state = d.new_state
    from decided d
    where l.company_id = ${ctx.companyId} and l.month = d.month and l.id = d.id
      and (l.institution_id, l.product_id, l.base_qty, l.territory_id, l.issues, l.state)
        is distinct from (d.institution_id, d.product_id, d.base_qty, d.territory_id, d.new_issues, d.new_state)`.execute(
    ctx.db,
  )
  return Number(result.numAffectedRows ?? 0)
}

/** Which lines go with these names when a decision is taken: all but those a person or the period took out. */
export function follows(nameIds: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`(l.customer_name_id = any(${nameIds as string[]}::uuid[]) or l.product_name_id = any(${nameIds as string[]}::uuid[]))
    and l.state <> 'rejected'
    and not (l.issues && array_append(${TAKEN_OUT}, 'out-of-period'))`
}

/** Product × printed unit → base units, as `check-lines.ts` has it: spellings of units are the matching engine's. */
async function ladderOf(ctx: Ctx, nameIds: readonly string[]) {
  const { rows } = await sql<{ product_id: string; unit: string }>`
    select distinct n.target_id as product_id, l.unit
    from flow_lines l
    join flow_months m on m.company_id = l.company_id and m.month = l.month and m.state = 'open'
    join flow_names n on n.company_id = l.company_id and n.id = l.product_name_id and n.target_id is not null
    where l.company_id = ${ctx.companyId} and l.unit <> '' and ${follows(nameIds)}`.execute(ctx.db)
  const entries = await productEntries(ctx, [...new Set(rows.map((row) => row.product_id))])
  const known = rows.flatMap((row) => {
    const entry = entries.get(row.product_id)
    const factor = entry ? unitFactor(entry, row.unit) : null
    return factor === null ? [] : [{ ...row, factor }]
  })
  return {
    products: known.map((one) => one.product_id),
    units: known.map((one) => one.unit),
    factors: known.map((one) => one.factor),
  }
}
