import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { lockImport } from './import-states.ts'
import type { UndoPreview } from './shapes.ts'
import type { Sheet } from './sheet.ts'

const SHOWN = 50

/** Columns that by the house's names hold the id of a row of the kind, wherever they are. */
const POINTERS: Readonly<Record<string, readonly string[]>> = {
  institutions: ['institution_id', 'target_id'],
  products: ['product_id', 'target_id'],
  distributors: ['distributor_id'],
  territories: ['territory_id'],
  posts: ['post_id'],
}
// What belongs to the row itself goes with it.
const OWN_TABLES = ['product_units', 'master_import_changes', 'jobs', 'files']

/** What undoing an import would do, and what is in its way: rows changed since, and created rows that others refer to. */
export async function findUndoObstacles(ctx: Ctx, id: string): Promise<UndoPreview> {
  const { sheet, kind } = await lockImport(ctx, id)
  const counts = await sql<{ restores: number; removes: number }>`
    select count(before)::int as restores, (count(*) - count(before))::int as removes
    from master_import_changes where company_id = ${ctx.companyId} and import_id = ${id}`.execute(ctx.db)
  const label = sheet.columns.some((column) => column.field === 'code')
    ? sql`coalesce(t.code, c.before->>'code', c.target_id::text)`
    : sql`c.target_id::text`
  const changed = await sql<{ row_no: number; code: string }>`
    select c.row_no, ${label} as code from master_import_changes c
    left join ${sql.table(sheet.table)} t on t.company_id = c.company_id and t.id = c.target_id
    where c.company_id = ${ctx.companyId} and c.import_id = ${id}
      and (t.id is null or t.version is distinct from c.version_after) order by c.row_no`.execute(ctx.db)
  const obstacles: UndoPreview['obstacles'] = changed.rows.map((row) => ({
    ...row,
    why: 'changed-since',
    where: null,
  }))
  for (const { table, column } of await pointersTo(ctx, sheet, kind)) {
    // Who is pointed at is gathered first: one pass over a table of a million lines instead of one look a row.
    const used = await sql<{ row_no: number; code: string }>`
      with pointed as materialized (
        select distinct ${sql.ref(`u.${column}`)} as id from ${sql.table(table)} u
        where u.company_id = ${ctx.companyId} and ${sql.ref(`u.${column}`)} is not null
          ${table === sheet.table ? createdHere(ctx, id) : sql``}
      )
      select c.row_no, ${label} as code from pointed
      join master_import_changes c on c.target_id = pointed.id
      join ${sql.table(sheet.table)} t on t.company_id = c.company_id and t.id = c.target_id
      where c.company_id = ${ctx.companyId} and c.import_id = ${id} and c.before is null
      order by c.row_no`.execute(ctx.db)
    obstacles.push(...used.rows.map((row) => ({ ...row, why: 'referred-to', where: table })))
  }
  return {
    restores: counts.rows[0]?.restores ?? 0,
    removes: counts.rows[0]?.removes ?? 0,
    obstacle_count: obstacles.length,
    obstacles: obstacles.slice(0, SHOWN),
  }
}

/** Rows that the same import created leave together with it, so they are not in the way. */
function createdHere(ctx: Ctx, importId: string) {
  return sql`and not exists (select 1 from master_import_changes o where o.company_id = ${ctx.companyId}
    and o.import_id = ${importId} and o.target_id = u.id and o.before is null)`
}

/** Every column of the database that may point at a row of the kind: by foreign key or by its name. */
async function pointersTo(
  ctx: Ctx,
  sheet: Sheet,
  kind: string,
): Promise<{ table: string; column: string }[]> {
  const names = POINTERS[kind] ?? []
  const { rows } = await sql<{ table: string; column: string }>`
    select distinct c.relname as table, a.attname as column
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all(${OWN_TABLES}::text[])
      and exists (select 1 from pg_attribute k where k.attrelid = c.oid and k.attname = 'company_id')
      and (a.attname = any(${names}::text[]) or exists (
        select 1 from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid = ${sheet.table}::regclass
          and a.attnum = any(f.conkey) and a.attname <> 'company_id'))`.execute(ctx.db)
  return rows
}
