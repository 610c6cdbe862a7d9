import { sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { lockImport, refuseImportState, refuseKind } from './import-states.ts'
import type { Sheet } from './sheet.ts'
import { findUndoObstacles } from './undo-obstacles.ts'

const NAMED = 5
// What a row keeps of its own through an undo.
const KEPT = ['company_id', 'id', 'version', 'created_at', 'changed_at']

/** Takes an import back: rows it changed become what they were, rows it created go. All of it, or nothing. */
export async function undoImport(ctx: Ctx, id: string): Promise<{ restored: number; removed: number }> {
  const { state, sheet, kind, file } = await lockImport(ctx, id)
  refuseKind(ctx, kind)
  refuseImportState(state, 'undo')
  const preview = await findUndoObstacles(ctx, id)
  if (preview.obstacle_count > 0) {
    const named = preview.obstacles.slice(0, NAMED).map(({ code }) => code)
    throw new Refusal(
      'masterdata.import-in-the-way',
      { count: preview.obstacle_count, rows: named.join('、') },
      { status: 409 },
    )
  }
  if (kind === 'territory-institutions') {
    await sql`set constraints territory_institutions_one_owner deferred`.execute(ctx.db)
  }
  if (kind === 'calendar-months')
    await sql`set constraints calendar_months_no_overlap deferred`.execute(ctx.db)
  const removed = await removeCreated(ctx, sheet, id)
  const restored = await restoreChanged(ctx, sheet, id)
  await ctx.db
    .updateTable('master_imports')
    .set({ state: 'undone', undone_at: ctx.now })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  const subject = ['masterdata.imports', id] as const
  await recordAudit(ctx, {
    deed: 'masterdata.undo-import',
    subject,
    new: { kind, file_name: file.file_name, restored, removed },
  })
  await publishEvent(ctx, {
    name: 'masterdata.changed',
    subject,
    payload: { kind, id, deed: 'undo-import' },
  })
  return { restored, removed }
}

async function removeCreated(ctx: Ctx, sheet: Sheet, id: string): Promise<number> {
  const { rows } = await sql`
    delete from ${sql.table(sheet.table)} t using master_import_changes c
    where t.company_id = ${ctx.companyId} and c.company_id = t.company_id and c.import_id = ${id}
      and c.before is null and c.target_id = t.id returning 1`.execute(ctx.db)
  return rows.length
}

async function restoreChanged(ctx: Ctx, sheet: Sheet, id: string): Promise<number> {
  const { rows: columns } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${sheet.table}::regclass and attnum > 0 and not attisdropped
      and attname <> all(${KEPT}::text[])`.execute(ctx.db)
  const sets = columns.map(({ name }) => sql`${sql.id(name)} = ${sql.ref(`b.${name}`)}`)
  const stamp = sheet.stamped ? sql`, changed_at = now()` : sql``
  const { rows } = await sql`
    update ${sql.table(sheet.table)} t set ${sql.join(sets)}, version = t.version + 1${stamp}
    from master_import_changes c, jsonb_populate_record(null::${sql.table(sheet.table)}, c.before) b
    where t.company_id = ${ctx.companyId} and c.company_id = t.company_id and c.import_id = ${id}
      and c.before is not null and t.id = c.target_id returning 1`.execute(ctx.db)
  if (sheet.kind === 'products') await restoreLadders(ctx, id)
  return rows.length
}

async function restoreLadders(ctx: Ctx, id: string): Promise<void> {
  await sql`delete from product_units u using master_import_changes c
    where u.company_id = ${ctx.companyId} and c.company_id = u.company_id and c.import_id = ${id}
      and c.before is not null and u.product_id = c.target_id`.execute(ctx.db)
  await sql`insert into product_units (company_id, product_id, unit, factor)
    select c.company_id, c.target_id, s.unit, s.factor
    from master_import_changes c, jsonb_to_recordset(c.before->'units') as s(unit text, factor numeric)
    where c.company_id = ${ctx.companyId} and c.import_id = ${id} and c.before is not null`.execute(ctx.db)
}
