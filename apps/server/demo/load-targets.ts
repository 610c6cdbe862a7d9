import { randomUUID } from 'node:crypto'
import type { Ctx } from '#platform/ctx.ts'
import type { CompanyKey } from './generate/shapes.ts'
import { targets } from './generate/targets.ts'
import { type DemoIds, insert } from './load-master.ts'

/** Targets by territory, product group and month. */
export async function loadTargets(ctx: Ctx, key: CompanyKey, ids: DemoIds): Promise<void> {
  await insert(
    ctx,
    'targets',
    targets(key).map((one) => ({
      id: randomUUID(),
      territory_id: ids.territories.get(one.territory_key),
      product_group: one.product_group,
      month: `${one.month}-01`,
      amount_fen: one.amount_fen,
      version: 1,
    })),
  )
}
