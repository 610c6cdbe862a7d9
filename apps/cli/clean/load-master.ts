import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import {
  buildInstitutionIndex,
  buildProductIndex,
  normaliseInstitutionName,
  normaliseProductText,
  type ProductEntry,
} from '#engines/matching/public.ts'

type Row = Record<string, string>

/** The masters of a folder, ready to be matched against. */
export async function loadMaster(dir: string) {
  const institutions = [
    ...(await rows(dir, 'institutions.csv', true)),
    ...(await rows(dir, 'pharmacies.csv')).filter((row) => row.type === 'store'),
  ]
  const products = (await rows(dir, 'products.csv', true)).map(asProduct)
  const aliases = { customer: new Map<string, string>(), product: new Map<string, string>() }
  for (const row of await rows(dir, 'aliases.csv')) {
    const text = row.raw ?? row.text ?? ''
    const id = row.id ?? row.canonical_id ?? row.target_id ?? ''
    if (row.kind === 'product') aliases.product.set(normaliseProductText(text, row.spec ?? ''), id)
    else aliases.customer.set(normaliseInstitutionName(text), id)
  }
  return {
    stamp: dir,
    institutions: buildInstitutionIndex(
      institutions.map((row) => ({
        id: row.id ?? '',
        name: row.name ?? '',
        aliases: (row.aliases ?? '').split('|').filter((alias) => alias !== ''),
        province: row.province || null,
        city: row.city || null,
        county: row.county || null,
        type: row.type || null,
        level: row.level || null,
      })),
    ),
    products: buildProductIndex(products),
    productById: new Map(
      products.map((product) => [product.id, { ...product, base_unit: product.unit, product_group: null }]),
    ),
    institutionNames: new Map(institutions.map((row) => [row.id ?? '', row.name ?? ''])),
    aliases,
  }
}

function asProduct(row: Row): ProductEntry {
  const unit = row.unit || row.base_unit || '盒'
  return {
    id: row.id ?? '',
    code: row.code || row.udi_di || '',
    name: row.name ?? '',
    generic_name: row.generic || row.generic_name || '',
    aliases: (row.aliases ?? '').split('|').filter((alias) => alias !== ''),
    spec: row.spec ?? '',
    manufacturer: row.manufacturer ?? '',
    unit,
    units: (row.units ?? '').split('|').flatMap((step) => {
      const [name, factor] = step.split('=')
      return name && factor ? [{ unit: name, factor }] : []
    }),
  }
}

async function rows(dir: string, name: string, needed = false): Promise<Row[]> {
  const path = join(dir, name)
  if (!existsSync(path)) {
    if (needed) throw new MissingMaster(`${name} is not in ${dir}`)
    return []
  }
  const text = await readFile(path, 'utf8')
  return Papa.parse<Row>(text.replace(/^\ufeff/, ''), { header: true, skipEmptyLines: true }).data
}

/** The folder lacks a file that cleaning cannot do without. */
export class MissingMaster extends Error {}
