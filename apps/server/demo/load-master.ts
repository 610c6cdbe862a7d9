import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { pinyinKey, searchText } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { CompanyKey, World } from './generate/shapes.ts'
import { world } from './generate/world.ts'

/** Demo key → id in the database. */
export interface DemoIds {
  institutions: Map<string, string>
  products: Map<string, string>
  distributors: Map<string, string>
  territories: Map<string, string>
}

const TIERS: Record<string, string> = { 一级: 'tier-1', 二级: 'tier-2' }
const LEVELS: Record<string, string> = { 大区: 'region', 省区: 'province', 辖区: 'territory' }

const idsOf = (rows: readonly { key: string }[]) => new Map(rows.map((row) => [row.key, randomUUID()]))
const blank = (text: string) => (text === '' ? null : text)

/** Institutions, products, distributors, territories with posts and relations, prices, code lists, approval rule. */
export async function loadMaster(
  ctx: Ctx,
  key: CompanyKey,
  people: ReadonlyMap<string, string>,
): Promise<DemoIds> {
  const w = world(key)
  const ids: DemoIds = {
    institutions: idsOf(w.institutions),
    products: idsOf(w.products),
    distributors: idsOf(w.distributors),
    territories: idsOf(w.territories),
  }
  await loadGroups(ctx, w)
  await loadInstitutions(ctx, w, ids)
  await loadProducts(ctx, w, ids)
  await loadDistributors(ctx, w, ids)
  await loadTerritories(ctx, w, ids, people)
  await loadPrices(ctx, w, ids)
  await loadApprovalRules(ctx, key)
  await loadCalendar(ctx)
  return ids
}

async function loadGroups(ctx: Ctx, w: World): Promise<void> {
  await insert(
    ctx,
    'code_values',
    w.groups.map((group, index) => ({
      list: 'product-group',
      code: group.code,
      label_zh: group.name,
      label_en: group.name_en,
      sort_no: index,
      active: true,
      version: 1,
    })),
  )
  await insert(
    ctx,
    'code_values',
    CODES.map(([list, code, label_zh, label_en], index) => ({
      list,
      code,
      label_zh,
      label_en,
      sort_no: index,
      active: true,
      version: 1,
    })),
  )
}

const CODES = [
  ['institution-segment', 'A', '核心终端', 'Core'],
  ['institution-segment', 'B', '重点终端', 'Key'],
  ['institution-segment', 'C', '一般终端', 'Other'],
  ['institution-level', '3A', '三级甲等', 'Grade III A'],
  ['institution-level', '3B', '三级乙等', 'Grade III B'],
  ['institution-level', '2A', '二级甲等', 'Grade II A'],
  ['institution-level', '2B', '二级乙等', 'Grade II B'],
  ['institution-level', '1', '一级', 'Grade I'],
] as const

async function loadDistributors(ctx: Ctx, w: World, ids: DemoIds): Promise<void> {
  await insert(
    ctx,
    'distributors',
    w.distributors.map((one) => ({
      id: ids.distributors.get(one.key),
      code: one.code,
      name: one.name,
      short_name: one.short_name,
      aliases: [one.short_name],
      search_text: searchText(one.name, [one.short_name], one.code),
      pinyin: pinyinKey(one.name),
      tier: TIERS[one.tier] ?? 'unrated',
      province: one.province,
      city: one.city,
      tax_id: one.tax_id,
      contact_name: one.contact_person,
      state: 'active',
      version: 1,
    })),
  )
}

async function loadPrices(ctx: Ctx, w: World, ids: DemoIds): Promise<void> {
  const unitOf = new Map(w.products.map((product) => [product.key, product.base_unit]))
  await insert(
    ctx,
    'prices',
    w.prices.map((one) => ({
      id: randomUUID(),
      product_id: ids.products.get(one.product_key),
      kind: 'list',
      province: one.province ?? '',
      distributor_id: one.distributor_key ? ids.distributors.get(one.distributor_key) : null,
      unit: unitOf.get(one.product_key),
      price: one.price_fen / 100,
      valid_from: one.valid_from,
      valid_to: one.valid_to,
      version: 1,
    })),
  )
}

/** The channel manager looks over every month before it is locked; somebody above looks over what an institution is. */
async function loadApprovalRules(ctx: Ctx, key: CompanyKey): Promise<void> {
  const above =
    key === 'C1' ? { name: '营销总监审批', role: 'director' } : { name: '管理员审批', role: 'administrator' }
  const rules = [
    ['flows.month', '流向关账', { name: '渠道经理复核', role: 'channel-manager' }],
    ['masterdata.institutions', '机构身份变更', above],
  ] as const
  await insert(
    ctx,
    'approval_rules',
    rules.map(([subject_kind, name, step]) => ({
      id: randomUUID(),
      subject_kind,
      name,
      steps: [{ ...step, needed: 1 }],
      active: true,
    })),
  )
}

const HOLIDAYS: readonly (readonly [day: string, kind: 'holiday' | 'workday', name: string])[] = [
  ['2026-09-20', 'workday', '国庆节调休'],
  ...['01', '02', '05', '06', '07'].map((day) => [`2026-10-${day}`, 'holiday', '国庆节'] as const),
  ['2026-10-10', 'workday', '国庆节调休'],
  ['2027-01-01', 'holiday', '元旦'],
]

async function loadCalendar(ctx: Ctx): Promise<void> {
  await insert(
    ctx,
    'calendar_days',
    HOLIDAYS.map(([day, kind, name]) => ({ id: randomUUID(), day, kind, name, version: 1 })),
  )
}

/** What a company would make of an institution's level: the big ones first. */
function segmentOf(level: string): string | null {
  if (level.startsWith('三级')) return 'A'
  if (level.startsWith('二级')) return 'B'
  return level === '' ? null : 'C'
}

async function loadInstitutions(ctx: Ctx, w: World, ids: DemoIds): Promise<void> {
  await insert(
    ctx,
    'institutions',
    w.institutions.map((one) => ({
      id: ids.institutions.get(one.key),
      code: one.code,
      name: one.name,
      aliases: one.aliases,
      search_text: searchText(one.name, one.aliases, one.code),
      pinyin: pinyinKey(one.name),
      kind: one.kind,
      level: blank(one.level),
      segment: segmentOf(one.level),
      province: one.province,
      city: one.city,
      county: blank(one.county),
      region_code: one.region_code,
      address: blank(one.address),
      tax_id: blank(one.tax_id),
      parent_id: one.parent_key ? ids.institutions.get(one.parent_key) : null,
      state: 'active',
      version: 1,
    })),
  )
}

async function loadProducts(ctx: Ctx, w: World, ids: DemoIds): Promise<void> {
  await insert(
    ctx,
    'products',
    w.products.map((one) => ({
      id: ids.products.get(one.key),
      code: one.code,
      name: one.name,
      generic_name: one.generic_name,
      aliases: one.aliases,
      search_text: searchText(one.name, [one.generic_name, ...one.aliases], one.code),
      pinyin: pinyinKey(one.name),
      spec: one.spec,
      manufacturer: one.manufacturer,
      base_unit: one.base_unit,
      product_group: one.group,
      device_class: one.device_class,
      approval_no: one.approval_no,
      udi_di: one.udi_di,
      state: 'active',
      version: 1,
    })),
  )
  await insert(
    ctx,
    'product_units',
    w.products.flatMap((one) =>
      one.units.map((step) => ({
        product_id: ids.products.get(one.key),
        unit: step.unit,
        factor: step.factor,
      })),
    ),
  )
}

async function loadTerritories(
  ctx: Ctx,
  w: World,
  ids: DemoIds,
  people: ReadonlyMap<string, string>,
): Promise<void> {
  await insert(
    ctx,
    'territories',
    w.territories.map((one) => ({
      id: ids.territories.get(one.key),
      code: one.code,
      name: one.name,
      search_text: searchText(one.name, [], one.code),
      level: LEVELS[one.level],
      parent_id: one.parent_key ? ids.territories.get(one.parent_key) : null,
      state: 'active',
      version: 1,
    })),
  )
  // A post without a territory is the national director's: it belongs to no territory of the tree.
  const posts = w.posts.filter((one) => one.territory_key !== null)
  const postIds = idsOf(posts)
  const territoryOf = new Map(posts.map((one) => [one.key, ids.territories.get(one.territory_key ?? '')]))
  const names = new Map(w.people.map((one) => [one.key, one.name]))
  await insert(
    ctx,
    'posts',
    posts.map((one) => ({
      id: postIds.get(one.key),
      code: one.code,
      name: one.name,
      territory_id: territoryOf.get(one.key),
      is_manager: one.kind !== 'rep',
      state: 'active',
      version: 1,
    })),
  )
  await insert(
    ctx,
    'post_holders',
    w.post_holders
      .filter((one) => postIds.has(one.post_key))
      .map((one) => ({
        id: randomUUID(),
        post_id: postIds.get(one.post_key),
        territory_id: territoryOf.get(one.post_key),
        person_id: one.valid_to === null ? (people.get(one.post_key) ?? null) : null,
        person_name: names.get(one.person_key),
        valid_from: one.valid_from,
        valid_to: one.valid_to,
      })),
  )
  await insert(
    ctx,
    'territory_institutions',
    w.territory_institutions.map((one) => ({
      id: randomUUID(),
      institution_id: ids.institutions.get(one.institution_key),
      product_group: one.product_group,
      territory_id: ids.territories.get(one.territory_key),
      valid_from: one.valid_from,
      valid_to: one.valid_to,
    })),
  )
}

/** Inserts rows set-based; the columns are those of the first row, company_id comes from the reader. */
export async function insert(
  ctx: Ctx,
  table: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const first = rows[0]
  if (!first) return
  const columns = Object.keys(first).map((name) => sql.ref(name))
  for (let from = 0; from < rows.length; from += 5000) {
    const part = rows.slice(from, from + 5000).map((row) => ({ ...row, company_id: ctx.companyId }))
    await sql`insert into ${sql.table(table)} (company_id, ${sql.join(columns)})
      select company_id, ${sql.join(columns)} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(part)}::jsonb)`.execute(
      ctx.db,
    )
  }
}
