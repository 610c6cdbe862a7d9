import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockedAsIs, releaseMonth } from '#modules/flows/public.ts'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'
import type { Attainment } from './shapes.ts'

const STENT = 3800_00
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  const { stent, gauze } = desk.world.products
  await desk.admin.query(`update products set product_group = 'heart' where id = $1`, [stent])
  await desk.admin.query(`update products set product_group = 'wound' where id = $1`, [gauze])
  await month('2025-10', [sale('2025-10-01', '杭州临泽医院', 10), sale('2025-10-01', '成都锦屏医院', 1)])
  await month('2026-09', [sale('2026-09-01', '杭州临泽医院', 5)])
  await month('2026-10', [
    sale('2026-10-01', '杭州临泽医院', 4),
    sale('2026-10-02', '杭州临泽医院', -1, { doc: 'R1' }),
    sale('2026-10-03', '成都锦屏医院', 1, { unit: '箱' }),
    sale('2026-10-04', '杭州望江诊所', 7),
    '2026-10-05,杭州临泽医院,止血纱布,5*10cm,L9,2,盒,930,1860,G1',
  ])
  const { hangzhou, chengdu } = desk.world.territories
  for (const [territory, group, day, fen] of [
    [hangzhou, 'heart', '2026-09-01', 10 * STENT],
    [hangzhou, 'heart', '2026-10-01', 6 * STENT],
    [hangzhou, 'wound', '2026-10-01', 3720_00],
    [chengdu, 'heart', '2026-10-01', 5 * STENT],
  ]) {
    await desk.admin.query(
      `insert into targets (company_id, territory_id, product_group, month, amount_fen) values ($1, $2, $3, $4, $5)`,
      [desk.world.company.lanzhou, territory, group, day, fen],
    )
  }
})
afterAll(() => desk.close())

async function month(name: string, rows: string[]): Promise<void> {
  await desk.open(name)
  const id = await desk.send({ name: `${name}.csv`, content: csv(rows), month: name })
  expect((await desk.lines(id)).map((line) => line.state)).toEqual(rows.map(() => 'posted'))
  await desk.runAs('steward', (ctx) => lockedAsIs(ctx, name))
}

async function report(query: string, login: 'director' | 'rep-hangzhou' | 'rep-chengdu' = 'director') {
  const person = await desk.as(login)
  const answer = await person.get(`/api/attainment?${query}`)
  expect([query, answer.status]).toEqual([query, 200])
  return answer.body as Attainment
}

const figures = ({ rows }: Attainment) =>
  rows.map((row) => [row.name, row.amount_fen, row.target_fen, row.rate, row.last_year_fen])

test('by territory it is the hand sum of the posted lines against the targets; what nobody owns stands beside', async () => {
  const found = await report('from=2026-10&to=2026-10&by=territory')
  expect(figures(found)).toEqual([
    ['杭州区', 3 * STENT + 1860_00, 6 * STENT + 3720_00, '0.5000', 10 * STENT],
    ['成都区', STENT, 5 * STENT, '0.2000', STENT],
  ])
  expect(found.sums).toMatchObject({ amount_fen: 4 * STENT + 1860_00, target_fen: 11 * STENT + 3720_00 })
  expect(found.unowned).toEqual({ amount_fen: 7 * STENT, line_count: 1 })
})

test('by product group, product, distributor and institution', async () => {
  const groups = await report('from=2026-10&to=2026-10&by=product_group')
  expect(groups.rows.map((row) => [row.key, row.amount_fen, row.target_fen])).toEqual([
    ['heart', 4 * STENT, 11 * STENT],
    ['wound', 1860_00, 3720_00],
  ])
  const products = await report('from=2026-10&to=2026-10&by=product')
  expect(products.rows.map((row) => [row.name, row.base_qty, row.amount_fen, row.target_fen])).toEqual([
    ['冠脉支架 3.0*18mm', '13', 4 * STENT, null],
    ['止血纱布 5*10cm', '40', 1860_00, null],
  ])
  for (const by of ['distributor', 'institution']) {
    const found = await report(`from=2026-10&to=2026-10&by=${by}`)
    expect([by, found.sums.amount_fen]).toEqual([by, 4 * STENT + 1860_00])
  }
})

test('by month, beside the same month of the year before', async () => {
  const found = await report('from=2026-09&to=2026-10&by=month')
  expect(figures(found)).toEqual([
    ['2026-09', 5 * STENT, 10 * STENT, '0.5000', null],
    [
      '2026-10',
      4 * STENT + 1860_00,
      11 * STENT + 3720_00,
      ((4 * STENT + 1860_00) / (11 * STENT + 3720_00)).toFixed(4),
      11 * STENT,
    ],
  ])
})

test('who sold last year and nothing this year is there with nothing', async () => {
  const found = await report('from=2026-09&to=2026-10&by=institution&product_group=heart')
  expect(found.sums.last_year_fen).toBe(11 * STENT)
  const only = await report('from=2026-09&to=2026-09&by=distributor')
  expect(only.sums.last_year_fen).toBeNull()
})

test('a level that a territory has nothing of shows its sales without a name, and loses none', async () => {
  const provinces = await report('from=2026-10&to=2026-10&by=territory&level=province')
  expect(provinces.rows).toMatchObject([
    { key: null, amount_fen: 4 * STENT + 1860_00, target_fen: 11 * STENT + 3720_00 },
  ])
  const regions = await report('from=2026-10&to=2026-10&by=territory&level=region')
  expect(regions.rows).toMatchObject([{ name: '全国', amount_fen: 4 * STENT + 1860_00 }])
})

test('one territory with all below it, and one group', async () => {
  const { country, chengdu } = desk.world.territories
  for (const [territory, fen] of [
    [country, 4 * STENT],
    [chengdu, STENT],
  ] as const) {
    const found = await report(
      `from=2026-10&to=2026-10&by=month&product_group=heart&territory_id=${territory}`,
    )
    expect(found.sums.amount_fen).toBe(fen)
  }
})

test('a page of it has the sums of all; it is searched and sorted by the server', async () => {
  const all = await report('from=2026-10&to=2026-10&by=institution')
  expect(all.rows.map((row) => row.name)).toEqual(['杭州临泽医院', '成都锦屏医院'])
  const second = await report('from=2026-10&to=2026-10&by=institution&page=2&size=1')
  expect([second.total, second.rows.map((row) => row.name)]).toEqual([2, ['成都锦屏医院']])
  expect(second.sums).toEqual(all.sums)
  const beyond = await report('from=2026-10&to=2026-10&by=institution&page=9&size=1')
  expect([beyond.total, beyond.rows, beyond.sums]).toEqual([2, [], all.sums])
  const one = await report(`from=2026-10&to=2026-10&by=institution&q=${encodeURIComponent('锦屏')}`)
  expect([one.total, one.rows.length, one.sums.amount_fen]).toEqual([1, 1, STENT])
  const named = await report('from=2026-10&to=2026-10&by=institution&sort=name')
  expect(named.rows.map((row) => row.name)).toEqual(['成都锦屏医院', '杭州临泽医院'])
  for (const [sort, first] of [
    ['rate', '成都区'],
    ['-rate', '杭州区'],
    ['gap', '成都区'],
    ['growth', '杭州区'],
    ['-growth', '成都区'],
  ]) {
    const found = await report(`from=2026-10&to=2026-10&sort=${sort}`)
    expect([sort, found.rows[0]?.name]).toEqual([sort, first])
  }
  const director = await desk.as('director')
  expect((await director.get('/api/attainment?from=2026-10&to=2026-10&sort=nothing')).status).toBe(400)
})

test('by institution or distributor and group it is the group that the product has now, also when that was changed after the lock', async () => {
  const sums = async (group: string) => {
    const by = async (one: string) =>
      (await report(`from=2026-10&to=2026-10&by=${one}&product_group=${group}`)).sums.amount_fen
    const fen = await by('institution')
    expect(await by('distributor')).toBe(fen)
    return fen
  }
  expect([await sums('heart'), await sums('wound')]).toEqual([4 * STENT, 1860_00])
  const { gauze } = desk.world.products
  await desk.admin.query(`update products set product_group = 'heart' where id = $1`, [gauze])
  expect([await sums('heart'), await sums('wound')]).toEqual([4 * STENT + 1860_00, 0])
  await desk.admin.query(`update products set product_group = 'wound' where id = $1`, [gauze])
  expect([await sums('heart'), await sums('wound')]).toEqual([4 * STENT, 1860_00])
})

test('a rep sees released months, and of them the own territory, at every level', async () => {
  for (const level of ['territory', 'province', 'region']) {
    const found = await report(`from=2026-10&to=2026-10&by=territory&level=${level}`, 'rep-hangzhou')
    expect(found.sums.amount_fen).toBe(0)
  }
  await desk.runAs('steward', (ctx) => releaseMonth(ctx, '2026-10'))
  for (const level of ['territory', 'province', 'region']) {
    const found = await report(`from=2026-10&to=2026-10&by=territory&level=${level}`, 'rep-hangzhou')
    expect([level, found.sums.amount_fen]).toEqual([level, 3 * STENT + 1860_00])
    expect(found.sums.target_fen).toBe(6 * STENT + 3720_00)
    expect(found.unowned.amount_fen).toBe(0)
  }
  for (const by of ['institution', 'distributor', 'product']) {
    const found = await report(`from=2026-10&to=2026-10&by=${by}`, 'rep-hangzhou')
    expect([by, found.sums.amount_fen]).toEqual([by, 3 * STENT + 1860_00])
  }
  const other = await report('from=2026-10&to=2026-10&by=institution', 'rep-chengdu')
  expect(other.rows.map((row) => row.name)).toEqual(['成都锦屏医院'])
})

test('the workbook has the rows and the total of the page', async () => {
  const director = await desk.as('director')
  const answer = await director.get('/api/attainment/export.xlsx?from=2026-10&to=2026-10')
  expect(answer.status).toBe(200)
  expect(answer.bytes.subarray(0, 2).toString()).toBe('PK')
})

test('a target is set once a version, by who may', async () => {
  const manager = await desk.as('manager')
  const [row] = (await manager.get('/api/targets?month=2026-09')).body.rows
  const url = `/api/targets/${row.id}`
  expect((await manager.put(url, { amount_fen: 5, version: row.version })).status).toBe(200)
  expect((await manager.put(url, { amount_fen: 6, version: row.version })).body.code).toBe(
    'changed-meanwhile',
  )
  for (const amount_fen of [-1, 1.5, 1e21]) {
    expect((await manager.put(url, { amount_fen, version: 2 })).status).toBe(400)
  }
  const rep = await desk.as('rep-hangzhou')
  expect((await rep.put(url, { amount_fen: 1, version: 2 })).status).toBe(403)
  const other = await desk.as('rep-chengdu')
  expect((await other.get('/api/targets')).body.rows).toHaveLength(1)
})
