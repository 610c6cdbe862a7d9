import { randomUUID } from 'node:crypto'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { insert } from '#apps/server/demo/load-master.ts'
import { type DatabaseUrls, migrate } from '#apps/server/migrate.ts'
import { openMonth } from '#modules/flows/public.ts'
import { pinyinKey, searchText } from '#modules/masterdata/public.ts'
import { hashPassword } from '#platform/auth/passwords.ts'
import type { Ctx } from '#platform/ctx.ts'
import { asReader, type Db } from '#platform/db.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { statementSettings } from './statements.ts'
import { type BenchWorld, MONTH } from './world.ts'

export interface BenchDatabase extends DatabaseUrls {
  postgres: EmbeddedPostgres
  admin_url: string
  admin: pg.Pool
}

/** PostgreSQL of its own under `folder`, as the product starts it, with the newest schema. */
export async function openBenchDatabase(folder: string): Promise<BenchDatabase> {
  await mkdir(folder, { recursive: true })
  // PostgreSQL may run as another user than root and must reach its own folder inside.
  await chmod(folder, 0o711)
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'postgres'),
    log: (line) => {
      if (/FATAL|PANIC|LOG: {2}duration/.test(line)) process.stderr.write(`${line}\n`)
    },
    // Other settings than the product's, to try them: BENCH_SETTINGS='{"shared_buffers":"1GB"}'
    settings: { ...statementSettings, ...JSON.parse(process.env.BENCH_SETTINGS ?? '{}') },
  })
  try {
    const urls = await migrate(postgres.adminUrl)
    const adminUrl = new URL(postgres.adminUrl)
    adminUrl.pathname = '/qucheng'
    const admin = new pg.Pool({ connectionString: adminUrl.toString(), max: 2 })
    admin.on('error', () => {})
    return { ...urls, postgres, admin_url: adminUrl.toString(), admin }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

export const PASSWORD = 'nine slow ferries'

/** The people of the benchmark: one of each kind of eyes. */
export interface BenchCompany {
  companyId: string
  people: { steward: string; rep: string; manager: string; clerk: string; auditor: string }
  /** Code → id. */
  distributors: Map<string, string>
}

/** Company, people, masters and an open month. */
export async function loadWorld(database: BenchDatabase, app: Db, world: BenchWorld): Promise<BenchCompany> {
  const id = () => randomUUID()
  const companyId = id()
  const people = { steward: id(), rep: id(), manager: id(), clerk: id(), auditor: id() }
  const distributors = new Map(world.distributors.map((one) => [one.code, id()]))
  await addPeople(database.admin, companyId, people)
  const reader = { companyId, personId: people.steward, scope: { kind: 'company' } } as const
  await asReader(
    app,
    reader,
    async (tx) => {
      const ctx = benchCtx(reader, tx)
      await loadMasters(ctx, world, distributors, people)
      await openMonth(ctx, { month: MONTH })
    },
    { statementTimeoutMs: 300_000 },
  )
  const clerkOf = distributors.get(world.distributors[0]?.code ?? '')
  await database.admin.query(
    `insert into memberships (company_id, person_id, roles, scope, distributor_id)
     values ($1, $2, '{distributor-clerk}', 'distributor', $3)`,
    [companyId, people.clerk, clerkOf],
  )
  await database.admin.query('analyze')
  return { companyId, people, distributors }
}

/** The context a deed would have been given by its door. */
export function benchCtx(
  reader: Omit<Ctx, 'db' | 'personName' | 'permissions' | 'now' | 'requestId'>,
  db: Ctx['db'],
): Ctx {
  return { ...reader, db, personName: '', permissions: new Set(), now: new Date(), requestId: 'bench' }
}

async function addPeople(admin: pg.Pool, companyId: string, people: BenchCompany['people']): Promise<void> {
  await admin.query('insert into companies (id, code, name) values ($1, $2, $3)', [
    companyId,
    'BENCH',
    '测速医药',
  ])
  const hash = await hashPassword(PASSWORD)
  for (const [login, personId] of Object.entries(people)) {
    await admin.query('insert into people (id, login, name) values ($1, $2, $3)', [personId, login, login])
    await admin.query('insert into credentials (person_id, password_hash) values ($1, $2)', [personId, hash])
  }
  const members = [
    [people.steward, ['flow-steward', 'channel-manager', 'administrator'], 'company'],
    [people.auditor, ['audit-administrator'], 'company'],
    [people.rep, ['sales-rep'], 'territory'],
    [people.manager, ['sales-rep'], 'territory'],
  ]
  for (const [personId, roles, scope] of members) {
    await admin.query(
      'insert into memberships (company_id, person_id, roles, scope) values ($1, $2, $3, $4)',
      [companyId, personId, roles, scope],
    )
  }
}

async function loadMasters(
  ctx: Ctx,
  world: BenchWorld,
  distributors: ReadonlyMap<string, string>,
  people: BenchCompany['people'],
): Promise<void> {
  const territories = new Map(world.territories.map((one) => [one.code, randomUUID()]))
  const institutions = new Map(world.institutions.map((one) => [one.code, randomUUID()]))
  await insert(ctx, 'institutions', institutionRows(world, institutions))
  const products = new Map(world.products.map((one) => [one.code, randomUUID()]))
  await insert(ctx, 'products', productRows(world, products))
  await insert(
    ctx,
    'product_units',
    [...products.values()].map((product_id) => ({ product_id, unit: '箱', factor: '200' })),
  )
  await insert(
    ctx,
    'distributors',
    world.distributors.map(({ city, ...one }) => ({
      ...one,
      id: distributors.get(one.code),
      aliases: [],
      search_text: searchText(one.name, [one.short_name], one.code),
      pinyin: pinyinKey(one.name),
      tier: 'tier-1',
      city,
      state: 'active',
      version: 1,
    })),
  )
  await insert(
    ctx,
    'territories',
    world.territories.map(({ parent, ...one }) => ({
      ...one,
      id: territories.get(one.code),
      parent_id: parent ? territories.get(parent) : null,
      search_text: searchText(one.name, [], one.code),
      state: 'active',
      version: 1,
    })),
  )
  await insert(
    ctx,
    'territory_institutions',
    world.institutions
      .filter((one) => one.territory !== null)
      .map((one) => ({
        id: randomUUID(),
        institution_id: institutions.get(one.code),
        product_group: '*',
        territory_id: territories.get(one.territory ?? ''),
        valid_from: '2025-01-01',
        version: 1,
      })),
  )
  await seat(ctx, territories, { 'T-JS-1': people.rep, 'T-JS': people.manager })
}

/** Puts people on posts of territories. */
async function seat(
  ctx: Ctx,
  territories: ReadonlyMap<string, string>,
  seats: Record<string, string>,
): Promise<void> {
  for (const [code, personId] of Object.entries(seats)) {
    const post = { id: randomUUID(), territory_id: territories.get(code) }
    await insert(ctx, 'posts', [
      { ...post, code, name: code, is_manager: false, state: 'active', version: 1 },
    ])
    await insert(ctx, 'post_holders', [
      {
        id: randomUUID(),
        post_id: post.id,
        territory_id: post.territory_id,
        person_id: personId,
        person_name: code,
        valid_from: '2025-01-01',
        version: 1,
      },
    ])
  }
}

const STAMPS = { created_at: new Date(), changed_at: new Date() }

function institutionRows(world: BenchWorld, ids: ReadonlyMap<string, string>) {
  return world.institutions.map(({ alias, territory: _of, ...one }) => ({
    ...one,
    ...STAMPS,
    id: ids.get(one.code),
    aliases: [alias],
    search_text: searchText(one.name, [alias], one.code),
    pinyin: pinyinKey(one.name),
    kind: 'hospital',
    state: 'active',
    version: 1,
  }))
}

function productRows(world: BenchWorld, ids: ReadonlyMap<string, string>) {
  return world.products.map(({ group, price_fen: _price, ...one }) => ({
    ...one,
    ...STAMPS,
    id: ids.get(one.code),
    generic_name: one.name,
    aliases: [],
    search_text: searchText(one.name, [], one.code),
    pinyin: pinyinKey(one.name),
    base_unit: '盒',
    product_group: group,
    state: 'active',
    version: 1,
  }))
}
