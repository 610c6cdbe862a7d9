import { factorOfMonth, relationsOf } from './demand.ts'
import { ownersOf } from './owners.ts'
import { randomOf } from './random.ts'
import { type CompanyKey, DEMO_SEED, type DemoTarget } from './shapes.ts'
import { world } from './world.ts'

/** January 2025 to December 2026. */
export function targetMonths(): string[] {
  return [2025, 2026].flatMap((year) =>
    Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`),
  )
}

/**
 * What each 辖区 should sell of each product group in each month. Made from the same demand as the sales, times a
 * stretch of its own, so that some reach it and some do not.
 */
export function targets(company: CompanyKey, seed: number = DEMO_SEED): DemoTarget[] {
  const ownerAt = ownersOf(world(company, seed))
  const found: DemoTarget[] = []
  for (const month of targetMonths()) {
    const sums = new Map<string, { territory_key: string; product_group: string; fen: number; qty: number }>()
    for (const { distributor, institution, product, rate, qty, price_fen } of relationsOf(company, seed)) {
      const territory_key = ownerAt(institution.key, product.group, `${month}-15`)
      if (territory_key === null) continue
      const id = `${territory_key}|${product.group}`
      const sum = sums.get(id) ?? { territory_key, product_group: product.group, fen: 0, qty: 0 }
      const expected = rate * qty * factorOfMonth(company, distributor, product.group, month)
      sum.qty += expected
      sum.fen += expected * price_fen
      sums.set(id, sum)
    }
    for (const { territory_key, product_group, fen, qty } of sums.values()) {
      const stretch = 0.84 + 0.36 * randomOf(seed, 'stretch', territory_key).next()
      const share = stretch * (1 + 0.04 * (randomOf(seed, territory_key, product_group, month).next() - 0.5))
      found.push({
        territory_key,
        product_group,
        month,
        // Targets are given in whole thousands of yuan.
        amount_fen: Math.max(1, Math.round((fen * share) / 100_000)) * 100_000,
        qty: String(Math.max(1, Math.round(qty * share))),
      })
    }
  }
  return found
}
