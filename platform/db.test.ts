import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { asReader, openDb, type Scope } from './db.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const COMPANY_SCOPE: Scope = { kind: 'company' }

async function codes(companyId: string, scope: Scope, personId: string | null = null): Promise<string[]> {
  const db = openDb(app.database.app_url, 1, 'walls')
  try {
    const rows = await asReader(db, { companyId, personId, scope }, (tx) =>
      tx.selectFrom('distributors').select(['code', 'name']).orderBy('code').execute(),
    )
    return rows.map((row) => row.name)
  } finally {
    await db.destroy()
  }
}

test('without a reader there are no rows, in any table', async () => {
  const client = new pg.Client({ connectionString: app.database.app_url })
  await client.connect()
  const tables = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p', 'v') and has_table_privilege(c.oid, 'SELECT')`,
  )
  expect(tables.rowCount).toBeGreaterThan(20)
  for (const { name } of tables.rows) {
    const { rows } = await client.query(`select count(*)::int as n from ${name}`)
    expect(rows[0].n, name).toBe(0)
  }
  await client.end()
})

test('after the transaction the connection knows no reader', async () => {
  const db = openDb(app.database.app_url, 1, 'walls')
  const reader = { companyId: app.world.company.lanzhou, personId: null, scope: COMPANY_SCOPE }
  expect(
    await asReader(db, reader, (tx) => tx.selectFrom('distributors').select('id').execute()),
  ).toHaveLength(2)
  expect(await db.selectFrom('distributors').select('id').execute()).toEqual([])
  await db.destroy()
})

test('a company sees its own rows, a distributor itself', async () => {
  const { company, distributors } = app.world
  expect(await codes(company.lanzhou, COMPANY_SCOPE)).toEqual([
    '杭州康泽医药有限公司',
    '成都安和医药有限公司',
  ])
  expect(await codes(company.beiyu, COMPANY_SCOPE)).toEqual(['北屿海澄医药有限公司'])
  expect(await codes(company.lanzhou, { kind: 'distributor', distributorId: distributors.kangze })).toEqual([
    '杭州康泽医药有限公司',
  ])
  expect(await codes(company.lanzhou, { kind: 'distributor', distributorId: distributors.haicheng })).toEqual(
    [],
  )
})

test('a row of another company can be neither written, moved nor pointed at', async () => {
  const { company, distributors, products } = app.world
  const reader = { companyId: company.lanzhou, personId: null, scope: COMPANY_SCOPE }
  const rule = { subject_kind: 'test.thing', name: 'x', steps: '[]' }
  const inOther = asReader(app.ground.app, reader, (tx) =>
    tx
      .insertInto('approval_rules')
      .values({ company_id: company.beiyu, ...rule })
      .execute(),
  )
  await expect(inOther).rejects.toThrow(/row-level security/)
  const moved = asReader(app.ground.app, reader, async (tx) => {
    await tx
      .insertInto('approval_rules')
      .values({ company_id: company.lanzhou, ...rule })
      .execute()
    await tx.updateTable('approval_rules').set({ company_id: company.beiyu }).execute()
  })
  await expect(moved).rejects.toThrow(/row-level security/)
  const pointed = asReader(app.ground.app, reader, (tx) =>
    tx
      .insertInto('prices')
      .values({
        company_id: company.lanzhou,
        product_id: products.stent,
        distributor_id: distributors.haicheng,
        unit: '套',
        price: '1',
        valid_from: '2026-01-01',
      } as never)
      .execute(),
  )
  await expect(pointed).rejects.toThrow(/foreign key/)
})

test('2,000 interleaved transactions of two companies on three connections never read across', async () => {
  const db = openDb(app.database.app_url, 3, 'walls')
  const { company } = app.world
  const wanted = { [company.lanzhou]: 2, [company.beiyu]: 1 }
  let wrong = 0
  const one = async (index: number) => {
    const companyId = index % 2 === 0 ? company.lanzhou : company.beiyu
    const fails = index % 7 === 0
    await asReader(db, { companyId, personId: null, scope: COMPANY_SCOPE }, async (tx) => {
      const rows = await tx.selectFrom('distributors').select(['company_id']).execute()
      if (rows.length !== wanted[companyId] || rows.some((row) => row.company_id !== companyId)) wrong += 1
      if (fails) throw new Error('rolled back')
    }).catch((error: Error) => {
      if (error.message !== 'rolled back') throw error
    })
  }
  await Promise.all(Array.from({ length: 2000 }, (_, index) => one(index)))
  await db.destroy()
  expect(wrong).toBe(0)
})

test('integers of the database stay exact or are an error', async () => {
  const db = openDb(app.database.app_url, 1, 'walls')
  const value = (text: string) =>
    db
      .selectNoFrom(({ cast, val }) => cast<number>(val(text), 'bigint').as('n'))
      .executeTakeFirst()
      .then((row) => row?.n)
  expect(await value('9007199254740991')).toBe(9007199254740991)
  await expect(value('9007199254740993')).rejects.toThrow(/beyond 2\^53/)
  await db.destroy()
})
