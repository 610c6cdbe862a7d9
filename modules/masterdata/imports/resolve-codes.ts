import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { resolveInstitution } from '../institutions/resolve-institution.ts'
import { addError, isBad, type PlannedRow } from './planned-row.ts'
import type { Sheet, SheetColumn } from './sheet.ts'

interface Target {
  id: string
  state: string
  territory_id: string | null
}

/**
 * Finds the rows that codes in the file stand for. A code may also name a row of this very file, when the kind hangs
 * below itself. A merged institution stands for its survivor.
 */
export async function resolveCodes(ctx: Ctx, sheet: Sheet, rows: readonly PlannedRow[]): Promise<void> {
  for (const column of sheet.columns) {
    if (!column.of) continue
    const codes = [...new Set(rows.flatMap((row) => (row.values[column.field] as string | undefined) ?? []))]
    const targets = await loadTargets(ctx, column.of.table, codes)
    const own = column.of.table === sheet.table ? firstOfKey(rows) : null
    for (const row of rows) {
      const code = row.values[column.field] as string | undefined
      if (code === undefined) continue
      const target = targets.get(code)
      const above = own?.get(code)
      if (target) settle(row, column, target)
      else if (above && isBad(above)) addError(row, column.field, 'row-above-is-bad', code)
      else if (above) row.parent_key = code
      else addError(row, column.field, 'unknown-code', code)
    }
    if (own) markBelowBad(rows, own, column)
  }
}

/** A value of a code list may be told by its code or by its label in either language. */
export async function resolveListed(ctx: Ctx, sheet: Sheet, rows: readonly PlannedRow[]): Promise<void> {
  for (const { field, list } of sheet.columns) {
    if (!list) continue
    const values = await ctx.db
      .selectFrom('code_values')
      .where('company_id', '=', ctx.companyId)
      .where('list', '=', list)
      .where('active', '=', true)
      .select(['code', 'label_zh', 'label_en'])
      .execute()
    const plain = (text: string) => text.normalize('NFKC').toLowerCase().trim()
    const codes = new Map([['*', '*']])
    for (const { code, label_zh, label_en } of values)
      for (const word of [label_en, label_zh, code]) codes.set(plain(word), code)
    for (const row of rows) {
      const text = row.values[field]
      if (text === undefined) continue
      const code = codes.get(plain(String(text)))
      if (code === undefined) addError(row, field, 'not-in-list', String(text))
      else row.values[field] = code
    }
  }
}

/** A key that the file says twice means the row that said it first. */
function firstOfKey(rows: readonly PlannedRow[]): Map<string, PlannedRow> {
  const first = new Map<string, PlannedRow>()
  for (const row of rows) if (!first.has(row.key)) first.set(row.key, row)
  return first
}

function settle(row: PlannedRow, column: SheetColumn, target: Target): void {
  row.ids[column.of?.into ?? ''] = target.id
  if (target.territory_id !== null) row.ids.territory_id = target.territory_id
}

/** What hangs below a row that only now turned out bad is bad too. */
function markBelowBad(
  rows: readonly PlannedRow[],
  own: ReadonlyMap<string, PlannedRow>,
  column: SheetColumn,
): void {
  for (let changed = true; changed; ) {
    changed = false
    for (const row of rows) {
      if (row.parent_key === null || isBad(row)) continue
      const above = own.get(row.parent_key)
      if (!above || !isBad(above)) continue
      addError(row, column.field, 'row-above-is-bad', row.parent_key)
      changed = true
    }
  }
}

async function loadTargets(
  ctx: Ctx,
  table: NonNullable<SheetColumn['of']>['table'],
  codes: readonly string[],
): Promise<Map<string, Target>> {
  if (codes.length === 0) return new Map()
  const territory = table === 'posts' ? sql`territory_id` : sql`null::uuid`
  const { rows } = await sql<Target & { code: string }>`
    select code, id, state, ${territory} as territory_id from ${sql.table(table)}
    where company_id = ${ctx.companyId} and code = any(${codes}::text[])`.execute(ctx.db)
  for (const row of rows) if (row.state === 'merged') row.id = (await resolveInstitution(ctx, row.id)).id
  return new Map(rows.map((row) => [row.code, row]))
}
