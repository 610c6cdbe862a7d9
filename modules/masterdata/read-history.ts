import { sql } from 'kysely'
import { notFound } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { tableOf } from './row-rules.ts'
import type { HistoryRow, MasterKind } from './shapes.ts'

const NOT_SHOWN = new Set([
  'id',
  'company_id',
  'search_text',
  'pinyin',
  'version',
  'created_at',
  'changed_at',
])
const MAX_ROWS = 200

type Values = Record<string, unknown> | null

/** Who did what to a row, newest first: its audit, and the imports that touched it. */
export async function readHistory(ctx: Ctx, kind: MasterKind, id: string): Promise<{ rows: HistoryRow[] }> {
  const known = await sql`select from ${sql.table(tableOf(kind))}
    where company_id = ${ctx.companyId} and id = ${id}`.execute(ctx.db)
  if (known.rows.length === 0) throw notFound(kind)
  const { rows } = await sql<{
    id: string
    at: Date
    by: string | null
    deed: string
    reason: string | null
    import_id: string | null
    old_value: Values
    new_value: Values
  }>`
    select a.id, a.happened_at as at, p.name as by, a.deed, a.reason, null::uuid as import_id, a.old_value, a.new_value
    from audit a left join people p on p.id = a.person_id
    where a.company_id = ${ctx.companyId} and a.subject_kind = ${`masterdata.${kind}`} and a.subject_id = ${id}
    union all
    select i.id, coalesce(i.ended_at, i.created_at), p.name,
      case when c.before is null then 'masterdata.create' when i.batch is not null then 'masterdata.change-many'
        else 'masterdata.change' end,
      null, i.id, c.before, c.after
    from master_import_changes c
    join master_imports i on i.company_id = c.company_id and i.id = c.import_id
    left join people p on p.id = i.person_id
    where c.company_id = ${ctx.companyId} and c.target_id = ${id} and i.state = 'done'
    order by at desc limit ${MAX_ROWS}`.execute(ctx.db)
  return {
    rows: rows.map(({ old_value, new_value, at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      changes: changesOf(old_value, new_value),
    })),
  }
}

function changesOf(old: Values, next: Values): HistoryRow['changes'] {
  if (old === null || next === null) return []
  return Object.keys(next)
    .filter((field) => !NOT_SHOWN.has(field) && field in old)
    .map((field) => ({ field, before: shown(old[field]), after: shown(next[field]) }))
    .filter(({ before, after }) => before !== after)
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value) && value.length === 0) return null
  if (!Array.isArray(value)) return String(value)
  return value
    .map((item) =>
      typeof item === 'object' && item !== null ? Object.values(item).join(' = ') : String(item),
    )
    .join('、')
}
