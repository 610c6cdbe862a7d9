import { sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { distributorList, selectDistributors } from '../distributors/distributor-queries.ts'
import { institutionList, narrowed } from '../institutions/institution-queries.ts'
import { productList, selectProducts } from '../products/product-queries.ts'
import { tableOf } from '../row-rules.ts'
import type { ClassifiableKind } from './shapes.ts'

const MAX_ROWS = 200_000

const lists = { institutions: institutionList, products: productList, distributors: distributorList }

/** The ids of the rows that were ticked, or that the filters of their list find. Merged rows are never meant. */
export async function chosenRows(
  ctx: Ctx,
  kind: ClassifiableKind,
  choice: { ids?: string[] | undefined; query?: Record<string, string> | undefined },
): Promise<string[]> {
  const merged = kind === 'institutions' ? sql`and t.state <> 'merged'` : sql``
  const chosen = choice.ids
    ? sql`t.id = any(${choice.ids}::uuid[])`
    : sql`t.id in (${found(ctx, kind, choice.query)})`
  const { rows } = await sql<{ id: string }>`select t.id from ${sql.table(tableOf(kind))} t
    where t.company_id = ${ctx.companyId} and ${chosen} ${merged} order by t.id limit ${MAX_ROWS}`.execute(
    ctx.db,
  )
  if (rows.length === 0) throw new Refusal('masterdata.nothing-chosen')
  return rows.map(({ id }) => id)
}

function found(ctx: Ctx, kind: ClassifiableKind, query: Record<string, string> | undefined) {
  const parsed = lists[kind].safeParse(query ?? {})
  if (!query || !parsed.success) throw new Refusal('masterdata.nothing-chosen')
  switch (kind) {
    case 'institutions':
      return narrowed(ctx, parsed.data).select('i.id')
    case 'products':
      return selectProducts(ctx, parsed.data).clearSelect().select('p.id')
    case 'distributors':
      return selectDistributors(ctx, parsed.data).clearSelect().select('d.id')
  }
}
