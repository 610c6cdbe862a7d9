// The content of the demo company as plain values. Keys ('I0001', 'P07') are stable for one seed: the loader
// maps each to an id of its own. Money is integer fen, quantities, factors and unit prices are decimal strings,
// dates are 'YYYY-MM-DD', months 'YYYY-MM'. Field names are those of the database.

export type CompanyKey = 'C1' | 'C2'

export type DemoCompany = {
  key: CompanyKey
  code: string
  name: string
  short_name: string
  tax_id: string
  province: string
  city: string
  address: string
  is_main: boolean
}

export type LoginRole =
  | 'admin'
  | 'security'
  | 'audit'
  | 'director'
  | 'channel_manager'
  | 'steward'
  | 'finance'
  | 'rep'
  | 'distributor_owner'
  | 'distributor_clerk'

/** One company a login may work in. `post_key` is set for reps, `distributor_key` for distributor people. */
export type Membership = {
  company_key: CompanyKey
  role: LoginRole
  person_key: string | null
  post_key: string | null
  distributor_key: string | null
}

/** No password: the loader makes one. */
export type DemoLogin = { login: string; name: string; title: string; memberships: Membership[] }

export type InstitutionKind = 'hospital' | 'clinic' | 'pharmacy' | 'chain' | 'distributor' | 'other'

export type DemoInstitution = {
  key: string
  code: string
  name: string
  aliases: string[]
  kind: InstitutionKind
  /** '三级甲等', '二级甲等', '一级', … or '' where the kind has no level. */
  level: string
  province: string
  city: string
  county: string
  region_code: string
  address: string
  /** The hospital of a campus or the chain of a store. */
  parent_key: string | null
  tax_id: string
}

/** `factor` = base units in one of this unit, an exact decimal string: 板 '0.5', 盒 '1', 箱 '200'. */
export type UnitStep = { unit: string; factor: string }

export type DemoProduct = {
  key: string
  code: string
  name: string
  generic_name: string
  aliases: string[]
  spec: string
  manufacturer: string
  kind: 'device' | 'drug'
  base_unit: string
  units: UnitStep[]
  group: string
  /** 'I' | 'II' | 'III' for devices, null for drugs. */
  device_class: 'I' | 'II' | 'III' | null
  approval_no: string
  udi_di: string | null
  /** Per base unit, tax included. */
  list_price_fen: number
}

export type ProductGroup = { code: string; name: string; name_en: string; line: string }

export type FlowChannel = 'web' | 'upload' | 'mail' | 'ftp' | 'ddi'

export type DemoDistributor = {
  key: string
  code: string
  name: string
  short_name: string
  province: string
  city: string
  region_code: string
  address: string
  tier: '一级' | '二级'
  tax_id: string
  contact_person: string
  flow_channel: FlowChannel
  /** The same company as a buyer in `institutions` (kind 'distributor'). */
  institution_key: string
  /** Product groups it may sell and provinces it covers: base for authorisations. */
  product_groups: string[]
  provinces: string[]
  cooperation_from: string
  /** Layout of its sales file, one of LAYOUT_IDS. */
  layout: string
}

export type TerritoryLevel = '大区' | '省区' | '辖区'

export type DemoTerritory = {
  key: string
  code: string
  name: string
  level: TerritoryLevel
  parent_key: string | null
  /** Of a 辖区: what it answers for. Empty on upper levels. */
  province: string
  cities: string[]
  product_groups: string[]
}

export type DemoPost = {
  key: string
  code: string
  name: string
  kind: 'rep' | 'province_manager' | 'region_manager' | 'national_director'
  /** null only for the national director. */
  territory_key: string | null
  parent_key: string | null
}

export type DemoPerson = {
  key: string
  employee_no: string
  name: string
  joined_on: string
  left_on: string | null
}

export type PostHolder = { post_key: string; person_key: string; valid_from: string; valid_to: string | null }

export type TerritoryInstitution = {
  territory_key: string
  institution_key: string
  product_group: string
  valid_from: string
  valid_to: string | null
}

export type DemoPrice = {
  product_key: string
  scope: 'default' | 'province' | 'distributor'
  province: string | null
  distributor_key: string | null
  /** What the maker charges a distributor per base unit, tax included; a product's list price is the terminal's. */
  price_fen: number
  valid_from: string
  valid_to: string | null
}

export type DemoTarget = {
  territory_key: string
  product_group: string
  month: string
  amount_fen: number
  /** Base units. */
  qty: string
}

export type World = {
  company: DemoCompany
  groups: ProductGroup[]
  institutions: DemoInstitution[]
  products: DemoProduct[]
  distributors: DemoDistributor[]
  territories: DemoTerritory[]
  posts: DemoPost[]
  people: DemoPerson[]
  post_holders: PostHolder[]
  territory_institutions: TerritoryInstitution[]
  prices: DemoPrice[]
}

/** One sale as it stands after cleaning. Returns have a negative qty, base_qty and amount. */
export type DemoLine = {
  key: string
  month: string
  distributor_key: string
  institution_key: string
  product_key: string
  /** Owner at occurred_on for the product's group; null when unowned or a buyer is itself a distributor. */
  territory_key: string | null
  customer_raw: string
  product_raw: string
  spec_raw: string
  unit_raw: string
  qty: string
  unit: string
  base_qty: string
  /** Yuan per `unit`, two decimals. */
  price: string
  amount_fen: number
  occurred_on: string
  doc_no: string
  lot: string
  is_return: boolean
  file_name: string
  sheet: string
  row: number
}

export type PlantedKind =
  | 'duplicate_line'
  | 'out_of_period'
  | 'wrong_sign_return'
  | 'unknown_customer'
  | 'unknown_product_spelling'
  | 'unit_mixup'
  | 'same_terminal_two_distributors'
  | 'price_far_below_list'
  | 'missing_file'
  | 'file_sent_twice'
  | 'empty_file'

/** A mistake put in on purpose. sheet and row are null when it concerns a whole file, file_name when there is none. */
export type Planted = {
  kind: PlantedKind
  month: string
  distributor_key: string
  file_name: string | null
  sheet: string | null
  /** 1-based row in the sheet. */
  row: number | null
  note: string
}

/** What a printed row really says. */
export type RowTruth = {
  sheet: string
  /** 1-based row in the sheet (line in a csv). */
  row: number
  /** null when no master knows the customer. */
  institution_key: string | null
  product_key: string
  qty: string
  unit: string
  base_qty: string
  amount_fen: number
  occurred_on: string
  is_return: boolean
  /** false: must not be in the month's figures (copy, out of period, unknown customer, second copy of a file). */
  counts: boolean
  planted: PlantedKind | null
}

export type Cell = string | number | Date | null

/** `merges` as in Excel: 'A2:A5'. Dates are UTC midnight. */
export type SheetRows = { name: string; rows: Cell[][]; merges?: string[] }

export type DemoFile = {
  key: string
  month: string
  distributor_key: string
  layout: string
  file_name: string
  format: 'xlsx' | 'csv'
  encoding: 'utf-8' | 'utf-8-bom' | 'gbk'
  /** When it reached us. */
  received_on: string
  sheets: SheetRows[]
  truth: RowTruth[]
}

export type MonthFiles = {
  month: string
  files: DemoFile[]
  planted: Planted[]
  /** Distributors from whom nothing came. */
  missing: string[]
}

export const HISTORY_MONTHS = [
  '2025-11',
  '2025-12',
  '2026-01',
  '2026-02',
  '2026-03',
  '2026-04',
  '2026-05',
  '2026-06',
  '2026-07',
  '2026-08',
  '2026-09',
  '2026-10',
] as const

/** The month whose files lie there to be worked on. */
export const CURRENT_MONTH = '2026-11'

export const DEMO_SEED = 20261101

// The functions (all pure and repeatable; MonthChoice = { company = 'C1', seed = DEMO_SEED, until? }):
//   companies.ts   companies(): DemoCompany[]
//   world.ts       world(company, seed?): World                 logins(seed?): DemoLogin[]
//   targets.ts     targets(company, seed?): DemoTarget[]        targetMonths(): string[]
//   month-files.ts monthFiles(month, choice?): MonthFiles       buildMonth(): the same with its lines
//   write-file.ts  writeMonthFile(file, path), fileBytes(file)  gbk.ts: encodeGbk(text): Buffer
//   samples.ts     samples(dir): paths written                  sampleFiles(): DemoFile[]
