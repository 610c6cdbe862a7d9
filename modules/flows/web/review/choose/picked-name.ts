/** A row of institutions or products, as a search finds it. */
export type PickedName = {
  id: string
  code: string
  name: string
  spec?: string
  manufacturer?: string
  province?: string | null
  city?: string | null
  county?: string | null
  level?: string | null
}

/** Where or what it is, in a line: what tells two alike names apart. */
export function detailOf(row: PickedName): string {
  const place = [...new Set([row.province, row.city, row.county])].filter(Boolean).join('')
  return [row.spec, row.manufacturer, place, row.level, row.code].filter(Boolean).join(' · ')
}
