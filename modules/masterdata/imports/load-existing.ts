import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import type { Values } from './parse-row.ts'
import type { Sheet, SheetColumn } from './sheet.ts'

export interface ExistingRow {
  id: string
  version: number
  state: string | null
  values: Values
}

/**
 * The rows that are there already, by key, with their values as the sheet tells them. `lock` keeps them from being
 * changed by somebody else until the transaction ends.
 */
export async function loadExisting(
  ctx: Ctx,
  sheet: Sheet,
  keys: readonly string[],
  lock: boolean,
): Promise<Map<string, ExistingRow>> {
  const found = new Map<string, ExistingRow>()
  if (keys.length === 0) return found
  const key =
    sheet.key.length === 1
      ? fieldSql(sheet, String(sheet.key[0]))
      : sql<string>`concat_ws(chr(31), ${sql.join(
          sheet.key.map((field) => sql`coalesce(${fieldSql(sheet, field)}::text, '')`),
        )})`
  const fields = sheet.columns.map(
    (column) => sql`${fieldSql(sheet, column.field)} as ${sql.id(column.field)}`,
  )
  const state = sheet.fresh && 'state' in sheet.fresh ? sql`t.state` : sql`null::text`
  const { rows } = await sql<
    Values & { row_id: string; row_version: number; row_state: string | null; row_key: string }
  >`
    select t.id as row_id, t.version as row_version, ${state} as row_state, ${key} as row_key, ${sql.join(fields)}
    from ${sql.table(sheet.table)} t ${sql.join(joinsOf(sheet), sql` `)}
    where t.company_id = ${ctx.companyId} and ${key} = any(${keys}::text[])
    ${lock ? sql`for update of t` : sql``}`.execute(ctx.db)
  for (const { row_id, row_version, row_state, row_key, ...values } of rows)
    found.set(row_key, { id: row_id, version: row_version, state: row_state, values })
  return found
}

/** The SQL of one field of the sheet: a column, the code of another row, or a unit ladder. */
function fieldSql(sheet: Sheet, field: string): RawBuilder<unknown> {
  const column = sheet.columns.find((one) => one.field === field) as SheetColumn
  switch (column.type) {
    case 'code-of':
      return sql`${sql.ref(`of_${field}.code`)}`
    case 'date':
    case 'month':
      return sql`${sql.ref(`t.${field}`)}::text`
    case 'decimal':
      return sql`trim_scale(${sql.ref(`t.${field}`)})::text`
    case 'units':
      return sql`coalesce((
        select jsonb_agg(jsonb_build_object('unit', u.unit, 'factor', trim_scale(u.factor)::text) order by u.factor, u.unit collate "C")
        from product_units u where u.company_id = t.company_id and u.product_id = t.id), '[]')`
    default:
      return sql`${sql.ref(`t.${field}`)}`
  }
}

function joinsOf(sheet: Sheet): RawBuilder<unknown>[] {
  const joins = sheet.columns.flatMap((column) =>
    column.of
      ? sql`left join ${sql.table(column.of.table)} as ${sql.id(`of_${column.field}`)}
          on ${sql.ref(`of_${column.field}.company_id`)} = t.company_id
          and ${sql.ref(`of_${column.field}.id`)} = ${sql.ref(`t.${column.of.into}`)}`
      : [],
  )
  return joins.length > 0 ? joins : [sql``]
}
