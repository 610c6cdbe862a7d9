import { type RawBuilder, sql } from 'kysely'
import { assert } from '#kit/assert.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { imageOf } from '../imports/apply-plan.ts'
import { sheets } from '../imports/sheets.ts'
import { tableOf } from '../row-rules.ts'
import { chosenRows } from './chosen-rows.ts'
import { openBatch } from './open-batch.ts'
import {
  type ClassifiableKind,
  type Classification,
  type ClassificationPreview,
  classifiable,
} from './shapes.ts'

const SHOWN_VALUES = 8

/** What a classification would change, without changing it. */
export async function previewClassification(
  ctx: Ctx,
  kind: ClassifiableKind,
  input: Classification,
): Promise<ClassificationPreview> {
  const fields = fieldsOf(kind, input)
  const ids = await chosenRows(ctx, kind, input)
  const table = sql.table(tableOf(kind))
  const differing = sql`from ${table} t where t.company_id = ${ctx.companyId} and t.id = any(${ids}::uuid[])
    and (${differs(fields, input)})`
  const { rows } = await sql<{ count: number }>`select count(*)::int as count ${differing}`.execute(ctx.db)
  const before: ClassificationPreview['before'] = []
  for (const [field] of fields) {
    const values = await sql<{ value: string | null; count: number }>`
      select ${sql.ref(`t.${field}`)} as value, count(*)::int as count ${differing}
      group by 1 order by 2 desc, 1 limit ${SHOWN_VALUES}`.execute(ctx.db)
    before.push({ field, values: values.rows })
  }
  return { matched: ids.length, changes: rows[0]?.count ?? 0, before }
}

/** Sets what classes the chosen rows; those that are so already stay as they are. One batch, undone as a whole. */
export async function classifyRows(
  ctx: Ctx,
  kind: ClassifiableKind,
  input: Classification,
): Promise<{ import_id: string; changes: number }> {
  // Look.
  const fields = fieldsOf(kind, input)
  const ids = await chosenRows(ctx, kind, input)
  const table = sql.table(tableOf(kind))
  const { rows } = await sql<{ id: string }>`select t.id from ${table} t
    where t.company_id = ${ctx.companyId} and t.id = any(${ids}::uuid[]) and (${differs(fields, input)})
    order by t.id for update`.execute(ctx.db)
  // Write.
  const { add_tags, remove_tags } = input
  const import_id = await openBatch(ctx, {
    kind,
    what: {
      ...Object.fromEntries(fields),
      ...(add_tags.length && { add_tags }),
      ...(remove_tags.length && { remove_tags }),
    },
    matched: ids.length,
    inserts: 0,
    updates: rows.length,
  })
  const sets = fields.map(([field, value]) => sql`${sql.id(field)} = ${value}`)
  if (add_tags.length + remove_tags.length > 0)
    sets.push(sql`tags = array(select distinct tag from unnest(t.tags || ${add_tags}::text[]) tag
      where tag <> all(${remove_tags}::text[]) order by tag)`)
  const written = await sql`
    with old as (
      select t.id, ${imageOf(sheets[kind], 't')} as image, row_number() over (order by t.id)::int as row_no
      from ${table} t where t.company_id = ${ctx.companyId} and t.id = any(${rows.map(({ id }) => id)}::uuid[])
    ),
    changed as (
      update ${table} t set ${sql.join(sets)}, version = t.version + 1, changed_at = ${ctx.now}
      from old where t.company_id = ${ctx.companyId} and t.id = old.id returning t.*
    )
    insert into master_import_changes (company_id, import_id, row_no, target_id, before, after, version_after)
    select ${ctx.companyId}, ${import_id}, o.row_no, c.id, o.image, o.image || to_jsonb(c), c.version
    from changed c join old o on o.id = c.id returning 1`.execute(ctx.db)
  assert(written.rows.length === rows.length, `${rows.length} rows to change, ${written.rows.length} changed`)
  return { import_id, changes: rows.length }
}

function fieldsOf(kind: ClassifiableKind, input: Classification): [field: string, value: string | null][] {
  const given = Object.entries(input.set).filter(([, value]) => value !== undefined) as [
    string,
    string | null,
  ][]
  const known: readonly string[] = classifiable[kind]
  const strange = given.find(([field]) => !known.includes(field))
  if (strange) throw new Refusal('invalid-request', {}, { status: 400, fields: { [strange[0]]: 'unknown' } })
  if (given.length + input.add_tags.length + input.remove_tags.length === 0)
    throw new Refusal('masterdata.nothing-chosen')
  return given
}

function differs(fields: readonly [string, string | null][], input: Classification): RawBuilder<boolean> {
  const unlike = fields.map(([field, value]) => sql`${sql.ref(`t.${field}`)} is distinct from ${value}::text`)
  if (input.add_tags.length > 0) unlike.push(sql`not t.tags @> ${input.add_tags}::text[]`)
  if (input.remove_tags.length > 0) unlike.push(sql`t.tags && ${input.remove_tags}::text[]`)
  return sql<boolean>`${sql.join(unlike, sql` or `)}`
}
