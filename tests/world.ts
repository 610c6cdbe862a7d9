import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { hashPassword } from '#platform/auth/passwords.ts'

/**
 * The named world of the tests: small, and the same everywhere, so that a test can say "steward" and mean somebody.
 *
 * 澜州医疗 (lanzhou), where nearly all tests play
 *   company scope      manager · steward · finance · director · admin · security · audit
 *   distributor scope  clerk-kangze and owner-kangze (康泽) · clerk-anhe (安和)
 *   territory scope    rep-hangzhou (杭州区) · rep-chengdu (成都区); both territories lie below 全国
 *   both companies     both (director here and there; comes in here first)
 * 北屿药业 (beiyu), the neighbour that nobody of 澜州 may see
 *   by-steward · by-admin · by-clerk (of its distributor 海澄)
 *
 * Institutions: 临泽医院 (杭州), 望江诊所 (杭州), 锦屏医院 (成都). 临泽 belongs to 杭州区, 锦屏 to 成都区, 望江 to nobody.
 * Products: 冠脉支架 (unit 套, 10 套 a 箱) and 止血纱布 (unit 片, 20 片 a 盒); list prices for both.
 * Every password is `WORLD_PASSWORD`. All names are invented.
 */
export interface World {
  company: { lanzhou: string; beiyu: string }
  people: Record<PersonLogin, string>
  distributors: { kangze: string; anhe: string; haicheng: string }
  territories: { country: string; hangzhou: string; chengdu: string }
  posts: { hangzhou: string; chengdu: string }
  institutions: { linze: string; wangjiang: string; jinping: string; neighbour: string }
  products: { stent: string; gauze: string; neighbour: string }
}

export const WORLD_PASSWORD = 'seven quiet rivers'

const LANZHOU_PEOPLE = [
  ['manager', '陆明舟', ['channel-manager'], 'company'],
  ['steward', '沈知微', ['flow-steward'], 'company'],
  ['finance', '顾清和', ['finance'], 'company'],
  ['director', '程远山', ['director'], 'company'],
  ['admin', '何若水', ['administrator'], 'company'],
  ['security', '严守一', ['security-administrator'], 'company'],
  ['audit', '白正言', ['audit-administrator'], 'company'],
  ['clerk-kangze', '孟小雨', ['distributor-clerk'], 'kangze'],
  ['owner-kangze', '康景行', ['distributor-owner'], 'kangze'],
  ['clerk-anhe', '安如意', ['distributor-clerk'], 'anhe'],
  ['rep-hangzhou', '叶青禾', ['sales-rep'], 'territory'],
  ['rep-chengdu', '罗望川', ['sales-rep'], 'territory'],
  ['both', '闻人双', ['director'], 'company'],
] as const
const BEIYU_PEOPLE = [
  ['by-steward', '北辰光', ['flow-steward'], 'company'],
  ['by-admin', '北唐礼', ['administrator'], 'company'],
  ['by-clerk', '北宫月', ['distributor-clerk'], 'haicheng'],
] as const

export type PersonLogin = (typeof LANZHOU_PEOPLE | typeof BEIYU_PEOPLE)[number][0]

let hashed: Promise<string> | undefined

/** Fills an empty database with the named world; returns its ids. */
export async function createWorld(adminUrl: string): Promise<World> {
  hashed ??= hashPassword(WORLD_PASSWORD)
  const world = newWorld()
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('begin')
    await insertCompanies(client, world)
    await insertPlaces(client, world)
    await insertPeople(client, world, await hashed)
    await insertGoods(client, world)
    await client.query('commit')
  } finally {
    await client.end()
  }
  return world
}

function newWorld(): World {
  const id = randomUUID
  const logins = [...LANZHOU_PEOPLE, ...BEIYU_PEOPLE].map(([login]) => [login, id()] as const)
  return {
    company: { lanzhou: id(), beiyu: id() },
    people: Object.fromEntries(logins) as Record<PersonLogin, string>,
    distributors: { kangze: id(), anhe: id(), haicheng: id() },
    territories: { country: id(), hangzhou: id(), chengdu: id() },
    posts: { hangzhou: id(), chengdu: id() },
    institutions: { linze: id(), wangjiang: id(), jinping: id(), neighbour: id() },
    products: { stent: id(), gauze: id(), neighbour: id() },
  }
}

type Row = Record<string, unknown>

async function insert(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row)
    await client.query(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    )
  }
}

async function insertCompanies(client: pg.Client, world: World): Promise<void> {
  await insert(client, 'companies', [
    { id: world.company.lanzhou, code: 'LZ', name: '澜州医疗' },
    { id: world.company.beiyu, code: 'YB', name: '北屿药业' },
  ])
}

async function insertPlaces(client: pg.Client, world: World): Promise<void> {
  const { lanzhou, beiyu } = world.company
  const distributor = (
    company_id: string,
    id: string,
    code: string,
    name: string,
    short_name: string,
    pinyin: string,
  ) => ({
    company_id,
    id,
    code,
    name,
    short_name,
    search_text: `${name} ${short_name} ${code.toLowerCase()} ${pinyin}`,
    pinyin,
    flow_owner: '沈知微',
  })
  await insert(client, 'distributors', [
    distributor(lanzhou, world.distributors.kangze, 'D001', '杭州康泽医药有限公司', '康泽', 'hzkzyyyxgs'),
    distributor(lanzhou, world.distributors.anhe, 'D002', '成都安和医药有限公司', '安和', 'cdahyyyxgs'),
    distributor(beiyu, world.distributors.haicheng, 'D001', '北屿海澄医药有限公司', '海澄', 'byhcyyyxgs'),
  ])
  const { country, hangzhou, chengdu } = world.territories
  const territory = (id: string, code: string, name: string, level: string, parent_id: string | null) => ({
    company_id: lanzhou,
    id,
    code,
    name,
    search_text: `${name} ${code.toLowerCase()}`,
    level,
    parent_id,
  })
  await insert(client, 'territories', [
    territory(country, 'T-ALL', '全国', 'region', null),
    territory(hangzhou, 'T-HZ', '杭州区', 'territory', country),
    territory(chengdu, 'T-CD', '成都区', 'territory', country),
  ])
  await insert(client, 'posts', [
    { company_id: lanzhou, id: world.posts.hangzhou, code: 'P-HZ', name: '杭州岗', territory_id: hangzhou },
    { company_id: lanzhou, id: world.posts.chengdu, code: 'P-CD', name: '成都岗', territory_id: chengdu },
  ])
}

async function insertPeople(client: pg.Client, world: World, passwordHash: string): Promise<void> {
  const { lanzhou, beiyu } = world.company
  const member = (
    company_id: string,
    [login, name, roles, place]: (typeof LANZHOU_PEOPLE | typeof BEIYU_PEOPLE)[number],
  ) => ({
    person: { id: world.people[login], login, name, email: `${login}@example.test` },
    membership: {
      company_id,
      person_id: world.people[login],
      roles,
      scope: place === 'company' || place === 'territory' ? place : 'distributor',
      distributor_id: place === 'company' || place === 'territory' ? null : world.distributors[place],
    },
  })
  const members = [
    ...LANZHOU_PEOPLE.map((one) => member(lanzhou, one)),
    ...BEIYU_PEOPLE.map((one) => member(beiyu, one)),
  ]
  await insert(
    client,
    'people',
    members.map(({ person }) => person),
  )
  await insert(
    client,
    'credentials',
    members.map(({ person }) => ({ person_id: person.id, password_hash: passwordHash })),
  )
  await insert(client, 'memberships', [
    ...members.map(({ membership }) => membership),
    { company_id: beiyu, person_id: world.people.both, roles: ['director'], scope: 'company' },
  ])
  const holder = (place: 'hangzhou' | 'chengdu', person_id: string, person_name: string) => ({
    company_id: lanzhou,
    post_id: world.posts[place],
    territory_id: world.territories[place],
    person_id,
    person_name,
    valid_from: '2025-01-01',
  })
  await insert(client, 'post_holders', [
    holder('hangzhou', world.people['rep-hangzhou'], '叶青禾'),
    holder('chengdu', world.people['rep-chengdu'], '罗望川'),
  ])
}

async function insertGoods(client: pg.Client, world: World): Promise<void> {
  const { lanzhou, beiyu } = world.company
  const { linze, wangjiang, jinping } = world.institutions
  const institution = (
    company_id: string,
    id: string,
    code: string,
    name: string,
    kind: string,
    [province, city]: readonly [string, string],
    pinyin: string,
  ) => ({
    company_id,
    id,
    code,
    name,
    kind,
    province,
    city,
    search_text: `${name} ${code.toLowerCase()} ${pinyin}`,
    pinyin,
  })
  const zhejiang = ['浙江省', '杭州市'] as const
  const sichuan = ['四川省', '成都市'] as const
  await insert(client, 'institutions', [
    institution(lanzhou, linze, 'I001', '杭州临泽医院', 'hospital', zhejiang, 'hzlzyy'),
    institution(lanzhou, wangjiang, 'I002', '杭州望江诊所', 'clinic', zhejiang, 'hzwjzs'),
    institution(lanzhou, jinping, 'I003', '成都锦屏医院', 'hospital', sichuan, 'cdjpyy'),
    institution(beiyu, world.institutions.neighbour, 'I001', '北屿浮山医院', 'hospital', sichuan, 'byfsyy'),
  ])
  const product = (
    company_id: string,
    id: string,
    code: string,
    name: string,
    spec: string,
    base_unit: string,
    pinyin: string,
  ) => ({
    company_id,
    id,
    code,
    name,
    spec,
    base_unit,
    pinyin,
    search_text: `${name} ${spec} ${code.toLowerCase()} ${pinyin}`,
  })
  const { stent, gauze } = world.products
  await insert(client, 'products', [
    product(lanzhou, stent, 'G001', '冠脉支架', '3.0*18mm', '套', 'gmzj'),
    product(lanzhou, gauze, 'G002', '止血纱布', '5*10cm', '片', 'zxsb'),
    product(beiyu, world.products.neighbour, 'G001', '北屿敷料', '10*10cm', '片', 'byfl'),
  ])
  await insert(client, 'product_units', [
    { company_id: lanzhou, product_id: stent, unit: '箱', factor: '10' },
    { company_id: lanzhou, product_id: gauze, unit: '盒', factor: '20' },
  ])
  await insert(client, 'prices', [
    { company_id: lanzhou, product_id: stent, unit: '套', price: '3800', valid_from: '2025-01-01' },
    { company_id: lanzhou, product_id: gauze, unit: '片', price: '46.5', valid_from: '2025-01-01' },
  ])
  const owned = (institution_id: string, territory_id: string) => ({
    company_id: lanzhou,
    institution_id,
    territory_id,
    valid_from: '2025-01-01',
  })
  await insert(client, 'territory_institutions', [
    owned(linze, world.territories.hangzhou),
    owned(jinping, world.territories.chengdu),
  ])
}
