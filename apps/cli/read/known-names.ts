import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { normaliseInstitutionName } from '#engines/matching/public.ts'
import type { KnownNames } from '#engines/reading/public.ts'

/** The names of a folder's masters: institutions.csv, pharmacies.csv, products.csv, each with `name` and `aliases` (a|b). */
export async function loadKnownNames(dir: string): Promise<KnownNames> {
  const customers = new Set<string>()
  const products = new Set<string>()
  for (const file of ['institutions.csv', 'pharmacies.csv'])
    await eachName(join(dir, file), ['name'], (name) => customers.add(normaliseInstitutionName(name)))
  await eachName(join(dir, 'products.csv'), ['name', 'generic', 'generic_name'], (name) =>
    products.add(plain(name)),
  )
  return {
    customer: (text) => customers.has(normaliseInstitutionName(text)),
    product: (text) => products.has(plain(text)),
  }
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}

async function eachName(path: string, columns: string[], take: (name: string) => void) {
  if (!existsSync(path)) return
  const rows = createReadStream(path).pipe(Papa.parse(Papa.NODE_STREAM_INPUT, { header: true }))
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const names = [...columns.map((column) => row[column] ?? ''), ...(row.aliases ?? '').split('|')]
    for (const name of names) if (name.trim()) take(name)
  }
}
