import { sql } from 'kysely'
import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Tables } from '#platform/db.ts'
import type { MasterKind } from './shapes.ts'

const TABLES = {
  institutions: 'institutions',
  products: 'products',
  distributors: 'distributors',
  territories: 'territories',
  posts: 'posts',
  'post-holders': 'post_holders',
  'territory-institutions': 'territory_institutions',
  prices: 'prices',
  'code-lists': 'code_values',
  'calendar-days': 'calendar_days',
  'calendar-months': 'calendar_months',
} as const satisfies Record<MasterKind, keyof Tables>

/** The table in which a kind of master data lies. */
export function tableOf(kind: MasterKind): (typeof TABLES)[MasterKind] {
  return TABLES[kind]
}

/** The row as plain values, as it goes into the audit. */
export type Row = Record<string, unknown> & { id: string; version: number; state?: string }

/** Loads and locks the row; refuses when somebody changed it after the reader had read it, and says who. */
export async function lockRow(ctx: Ctx, kind: MasterKind, id: string, version: number): Promise<Row> {
  const { rows } = await sql<Row>`select * from ${sql.table(TABLES[kind])}
    where company_id = ${ctx.companyId} and id = ${id} for update`.execute(ctx.db)
  const row = found(rows[0], kind)
  if (row.version === version) return row
  const last = await sql<{ name: string | null; at: Date }>`
    select p.name, a.happened_at as at from audit a left join people p on p.id = a.person_id
    where a.company_id = ${ctx.companyId} and a.subject_kind = ${`masterdata.${kind}`} and a.subject_id = ${id}
    order by a.id desc limit 1`.execute(ctx.db)
  throw new Refusal(
    'masterdata.changed-meanwhile',
    { who: last.rows[0]?.name ?? '—', at: last.rows[0]?.at.toISOString() ?? '' },
    { status: 409 },
  )
}

/** A code names one row of its kind. */
export async function refuseTakenCode(
  ctx: Ctx,
  kind: MasterKind,
  code: string,
  exceptId: string | null,
): Promise<void> {
  const { rows } = await sql`select 1 from ${sql.table(TABLES[kind])}
    where company_id = ${ctx.companyId} and code = ${code} and id is distinct from ${exceptId}::uuid`.execute(
    ctx.db,
  )
  if (rows.length === 0) return
  throw new Refusal(
    'masterdata.code-taken',
    { code },
    { status: 409, fields: { code: 'masterdata.code-taken' } },
  )
}

/** A row cannot stand above itself. Changes of one company's tree wait for each other, or two could close a circle. */
export async function refuseCircle(
  ctx: Ctx,
  kind: 'institutions' | 'territories',
  id: string,
  parentId: string | null,
): Promise<void> {
  if (parentId === null) return
  await sql`select pg_advisory_xact_lock(hashtext(${`${kind} ${ctx.companyId}`}))`.execute(ctx.db)
  const { rows } = await sql<{ id: string }>`
    with recursive up as (
      select id, parent_id, 1 as height from ${sql.table(TABLES[kind])}
      where company_id = ${ctx.companyId} and id = ${parentId}
      union all
      select t.id, t.parent_id, up.height + 1 from up
      join ${sql.table(TABLES[kind])} t on t.company_id = ${ctx.companyId} and t.id = up.parent_id
      where up.height < 100
    )
    select id from up`.execute(ctx.db)
  found(rows[0], kind)
  if (rows.some((row) => row.id === id)) {
    throw new Refusal('masterdata.circle', {}, { fields: { parent_id: 'masterdata.circle' } })
  }
}

/** The state a deed starts from must be one of these. */
export function refuseState(row: Row, ...allowed: string[]): void {
  if (!allowed.includes(row.state ?? '')) {
    throw new Refusal('masterdata.wrong-state', { state: row.state ?? '' }, { status: 409 })
  }
}
