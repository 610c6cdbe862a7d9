import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csv, type Desk, HEAD, sale, startDesk, workbook } from '#tests/flow-desk.ts'

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open('2026-10')
  await desk.open('2026-11')
})
afterAll(() => desk.close())

/** A header that does not say who bought: what stands below it makes the buyer likely, not sure, so a person has to tell. */
const RIDDLE = '日期,甲,品名规格,单号,数量'
const riddle = (day: string, doc: number) =>
  csv(
    [`${day},杭州临泽医院,冠脉支架 3.0*18mm,${doc},2`, `${day},杭州望江诊所,冠脉支架 3.0*18mm,${doc},1`],
    RIDDLE,
  )
const ANSWER = { 0: 'occurred_on', 1: 'customer_raw', 2: 'product_and_spec', 3: 'doc_no', 4: 'qty' }

describe('columns', () => {
  test('a layout nobody can be sure of waits for a person, and the distributor may be that person', async () => {
    const id = await desk.send({ name: '谜.csv', content: riddle('2026-10-02', 71), month: '2026-10' })
    expect(await desk.batch(id)).toMatchObject({ state: 'mapping', line_count: 0 })
    const clerk = await desk.as('clerk-kangze')
    const page = (await clerk.get(`/api/flow-batches/${id}`)).body
    expect(page.sample_rows[0].cells).toContain('杭州临泽医院')
    const lacking = await clerk.put(`/api/flow-batches/${id}/mapping`, {
      kind: 'sales',
      mapping: { 0: 'qty' },
    })
    expect(lacking.body).toMatchObject({ status: 422, code: 'flows.mapping-incomplete' })
    const twice = await clerk.put(`/api/flow-batches/${id}/mapping`, {
      kind: 'sales',
      mapping: { ...ANSWER, 3: 'qty' },
    })
    expect(twice.body).toMatchObject({ code: 'flows.mapping-twice' })
    const told = await clerk.put(`/api/flow-batches/${id}/mapping`, { kind: 'sales', mapping: ANSWER })
    expect(told.status).toBe(200)
    await desk.runJobs()
    expect(await desk.batch(id)).toMatchObject({ state: 'done', line_count: 2 })
    expect((await desk.lines(id)).map((line) => [line.state, line.qty])).toEqual([
      ['posted', '2'],
      ['posted', '1'],
    ])
  })

  test('what was confirmed once needs no click the next month', async () => {
    const id = await desk.send({ name: '谜11.csv', content: riddle('2026-11-02', 72), month: '2026-11' })
    expect(await desk.batch(id)).toMatchObject({ state: 'done', line_count: 2, mapping: ANSWER })
    const steward = await desk.as('steward')
    expect((await steward.get(`/api/flow-batches/${id}`)).body).toMatchObject({ remembered: true })
  })

  test('it is remembered for that distributor alone', async () => {
    const id = await desk.send({
      name: '谜.csv',
      content: riddle('2026-11-02', 73),
      month: '2026-11',
      distributor: 'anhe',
    })
    expect(await desk.batch(id)).toMatchObject({ state: 'mapping' })
    await removed(id)
  })

  test('another header is another layout, and asks again', async () => {
    const content = csv(['2026-11-03,杭州临泽医院,冠脉支架 3.0*18mm,7,2,x'], `${RIDDLE},己`)
    const id = await desk.send({ name: '谜改.csv', content, month: '2026-11' })
    expect(await desk.batch(id)).toMatchObject({ state: 'mapping' })
    await removed(id)
  })

  test('columns confirmed again run the batch anew, once', async () => {
    const id = await desk.send({
      name: '再来.csv',
      content: csv([sale('2026-10-04', '杭州临泽医院', 3)]),
      month: '2026-10',
    })
    const { mapping } = await desk.batch(id)
    const steward = await desk.as('steward')
    const again = await steward.put(`/api/flow-batches/${id}/mapping`, { kind: 'sales', mapping })
    expect(again.status).toBe(200)
    await desk.runJobs()
    expect(await desk.lines(id)).toMatchObject([{ state: 'posted', qty: '3', issues: [] }])
    const chunks = await desk.admin.query('select line_count from flow_raw_chunks where batch_id = $1', [id])
    expect(chunks.rows).toEqual([{ line_count: 1 }])
  })
})

async function removed(id: string): Promise<void> {
  const steward = await desk.as('steward')
  expect((await steward.delete(`/api/flow-batches/${id}?reason=试过了`)).status).toBe(200)
}

describe('files that cannot be read', () => {
  test.each([
    ['不是表格.xlsx', Buffer.from('this is no workbook at all'), 'reading.'],
    ['断了.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3]), 'reading.'],
    ['只有表头.csv', HEAD, 'reading.no-rows'],
    ['没有表.csv', '你好\n世界\n', 'reading.no-table'],
  ])('%s ends the batch with the reason, and its file stays', async (name, content, code) => {
    const id = await desk.send({ name, content, month: '2026-10' })
    const batch = await desk.batch(id)
    expect(batch).toMatchObject({ state: 'failed', line_count: 0 })
    expect(batch.failure_code).toContain(code)
    const steward = await desk.as('steward')
    expect((await steward.get(`/api/flow-batches/${id}/file`)).bytes.length).toBeGreaterThan(0)
    // It blocks nothing, and may be taken out.
    expect((await steward.get('/api/flow-months/2026-10')).body.blockers).toEqual([])
    await removed(id)
  })
})

describe('a file with several tables', () => {
  test('each sheet is a batch of its own', async () => {
    const rows = (day: string) => [HEAD.split(','), sale(day, '杭州临泽医院', 1).split(',')]
    const content = await workbook({ 上旬: rows('2026-10-05'), 下旬: rows('2026-10-25') })
    const id = await desk.send({ name: '两张.xlsx', content, month: '2026-10' })
    await expectTables(id, 2)
  })

  test('two tables in one sheet are two batches: none is lost', async () => {
    const sales = [1, 2, 3, 4].map((n) => sale('2026-10-06', '杭州临泽医院', n).split(','))
    const content = await workbook({
      Sheet1: [
        ['销售流向'],
        HEAD.split(','),
        ...sales,
        [],
        [],
        ['库存明细'],
        ['商品名称', '商品规格', '生产批号', '库存数量', '计量单位', '仓库'],
        ...[1, 2, 3].map((n) => ['冠脉支架', '3.0*18mm', `K${n}`, n, '套', '主仓']),
      ],
    })
    const id = await desk.send({ name: '一张两表.xlsx', content, month: '2026-10' })
    await expectTables(id, 2)
  })

  async function expectTables(id: string, count: number): Promise<void> {
    const { rows } = await desk.admin.query(
      `select b.table_no, b.state, b.line_count from flow_batches b
      join flow_batches f on f.sha256 = b.sha256 and f.id = $1 order by b.table_no`,
      [id],
    )
    expect(rows.map((row) => row.table_no)).toEqual(Array.from({ length: count }, (_, n) => n))
    for (const row of rows) expect(['done', 'mapping']).toContain(row.state)
  }
})

describe('who sent it', () => {
  test('a clerk sends in, sees and takes out for the own distributor only, whatever the form says', async () => {
    const clerk = await desk.as('clerk-anhe')
    const sent = await clerk.upload('/api/flow-batches', {
      file_name: '安和.csv',
      bytes: csv([sale('2026-11-08', '成都锦屏医院', 4)]),
      fields: { month: '2026-11', distributor_id: desk.world.distributors.kangze },
    })
    expect(sent.status).toBe(202)
    const [batch] = sent.body.batches
    expect(batch.distributor_id).toBe(desk.world.distributors.anhe)
    await desk.runJobs()
    const own = (await clerk.get('/api/flow-lines?month=2026-11')).body.rows
    expect(own.map((line: { distributor_id: string }) => line.distributor_id)).toEqual([
      desk.world.distributors.anhe,
    ])
    expect((await clerk.get('/api/flow-batches?month=2026-11')).body.rows).toHaveLength(1)
    const other = await desk.as('clerk-kangze')
    expect((await other.get(`/api/flow-batches/${batch.id}`)).status).toBe(404)
    expect((await other.delete(`/api/flow-batches/${batch.id}?reason=不是我的`)).status).toBe(404)
    expect((await clerk.delete(`/api/flow-batches/${batch.id}?reason=传错了`)).status).toBe(200)
    expect(await desk.lines(batch.id)).toEqual([])
  })

  test('a distributor gets the file that the company sent in for it', async () => {
    const content = csv([sale('2026-11-09', '杭州临泽医院', 4)])
    const id = await desk.send({ name: '代传.csv', content, month: '2026-11' })
    const clerk = await desk.as('clerk-kangze')
    expect((await clerk.get(`/api/flow-batches/${id}/file`)).bytes.toString()).toBe(content)
    const other = await desk.as('clerk-anhe')
    expect((await other.get(`/api/flow-batches/${id}/file`)).status).toBe(404)
  })

  test('a batch whose work was given up can be taken out, one that is under way cannot', async () => {
    const id = await desk.put({
      name: '卡住.csv',
      content: csv([sale('2026-11-10', '杭州临泽医院', 1)]),
      month: '2026-11',
    })
    await desk.admin.query(`update flow_batches set state = 'cleaning' where id = $1`, [id])
    const steward = await desk.as('steward')
    const busy = await steward.delete(`/api/flow-batches/${id}?reason=等不及`)
    expect(busy.body).toMatchObject({ status: 409, code: 'flows.wrong-batch-state' })
    await desk.admin.query(`update jobs set state = 'failed' where subject_id = $1`, [id])
    await removed(id)
  })
})

test('figures that no trade has are told and stop nothing', async () => {
  const id = await desk.send({
    name: '条码当数量.csv',
    content: csv([
      `2026-10-12,杭州临泽医院,冠脉支架,3.0*18mm,L1,6901234567892,套,3800,3800,E1`,
      `2026-10-12,杭州临泽医院,冠脉支架,3.0*18mm,L1,1,套,3800,69012345678920,E2`,
      `2026-10-12,杭州临泽医院,冠脉支架,3.0*18mm,L1,1,套,99999999999999999999,3800,E3`,
      `2026-10-12,杭州临泽医院,冠脉支架,3.0*18mm,L1,0.0000001,套,3800,0,E4`,
    ]),
    month: '2026-10',
  })
  expect(await desk.batch(id)).toMatchObject({ state: 'done', line_count: 4 })
  const lines = await desk.lines(id)
  expect(lines.map((line) => line.state)).toEqual(['rejected', 'posted', 'posted', 'posted'])
  expect(lines[0]?.issues).toContain('reading.bad-qty')
  expect(lines[1]?.issues).toContain('reading.bad-amount')
  expect(lines[2]?.issues).toContain('reading.bad-price')
  const steward = await desk.as('steward')
  expect((await steward.get('/api/flow-months')).status).toBe(200)
})

test('an expiry date that cannot be read rejects nothing', async () => {
  const id = await desk.send({
    name: '效期.csv',
    content: csv([`${sale('2026-10-13', '杭州临泽医院', 1)},长期有效吧`], `${HEAD},有效期至`),
    month: '2026-10',
  })
  expect((await desk.lines(id)).map((line) => line.state)).toEqual(['posted'])
})

test('the life of a line leads back to its cells: who reads the whole file sees the rows around, nobody else the line', async () => {
  const rows = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => sale('2026-10-14', '杭州临泽医院', n))
  const id = await desk.send({ name: '来历.csv', content: csv(rows), month: '2026-10' })
  const [, second] = await desk.lines(id)
  for (const login of ['steward', 'clerk-kangze'] as const) {
    const person = await desk.as(login)
    const life = (await person.get(`/api/flow-lines/${second?.id}`)).body
    expect(life.file).toMatchObject({ file_name: '来历.csv', row: 3, received_by: '沈知微', channel: 'web' })
    expect(
      life.cells.map((cell: { header: string; field: string; text: string }) => [
        cell.header,
        cell.field,
        cell.text,
      ]),
    ).toEqual([
      ['销售日期', 'occurred_on', '2026-10-14'],
      ['客户名称', 'customer_raw', '杭州临泽医院'],
      ['产品名称', 'product_raw', '冠脉支架'],
      ['规格', 'spec_raw', '3.0*18mm'],
      ['批号', 'lot', 'L1'],
      ['数量', 'qty', '2'],
      ['单位', 'unit', '套'],
      ['单价', 'price', '3800'],
      ['金额', 'amount', '7600'],
      ['单号', 'doc_no', 'D10-14'],
    ])
    expect(life.around.map((one: { row: number }) => one.row)).toEqual([2, 3, 4, 5, 6, 7, 8])
    expect(life.customer).toMatchObject({ raw_text: '杭州临泽医院', state: 'auto', via: 'exact' })
    expect(life.version).toBeNull()
  }
  for (const login of ['clerk-anhe', 'rep-hangzhou', 'by-steward'] as const) {
    const person = await desk.as(login)
    expect([login, (await person.get(`/api/flow-lines/${second?.id}`)).status]).toEqual([login, 404])
  }
})
