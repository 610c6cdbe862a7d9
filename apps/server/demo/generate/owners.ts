import type { World } from './shapes.ts'

export type OwnerAt = (institution_key: string, product_group: string, date: string) => string | null

/** The 辖区 that owns an institution for a product group on a day, or null. */
export function ownersOf(w: World): OwnerAt {
  const byPair = Map.groupBy(
    w.territory_institutions,
    (entry) => `${entry.institution_key}|${entry.product_group}`,
  )
  return (institution_key, product_group, date) => {
    const entries = byPair.get(`${institution_key}|${product_group}`) ?? []
    const found = entries.find(
      (entry) => entry.valid_from <= date && (entry.valid_to === null || date <= entry.valid_to),
    )
    return found?.territory_key ?? null
  }
}
