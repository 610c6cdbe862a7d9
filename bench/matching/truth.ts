import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import type { InstitutionEntry } from '#engines/matching/public.ts'

/** A labelled text; `true_id` is NONE when the master lacks the institution. */
export interface TruthRow {
  row_id: string
  raw: string
  distributor_province: string
  true_id: string
  kind: string
  ops: string
  ambiguous: string
  acceptable_ids: string
  observed: string
}

/** A former or parallel name the master does not list, and whose it is. */
export interface UnseenRow {
  raw: string
  distributor_province: string
  true_id: string
}

export function readCsv<T>(path: string): T[] {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  return Papa.parse<T>(text, { header: true, skipEmptyLines: true }).data
}

type MasterRow = Record<'id' | 'name' | 'aliases' | 'province' | 'city' | 'county' | 'type' | 'level', string>

export function readMaster(folder: string): InstitutionEntry[] {
  const stores = readCsv<MasterRow>(join(folder, 'pharmacies.csv')).filter((row) => row.type === 'store')
  return [...readCsv<MasterRow>(join(folder, 'institutions.csv')), ...stores].map((row) => ({
    id: row.id,
    name: row.name,
    aliases: row.aliases ? row.aliases.split('|') : [],
    province: row.province || null,
    city: row.city || null,
    county: row.county || null,
    type: row.type || null,
    level: row.level || null,
  }))
}

export const readTruth = (folder: string) => readCsv<TruthRow>(join(folder, 'matching/rows.csv'))
export const readUnseen = (folder: string) => readCsv<UnseenRow>(join(folder, 'matching/unseen_alias.csv'))
