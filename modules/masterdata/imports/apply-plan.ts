import { type RawBuilder, sql } from 'kysely'
import { assert } from '#kit/assert.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Values } from './parse-row.ts'
import type { PlannedRow } from './planned-row.ts'
import { searchColumns } from './search-columns.ts'
import type { Sheet } from './sheet.ts'

const ROWS_AT_ONCE = 2000

/**
 * Writes the good rows of a plan, some thousand at once, and beside each change the row as it was. Returns how many
 * rows were created and changed. Runs in the caller's transaction: all or nothing.
 */
export async function applyPlan(
  ctx: Ctx,
  sheet: Sheet,
  importId: string,
  rows: readonly PlannedRow[],
  progress: (done: number) => Promise<void>,
): Promise<{ inserted: number; updated: number }> {
  const fresh = inOrder(rows.filter((row) => row.outcome === 'insert'))
  const changed = rows.filter((row) => row.outcome === 'update')
  await giveIds(ctx, fresh)
  const ids = new Map(fresh.map((row) => [row.key, row.id]))
  for (const row of fresh) if (row.parent_key !== null) row.ids.parent_id = ids.get(row.parent_key) ?? null
  for (const row of changed) if (row.parent_key !== null) row.ids.parent_id = ids.get(row.parent_key) ?? null
  let done = 0
  // An import may hand institutions from one owner to the next: only the end result must not overlap.
  if (sheet.kind === 'territory-institutions') {
    await sql`set constraints territory_institutions_one_owner deferred`.execute(ctx.db)
  }
  if (sheet.kind === 'calendar-months')
    await sql`set constraints calendar_months_no_overlap deferred`.execute(ctx.db)
  for (const [part, write] of [
    [fresh, insertRows],
    [changed, updateRows],
  ] as const) {
    for (let at = 0; at < part.length; at += ROWS_AT_ONCE) {
      const some = part.slice(at, at + ROWS_AT_ONCE)
      const written = await write(ctx, sheet, importId, some)
      assert(written === some.length, `${some.length} rows to write, ${written} written`)
      if (sheet.kind === 'products') await writeLadders(ctx, importId, some)
      done += some.length
      await progress(done)
    }
  }
  if (sheet.kind === 'posts') await alignHolders(ctx)
  return { inserted: fresh.length, updated: changed.length }
}

/** Rows stand below rows that were written before them. */
function inOrder(rows: readonly PlannedRow[]): PlannedRow[] {
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const depth = (row: PlannedRow): number => {
    let height = 0
    for (let at = row.parent_key; at !== null; at = byKey.get(at)?.parent_key ?? null) height += 1
    return height
  }
  const withDepth = rows.map((row) => ({ row, depth: depth(row) }))
  return withDepth.sort((a, b) => a.depth - b.depth).map(({ row }) => row)
}

async function giveIds(ctx: Ctx, rows: readonly PlannedRow[]): Promise<void> {
  const { rows: ids } = await sql<{ id: string }>`
    select uuidv7() as id from generate_series(1, ${rows.length}::int)`.execute(ctx.db)
  for (const [place, row] of rows.entries()) row.id = ids[place]?.id ?? null
}

/** The columns of the table that the sheet fills. */
function tableColumns(sheet: Sheet): string[] {
  const own = sheet.columns.flatMap((column) =>
    column.type === 'units' ? [] : (column.of?.into ?? column.field),
  )
  const search = sheet.search === 'pinyin' ? ['search_text', 'pinyin'] : sheet.search ? ['search_text'] : []
  return [...own, ...search, ...(sheet.table === 'post_holders' ? ['territory_id'] : [])]
}

async function insertRows(
  ctx: Ctx,
  sheet: Sheet,
  importId: string,
  rows: readonly PlannedRow[],
): Promise<number> {
  const whole = rows.map((row) => {
    const values: Values = {}
    for (const column of sheet.columns)
      if (!column.of) values[column.field] = row.values[column.field] ?? column.empty ?? null
    return {
      ...sheet.fresh,
      ...values,
      ...searchColumns(sheet, values),
      ...row.ids,
      company_id: ctx.companyId,
      id: row.id,
    }
  })
  const columns = ['company_id', 'id', ...tableColumns(sheet), ...Object.keys(sheet.fresh ?? {})]
  const names = sql.join(columns.map((name) => sql.id(name)))
  const { rows: written } = await sql`
    with fresh as (
      insert into ${sql.table(sheet.table)} (${names})
      select ${names} from jsonb_populate_recordset(${emptyRow(sheet)}, ${JSON.stringify(whole)}::jsonb)
      returning id, version
    )
    insert into master_import_changes (company_id, import_id, row_no, target_id, before, after, version_after)
    select ${ctx.companyId}, ${importId}, n.row_no, f.id, null, null, f.version
    from fresh f join ${numbers(rows)} on n.id = f.id returning 1`.execute(ctx.db)
  return written.length
}

async function updateRows(
  ctx: Ctx,
  sheet: Sheet,
  importId: string,
  rows: readonly PlannedRow[],
): Promise<number> {
  const given = rows.map((row) => {
    const { units: _, ...values } = row.values
    for (const column of sheet.columns) if (column.of) delete values[column.field]
    const search = searchColumns(sheet, { ...row.existing, ...row.values })
    return { ...values, ...search, ...row.ids, id: row.id }
  })
  // An empty cell says nothing, so what is not given stays.
  const sets = tableColumns(sheet).map(
    (name) => sql`${sql.id(name)} = coalesce(${sql.ref(`g.${name}`)}, ${sql.ref(`t.${name}`)})`,
  )
  const stamp = sheet.stamped ? sql`, changed_at = now()` : sql``
  const { rows: written } = await sql`
    with g as (select * from jsonb_populate_recordset(${emptyRow(sheet)}, ${JSON.stringify(given)}::jsonb)),
    old as (
      select t.id, ${imageOf(sheet, 't')} as image from ${sql.table(sheet.table)} t join g on g.id = t.id
      where t.company_id = ${ctx.companyId}
    ),
    changed as (
      update ${sql.table(sheet.table)} t set ${sql.join(sets)}, version = t.version + 1${stamp}
      from g where t.company_id = ${ctx.companyId} and t.id = g.id returning t.*
    )
    insert into master_import_changes (company_id, import_id, row_no, target_id, before, after, version_after)
    select ${ctx.companyId}, ${importId}, n.row_no, c.id, o.image, to_jsonb(c), c.version
    from changed c join old o on o.id = c.id join ${numbers(rows)} on n.id = c.id returning 1`.execute(ctx.db)
  return written.length
}

function emptyRow(sheet: Sheet): RawBuilder<unknown> {
  return sql`null::${sql.table(sheet.table)}`
}

function numbers(rows: readonly PlannedRow[]): RawBuilder<unknown> {
  const pairs = JSON.stringify(rows.map(({ id, row_no }) => ({ id, row_no })))
  return sql`jsonb_to_recordset(${pairs}::jsonb) as n(id uuid, row_no integer)`
}

/** The whole row as JSON; of a product with its unit ladder, which lies in a table of its own. */
export function imageOf(sheet: Sheet, alias: string): RawBuilder<unknown> {
  const row = sql`to_jsonb(${sql.table(alias)})`
  if (sheet.kind !== 'products') return row
  return sql`${row} || jsonb_build_object('units', coalesce((
    select jsonb_agg(jsonb_build_object('unit', u.unit, 'factor', u.factor) order by u.factor, u.unit)
    from product_units u where u.company_id = ${sql.ref(`${alias}.company_id`)}
      and u.product_id = ${sql.ref(`${alias}.id`)}), '[]'))`
}

async function writeLadders(ctx: Ctx, importId: string, rows: readonly PlannedRow[]): Promise<void> {
  const given = rows.filter((row) => row.values.units !== undefined)
  if (given.length === 0) return
  const ids = given.map((row) => row.id)
  const steps = given.flatMap((row) =>
    (row.values.units as { unit: string; factor: string }[]).map((step) => ({ product_id: row.id, ...step })),
  )
  await sql`delete from product_units where company_id = ${ctx.companyId} and product_id = any(${ids}::uuid[])`.execute(
    ctx.db,
  )
  await sql`insert into product_units (company_id, product_id, unit, factor)
    select ${ctx.companyId}, s.product_id, s.unit, s.factor
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as s(product_id uuid, unit text, factor numeric)`.execute(
    ctx.db,
  )
  await sql`update master_import_changes c set after = c.after || jsonb_build_object('units', coalesce((
      select jsonb_agg(jsonb_build_object('unit', u.unit, 'factor', u.factor) order by u.factor, u.unit)
      from product_units u where u.company_id = c.company_id and u.product_id = c.target_id), '[]'))
    where c.company_id = ${ctx.companyId} and c.import_id = ${importId} and c.before is not null
      and c.target_id = any(${ids}::uuid[])`.execute(ctx.db)
}

/** Holders carry their post's territory, by which rows are shown to them. */
async function alignHolders(ctx: Ctx): Promise<void> {
  await sql`update post_holders h set territory_id = p.territory_id from posts p
    where h.company_id = ${ctx.companyId} and p.company_id = h.company_id and p.id = h.post_id
      and h.territory_id <> p.territory_id`.execute(ctx.db)
}
