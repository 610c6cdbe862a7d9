import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { addError, isBad, type PlannedRow } from './planned-row.ts'
import type { Sheet } from './sheet.ts'

/** What only shows when rows are seen together, or with what is in the database. */
export async function checkTogether(ctx: Ctx, sheet: Sheet, rows: readonly PlannedRow[]): Promise<void> {
  if (sheet.kind === 'institutions' || sheet.kind === 'territories') await checkCircles(ctx, sheet, rows)
  if (sheet.kind === 'products') checkLadders(rows)
  if (sheet.kind === 'calendar-months') await checkMonths(ctx, rows)
  if (sheet.kind === 'prices') await checkPriceUnits(ctx, rows)
  if (sheet.kind === 'territory-institutions') await checkOverlaps(ctx, rows)
}

/** Walks up from every row that gets another parent; whoever meets itself closes a circle. */
async function checkCircles(ctx: Ctx, sheet: Sheet, rows: readonly PlannedRow[]): Promise<void> {
  const moved = rows.filter((row) => row.values.parent_code !== undefined && !isBad(row))
  if (moved.length === 0) return
  const known = await sql<{ code: string; parent_code: string }>`
    select t.code, p.code as parent_code from ${sql.table(sheet.table)} t
    join ${sql.table(sheet.table)} p on p.company_id = t.company_id and p.id = t.parent_id
    where t.company_id = ${ctx.companyId}`.execute(ctx.db)
  const above = new Map(known.rows.map((row) => [row.code, row.parent_code]))
  for (const row of moved) above.set(row.key, String(row.values.parent_code))
  for (const row of moved) {
    const seen = new Set([row.key])
    for (let at = above.get(row.key); at !== undefined; at = above.get(at)) {
      if (at === row.key) addError(row, 'parent_code', 'circle', String(row.values.parent_code))
      if (seen.has(at)) break
      seen.add(at)
    }
  }
}

function checkLadders(rows: readonly PlannedRow[]): void {
  for (const row of rows) {
    const units = (row.values.units ?? row.existing?.units ?? []) as { unit: string; factor: string }[]
    const base = String(row.values.base_unit ?? '')
    if (units.some(({ unit, factor }) => unit === base && Number(factor) !== 1))
      addError(row, 'units', 'unit-twice', base)
  }
}

/** A price is for a unit of its product's ladder. */
async function checkPriceUnits(ctx: Ctx, rows: readonly PlannedRow[]): Promise<void> {
  const products = [...new Set(rows.flatMap((row) => row.ids.product_id ?? []))]
  const { rows: units } = await sql<{ id: string; unit: string }>`
    select id, base_unit as unit from products where company_id = ${ctx.companyId} and id = any(${products}::uuid[])
    union select product_id, unit from product_units
    where company_id = ${ctx.companyId} and product_id = any(${products}::uuid[])`.execute(ctx.db)
  const known = new Set(units.map(({ id, unit }) => `${id} ${unit}`))
  for (const row of rows) {
    const product = row.ids.product_id
    if (product && !known.has(`${product} ${row.values.unit}`))
      addError(row, 'unit', 'unknown-unit', String(row.values.unit ?? ''))
  }
}

/** The days of a month stand in order, and no day belongs to two months. */
async function checkMonths(ctx: Ctx, rows: readonly PlannedRow[]): Promise<void> {
  const dayOf = (row: PlannedRow, field: string) => String(row.values[field] ?? '')
  for (const row of rows) {
    if (isBad(row)) continue
    const [starts, ends, files, close] = ['starts_on', 'ends_on', 'files_due_on', 'close_due_on'].map(
      (field) => dayOf(row, field),
    ) as [string, string, string, string]
    if (!(starts <= ends && ends < files && files <= close))
      addError(row, 'ends_on', 'days-out-of-order', ends)
  }
  const good = rows.filter((row) => !isBad(row))
  const { rows: others } = await sql<{ from: string; to: string }>`
    select starts_on as from, ends_on as to from calendar_months
    where company_id = ${ctx.companyId} and not month = any(${good.map((row) => row.key)}::date[])`.execute(
    ctx.db,
  )
  const spans: Span[] = others.map((other) => ({ ...other, row: null }))
  for (const row of good) spans.push({ from: dayOf(row, 'starts_on'), to: dayOf(row, 'ends_on'), row })
  markOverlaps(spans, 'starts_on', 'days-overlap')
}

interface Span {
  from: string
  to: string
  row: PlannedRow | null
}

/** One owner at a time: spans of one institution and product group, in the file and outside it, do not overlap. */
async function checkOverlaps(ctx: Ctx, rows: readonly PlannedRow[]): Promise<void> {
  const good = rows.filter((row) => !isBad(row))
  const replaced = new Set(good.flatMap((row) => row.id ?? []))
  const institutions = [...new Set(good.flatMap((row) => row.ids.institution_id ?? []))]
  const { rows: others } = await sql<{ id: string; of: string; from: string; to: string | null }>`
    select id, institution_id || ' ' || product_group as of, valid_from as from, valid_to as to
    from territory_institutions
    where company_id = ${ctx.companyId} and institution_id = any(${institutions}::uuid[])`.execute(ctx.db)
  const spans = new Map<string, Span[]>()
  const add = (of: string, span: Span) => spans.set(of, [...(spans.get(of) ?? []), span])
  for (const other of others)
    if (!replaced.has(other.id)) add(other.of, { from: other.from, to: other.to ?? '9999-12-31', row: null })
  for (const row of good) {
    const { valid_from, valid_to, product_group } = row.values
    const end = valid_to ?? row.existing?.valid_to ?? '9999-12-31'
    add(`${row.ids.institution_id} ${product_group ?? '*'}`, {
      from: String(valid_from),
      to: String(end),
      row,
    })
  }
  for (const all of spans.values()) markOverlaps(all, 'valid_from', 'overlapping')
}

function markOverlaps(spans: Span[], field: string, code: string): void {
  spans.sort((a, b) => (a.from < b.from ? -1 : 1))
  for (const [place, span] of spans.entries()) {
    const before = spans[place - 1]
    if (!before || before.to < span.from) continue
    const guilty = span.row ?? before.row
    if (guilty) addError(guilty, field, code, `${before.from} – ${before.to}`)
  }
}
