import {
  compareLayouts,
  fieldsRequired,
  type LayoutChange,
  type TableLayout,
} from '#engines/reading/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { notify, peopleWithRole } from '#platform/notifications/public.ts'
import type { Mapping } from '../tables.ts'

/** Of a layout that shares less with the one before, nobody would say that it changed: it is another one. */
const SAME_SHARE = 0.5

export interface Drift {
  changes: LayoutChange[]
  /** The mapping of the layout before, by header, where columns only moved: nobody has to confirm it again. */
  mapping: Mapping | null
  /** Something a line needs is new, gone, or called otherwise: a person should look. */
  asks: boolean
}

const NONE: Drift = { changes: [], mapping: null, asks: false }

/** How a table differs from the last one of its kind that this distributor sent; nothing when this layout came before. */
export async function layoutDrift(
  ctx: Ctx,
  batch: { id: string; distributor_id: string },
  layout: TableLayout,
): Promise<Drift> {
  const earlier = await ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('distributor_id', '=', batch.distributor_id)
    .where('kind', '=', layout.kind)
    .where('id', '!=', batch.id)
    .where('state', '=', 'done')
    .where('layout', 'is not', null)
    .orderBy('month', 'desc')
    .orderBy('received_at', 'desc')
    .limit(12)
    .select(['fingerprint', 'layout', 'mapping'])
    .execute()
  if (earlier.some((one) => one.fingerprint === layout.fingerprint)) return NONE
  const before = earlier[0]
  return before?.layout && before.mapping ? driftOf(before.layout, before.mapping, layout) : NONE
}

/** What changed from a layout and what a person or the engine took its columns for. */
export function driftOf(before: TableLayout, mapping: Mapping, now: TableLayout): Drift {
  const settled = {
    ...before,
    columns: before.columns.map((guess) => ({ ...guess, field: mapping[String(guess.column)] ?? null })),
  }
  const changes = compareLayouts(settled, now)
  const named = settled.columns.filter((guess) => guess.header !== '')
  const lost = changes.filter(({ change }) => change === 'missing' || change === 'renamed').length
  if (changes.length === 0 || named.length === 0 || 1 - lost / named.length < SAME_SHARE) return NONE
  return {
    changes,
    mapping: changes.every(({ change }) => change === 'moved') ? movedMapping(settled, now) : null,
    asks: changes.some((change) => mustAsk(change, now.kind)),
  }
}

/**
 * What lines need and is new or gone. Another word for the same field needs nobody as long as the engine is sure of it, but
 * with or without tax is another price.
 */
function mustAsk({ change, field }: LayoutChange, kind: TableLayout['kind']): boolean {
  if (change === 'moved' || field === null) return false
  if (field === 'price' || field === 'amount') return true
  if (change === 'renamed') return false
  return field === 'product_and_spec' || field === 'unit' || fieldsRequired[kind].includes(field)
}

function movedMapping(before: TableLayout, now: TableLayout): Mapping {
  const left = [...before.columns]
  return Object.fromEntries(
    now.columns.map(({ column, header }) => {
      const at = left.findIndex((guess) => guess.header === header)
      const field = at < 0 ? null : (left.splice(at, 1)[0]?.field ?? null)
      return [String(column), field]
    }),
  )
}

/** Tells the stewards that a distributor's file looks otherwise than the month before. */
export async function tellDrift(
  ctx: Ctx,
  batch: { id: string; file_name: string; distributor_id: string },
  drift: Drift,
): Promise<void> {
  const { name } = await ctx.db
    .selectFrom('distributors')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', batch.distributor_id)
    .select('name')
    .executeTakeFirstOrThrow()
  await notify(ctx, {
    to: await peopleWithRole(ctx, 'flow-steward'),
    kind: drift.asks ? 'flows.layout-asks' : 'flows.layout-changed',
    params: { distributor: name, file: batch.file_name, count: drift.changes.length },
    href: `/flows/batches/${batch.id}`,
  })
}
