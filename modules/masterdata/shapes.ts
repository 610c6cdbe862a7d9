import { z } from 'zod'

/** What people and programs may send and get about master data. Runs in a browser as well. */

export const masterdataPermissions = [
  { permission: 'masterdata.read', zh: '查看主数据', en: 'See master data' },
  { permission: 'masterdata.write', zh: '维护主数据', en: 'Change master data' },
  { permission: 'masterdata.import', zh: '批量导入主数据', en: 'Import master data' },
] as const

export const institutionKinds = ['hospital', 'clinic', 'pharmacy', 'chain', 'distributor', 'other'] as const
export type InstitutionKind = (typeof institutionKinds)[number]
export const institutionStates = ['active', 'retired', 'merged'] as const
export type InstitutionState = (typeof institutionStates)[number]
export const rowStates = ['active', 'retired'] as const
export type RowState = (typeof rowStates)[number]
export const deviceClasses = ['I', 'II', 'III'] as const
export type DeviceClass = (typeof deviceClasses)[number]
export const distributorTiers = [
  'tier-1',
  'tier-2',
  'sub-tier-1',
  'chain',
  'cloud-warehouse',
  'unrated',
] as const
export type DistributorTier = (typeof distributorTiers)[number]
export const distributorStates = ['active', 'suspended', 'exited'] as const
export type DistributorState = (typeof distributorStates)[number]
export const territoryLevels = ['region', 'province', 'territory'] as const
export type TerritoryLevel = (typeof territoryLevels)[number]
export const priceKinds = ['list', 'tender'] as const
export type PriceKind = (typeof priceKinds)[number]

export const masterKinds = [
  'institutions',
  'products',
  'distributors',
  'territories',
  'posts',
  'post-holders',
  'territory-institutions',
  'prices',
  'code-lists',
  'calendar-days',
  'calendar-months',
] as const
export type MasterKind = (typeof masterKinds)[number]

/** Lists that the product itself reads; a company may add its own. */
export const knownCodeLists = [
  'product-group',
  'institution-level',
  'institution-segment',
  'missing-flow-reason',
] as const

export const masterdataRefusals = [
  'masterdata.changed-meanwhile',
  'masterdata.code-taken',
  'masterdata.circle',
  'masterdata.wrong-state',
  'masterdata.still-used',
  'masterdata.overlapping',
  'masterdata.price-overlapping',
  'masterdata.ends-before-start',
  'masterdata.post-held',
  'masterdata.unknown-unit',
  'masterdata.unit-twice',
  'masterdata.factor-zero',
  'masterdata.merge-into-itself',
  'masterdata.identity-waiting',
  'masterdata.nothing-chosen',
  'masterdata.months-overlap',
  'masterdata.days-out-of-order',
  'masterdata.import-wrong-state',
  'masterdata.import-column-missing',
  'masterdata.import-column-twice',
  'masterdata.import-nothing-good',
  'masterdata.import-file-unreadable',
  'masterdata.import-file-empty',
  'masterdata.import-file-too-long',
  'masterdata.import-file-too-wide',
  'masterdata.import-in-the-way',
  'masterdata.import-unknown-kind',
] as const

const code = z.string().trim().min(1).max(60)
const name = z.string().trim().min(1).max(200)
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullish()
    .transform((value) => value || null)
const plain = (max: number) => z.string().trim().max(max).default('')
const aliases = z.array(name).max(50).default([])
export const tag = z.string().trim().min(1).max(40)
const tags = z.array(tag).max(30).default([])
export const day = z.iso.date()
const lastDay = day.nullish().transform((value) => value || null)
export const decimal = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, 'masterdata.not-a-decimal')
const id = z.uuid()
const optionalId = id.nullish().transform((value) => value || null)
export const version = z.number().int()
export const nullable = z.string().nullable()
type Words<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text
/** The same shape for many fields: `each(nullable, 'city county')`. */
export function each<Text extends string, Shape>(shape: Shape, names: Text): Record<Words<Text>, Shape> {
  return Object.fromEntries(names.split(' ').map((one) => [one, shape])) as Record<Words<Text>, Shape>
}
export const moment = z.string()

// ── Institutions ────────────────────────────────────────────────────────────────────────────────
export const institutionInput = z.strictObject({
  code,
  name,
  aliases,
  kind: z.enum(institutionKinds),
  category: text(60),
  level: text(40),
  segment: text(40),
  tags,
  province: text(40),
  city: text(60),
  county: text(60),
  region_code: text(12),
  address: text(300),
  tax_id: text(30),
  parent_id: optionalId,
})
export type InstitutionInput = z.output<typeof institutionInput>
export const institutionChange = institutionInput.extend({ version })
export const institutionMerger = z.strictObject({ into_id: id, version, reason: text(500) })
export const institutionRow = z.object({
  ...each(z.string(), 'id code name'),
  aliases: z.array(z.string()),
  tags: z.array(z.string()),
  kind: z.enum(institutionKinds),
  ...each(
    nullable,
    'category level segment province city county region_code address tax_id parent_id parent_name',
  ),
  state: z.enum(institutionStates),
  merged_into: nullable,
  version,
  changed_at: moment,
})
export type InstitutionRow = z.output<typeof institutionRow>
export const institutionDetail = institutionRow.extend({
  merged_into_name: nullable,
  campuses: z.array(z.object({ id: z.string(), code: z.string(), name: z.string(), state: z.string() })),
  merged_here: z.array(z.object({ id: z.string(), code: z.string(), name: z.string() })),
})

// ── Products ────────────────────────────────────────────────────────────────────────────────────
const productUnit = z.strictObject({ unit: z.string().trim().min(1).max(20), factor: decimal })
export const productInput = z.strictObject({
  code,
  name,
  generic_name: plain(200),
  aliases,
  spec: z.string().trim().min(1).max(200),
  manufacturer: plain(200),
  base_unit: z.string().trim().min(1).max(20),
  units: z.array(productUnit).max(12).default([]),
  product_group: text(60),
  device_class: z
    .enum(deviceClasses)
    .nullish()
    .transform((value) => value ?? null),
  approval_no: text(80),
  approval_expires_on: lastDay,
  udi_di: text(30),
  tags,
})
export type ProductInput = z.output<typeof productInput>
export const productChange = productInput.extend({ version })
export const productRow = z.object({
  ...each(z.string(), 'id code name generic_name'),
  aliases: z.array(z.string()),
  tags: z.array(z.string()),
  ...each(z.string(), 'spec manufacturer base_unit'),
  units: z.array(z.object({ unit: z.string(), factor: z.string() })),
  ...each(nullable, 'product_group device_class approval_no approval_expires_on udi_di'),
  state: z.enum(rowStates),
  version,
  changed_at: moment,
})
export type ProductRow = z.output<typeof productRow>

// ── Distributors ────────────────────────────────────────────────────────────────────────────────
export const distributorInput = z.strictObject({
  code,
  name,
  short_name: plain(60),
  aliases,
  tier: z.enum(distributorTiers),
  province: text(40),
  city: text(60),
  tax_id: text(30),
  contact_name: text(60),
  contact_phone: text(40),
  flow_owner: text(60),
  tags,
})
export type DistributorInput = z.output<typeof distributorInput>
export const distributorChange = distributorInput.extend({ version })
export const distributorRow = z.object({
  ...each(z.string(), 'id code name short_name'),
  aliases: z.array(z.string()),
  tags: z.array(z.string()),
  tier: z.enum(distributorTiers),
  ...each(nullable, 'province city tax_id contact_name contact_phone flow_owner'),
  state: z.enum(distributorStates),
  version,
  changed_at: moment,
})
export type DistributorRow = z.output<typeof distributorRow>
export const distributorContact = z.object(each(nullable, 'contact_name contact_phone'))
export type DistributorContact = z.output<typeof distributorContact>

// ── Territories, posts, holders, the institutions of a territory ────────────────────────────────
export const territoryInput = z.strictObject({
  code,
  name,
  level: z.enum(territoryLevels),
  parent_id: optionalId,
})
export type TerritoryInput = z.output<typeof territoryInput>
export const territoryChange = territoryInput.extend({ version })
export const territoryRow = z.object({
  ...each(z.string(), 'id code name search_text'),
  level: z.enum(territoryLevels),
  ...each(nullable, 'parent_id parent_name'),
  state: z.enum(rowStates),
  version,
  /** Institutions it owns today, those of the territories below included. */
  institution_count: z.number(),
  /** People on its posts today. */
  holders: z.array(z.string()),
})
export type TerritoryRow = z.output<typeof territoryRow>

export const postInput = z.strictObject({
  code,
  name,
  territory_id: id,
  is_manager: z.boolean().default(false),
})
export type PostInput = z.output<typeof postInput>
export const postChange = postInput.extend({ version })
export const postRow = z.object({
  ...each(z.string(), 'id code name territory_id territory_name'),
  is_manager: z.boolean(),
  state: z.enum(rowStates),
  version,
  ...each(nullable, 'holder holder_since'),
})
export type PostRow = z.output<typeof postRow>

export const postHolderInput = z.strictObject({
  person_id: optionalId,
  person_name: z.string().trim().min(1).max(60),
  valid_from: day,
  valid_to: lastDay,
})
export type PostHolderInput = z.output<typeof postHolderInput>
export const postHolderRow = z.object({
  ...each(z.string(), 'id post_id post_code post_name'),
  person_id: nullable,
  ...each(z.string(), 'person_name valid_from'),
  valid_to: nullable,
  version,
})

export const territoryInstitutionInput = z.strictObject({
  institution_id: id,
  product_group: z.string().trim().min(1).max(60).default('*'),
  territory_id: id,
  valid_from: day,
  valid_to: lastDay,
})
export type TerritoryInstitutionInput = z.output<typeof territoryInstitutionInput>
export const territoryInstitutionChange = z.strictObject({
  version,
  territory_id: id,
  valid_from: day,
  valid_to: lastDay,
})
export const territoryInstitutionRow = z.object({
  ...each(z.string(), 'id institution_id institution_code institution_name'),
  province: nullable,
  ...each(z.string(), 'product_group territory_id territory_code territory_name valid_from'),
  valid_to: nullable,
  version,
})
export type TerritoryInstitutionRow = z.output<typeof territoryInstitutionRow>

// ── Prices and code lists ───────────────────────────────────────────────────────────────────────
export const priceInput = z.strictObject({
  product_id: id,
  kind: z.enum(priceKinds),
  province: plain(40),
  distributor_id: optionalId,
  unit: z.string().trim().min(1).max(20),
  price: z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, 'masterdata.not-a-price'),
  valid_from: day,
  valid_to: lastDay,
})
export type PriceInput = z.output<typeof priceInput>
export const priceChange = priceInput.extend({ version })
export const priceRow = z.object({
  ...each(z.string(), 'id product_id product_code product_name product_spec'),
  kind: z.enum(priceKinds),
  province: z.string(),
  ...each(nullable, 'distributor_id distributor_name'),
  ...each(z.string(), 'unit price valid_from'),
  valid_to: nullable,
  version,
})
export type PriceRow = z.output<typeof priceRow>

export const codeValueInput = z.strictObject({
  code,
  label_zh: name,
  label_en: name,
  sort_no: z.number().int().min(0).max(100_000).default(0),
})
export type CodeValueInput = z.output<typeof codeValueInput>
export const codeValueChange = codeValueInput.extend({ version, active: z.boolean() })
export const codeValueRow = z.object({
  ...each(z.string(), 'id list code label_zh label_en'),
  sort_no: z.number(),
  active: z.boolean(),
  version,
})
export type CodeValueRow = z.output<typeof codeValueRow>

// ── History, search ─────────────────────────────────────────────────────────────────────────────
export const historyRow = z.object({
  id: z.string(),
  at: moment,
  by: nullable,
  deed: z.string(),
  ...each(nullable, 'reason import_id'),
  changes: z.array(z.object({ field: z.string(), before: nullable, after: nullable })),
})
export type HistoryRow = z.output<typeof historyRow>
