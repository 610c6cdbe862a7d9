import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'
import { lockMonth } from './lock-month.ts'

const MONTH = '2026-10'
const NEXT = '2026-11'
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
  await desk.open(NEXT)
})
afterAll(() => desk.close())

async function closure(month = MONTH) {
  const steward = await desk.as('steward')
  return steward.post(`/api/flow-months/${month}/closure`)
}

async function decideClosure(approvalId: string, decision: 'approve' | 'reject'): Promise<void> {
  const manager = await desk.as('manager')
  const body = decision === 'reject' ? { decision, reason: '再看看' } : { decision }
  const answer = await manager.post(`/api/approvals/${approvalId}/decisions`, body)
  expect([answer.status, answer.body.code]).toEqual([201, undefined])
  await desk.runJobs()
}

async function stateOf(month = MONTH): Promise<string> {
  const { rows } = await desk.admin.query('select state from flow_months where month = $1', [`${month}-01`])
  return rows[0].state
}

async function told(login: 'steward' | 'manager' | 'clerk-kangze' | 'rep-hangzhou'): Promise<string[]> {
  const { rows } = await desk.admin.query('select kind from notifications where person_id = $1 order by id', [
    desk.world.people[login],
  ])
  return rows.map((row) => row.kind)
}

describe('what stands in the way of a close', () => {
  test('a month that is not there, or has no lines', async () => {
    expect((await closure('2026-01')).status).toBe(404)
    expect((await closure()).body.code).toBe('flows.close-blocked-no-lines')
    expect(await stateOf()).toBe('open')
  })

  test('a batch that still runs, one that waits for its columns, a line that waits', async () => {
    const rows = [
      sale('2026-10-01', '杭州临泽医院', 2),
      sale('2026-10-02', '成都锦屏医院', 3, { unit: '箱' }),
    ]
    await desk.put({ name: '好.csv', content: csv(rows), month: MONTH })
    expect((await closure()).body.code).toBe('flows.close-blocked-jobs-running')
    await desk.runJobs()
    const riddle = csv(['2026-10-02,谁,冠脉支架 3.0*18mm,7,2'], '日期,甲,品名规格,单号,数量')
    const asked = await desk.send({ name: '谜.csv', content: riddle, month: MONTH })
    expect((await closure()).body.code).toBe('flows.close-blocked-mapping-open')
    const steward = await desk.as('steward')
    await steward.delete(`/api/flow-batches/${asked}?reason=不要了`)
    const waits = await desk.send({
      name: '等.csv',
      content: csv([sale('2026-10-03', '没人认识', 1)]),
      month: MONTH,
    })
    const refused = await closure()
    expect(refused.body).toMatchObject({ code: 'flows.close-blocked-lines-waiting', params: { count: 1 } })
    expect((await steward.get(`/api/flow-months/${MONTH}`)).body.blockers).toEqual([
      { code: 'lines-waiting', count: 1 },
    ])
    await steward.delete(`/api/flow-batches/${waits}?reason=不要了`)
  })

  test('a close that nobody could approve', async () => {
    await desk.admin.query(`update approval_rules set active = false`)
    expect((await closure()).body.code).toBe('approvals.no-rule')
    await desk.admin.query(`update approval_rules set active = true`)
    expect(await stateOf()).toBe('open')
  })
})

describe('from the question to the lock', () => {
  test('while it is being approved nothing comes in or changes; refused, the month is open again', async () => {
    const asked = await closure()
    expect(asked.status).toBe(200)
    expect(await stateOf()).toBe('approving')
    expect(await told('manager')).toEqual(['approvals.waiting'])
    const late = desk.put({
      name: '晚.csv',
      content: csv([sale('2026-10-05', '杭州临泽医院', 1)]),
      month: MONTH,
    })
    await expect(late).rejects.toMatchObject({ code: 'flows.month-closed' })
    expect((await closure()).body.code).toBe('flows.wrong-month-state')
    await decideClosure(asked.body.approval_id, 'reject')
    expect(await stateOf()).toBe('open')
  })

  test('approved, it is one version whose totals are the posted lines, and whoever waits is told', async () => {
    // Purchases and what is excluded count in no total.
    const purchase = csv(
      ['2026-10-16,澜州医疗,冠脉支架,3.0*18mm,L1,500,套'],
      '采购日期,供应商,产品名称,规格,批号,数量,单位',
    )
    const bought = await desk.send({ name: '采购.csv', content: purchase, month: MONTH })
    const { state, mapping } = await desk.batch(bought)
    const steward = await desk.as('steward')
    if (state === 'mapping') {
      await steward.put(`/api/flow-batches/${bought}/mapping`, { kind: 'purchase', mapping })
      await desk.runJobs()
    }
    const early = csv([sale('2026-09-30', '杭州临泽医院', 1), sale('2026-10-06', '杭州望江诊所', -1)])
    await desk.send({ name: '补.csv', content: early, month: MONTH })
    const asked = await closure()
    expect(asked.status).toBe(200)
    await decideClosure(asked.body.approval_id, 'approve')
    expect(await stateOf()).toBe('locked')
    const version = await desk.admin.query('select * from flow_versions')
    expect(version.rows).toMatchObject([
      {
        version_no: 1,
        line_count: 3,
        qty: '31.000000',
        amount_fen: 3800_00 * (2 + 3 - 1),
        previous_seal: null,
      },
    ])
    const totals = await desk.admin.query(
      `select sum(line_count)::int as lines, sum(base_qty) as qty, sum(amount_fen)::bigint as fen from flow_totals`,
    )
    expect(totals.rows).toEqual([{ lines: 3, qty: '31.000000', fen: 3800_00 * 4 }])
    for (const table of ['flow_institution_totals', 'flow_distributor_totals']) {
      const each = await desk.admin.query(
        `select product_group is null as whole, sum(line_count)::int as lines, sum(amount_fen)::bigint as fen
         from ${table} group by 1 order by 1`,
      )
      expect(each.rows).toEqual([false, true].map((whole) => ({ whole, lines: 3, fen: 3800_00 * 4 })))
    }
    expect(await told('steward')).toContain('flows.month-locked')
    expect((await steward.get(`/api/flow-months/${MONTH}/seal`)).body).toMatchObject({
      intact: true,
      line_count: 3,
    })
  })

  test('the lock that runs twice locks once', async () => {
    const job = desk.jobOn('flows.lock-month', MONTH)
    expect(await lockMonth(job)).toMatchObject({ skipped: true })
    expect((await desk.admin.query('select 1 from flow_versions')).rowCount).toBe(1)
  })
})

describe('after the lock', () => {
  test('no deed changes it', async () => {
    const steward = await desk.as('steward')
    const { rows } = await desk.admin.query(`select id from flow_batches where state = 'done'`)
    for (const { id } of rows) {
      expect((await steward.delete(`/api/flow-batches/${id}?reason=太晚`)).body.code).toBe(
        'flows.month-closed',
      )
      const mapping = { kind: 'sales', mapping: {} }
      expect((await steward.put(`/api/flow-batches/${id}/mapping`, mapping)).body.code).toBe(
        'flows.month-closed',
      )
    }
    const issue = { month: MONTH, issue: 'duplicate', action: 'keep' }
    expect((await steward.post('/api/flow-issue-decisions', issue)).body.code).toBe('flows.month-closed')
    const names = await desk.admin.query(`select normal_text from flow_names where raw_text = '杭州临泽医院'`)
    const before = await desk.admin.query(
      'select alike_key::text, state, institution_id from flow_lines order by id',
    )
    const decided = await steward.post('/api/flow-decisions', {
      kind: 'customer',
      normal_text: names.rows[0].normal_text,
      action: 'choose',
      target_id: desk.world.institutions.jinping,
    })
    expect(decided.body).toMatchObject({ line_count: 0 })
    expect((await steward.delete(`/api/flow-decisions/${decided.body.id}`)).status).toBe(200)
    const after = await desk.admin.query(
      'select alike_key::text, state, institution_id from flow_lines order by id',
    )
    expect(after.rows).toEqual(before.rows)
  })

  test.each([
    [
      'insert',
      `insert into flow_lines select company_id, month, uuidv7(), batch_id, 99, 99, distributor_id, occurred_on,
      customer_name_id, product_name_id, institution_id, product_id, territory_id, qty, unit, base_qty, price, amount_fen,
      lot, doc_no, is_return, state, issues, alike_key from flow_lines limit 1`,
    ],
    ['update', `update flow_lines set amount_fen = 0 where line_no = 1`],
    ['a move out', `update flow_lines set month = '${NEXT}-01' where line_no = 1`],
    ['delete', 'delete from flow_lines where line_no = 1'],
  ])('the database itself refuses %s', async (_what, statement) => {
    await expect(desk.admin.query(statement)).rejects.toThrow('the month is closed')
  })

  test('versions and totals are never changed, and the program cannot reach a partition around the walls', async () => {
    for (const table of [
      'flow_versions',
      'flow_totals',
      'flow_institution_totals',
      'flow_distributor_totals',
      'flow_version_groups',
    ]) {
      await expect(desk.admin.query(`update ${table} set version_no = 9`)).rejects.toThrow('append-only')
      await expect(desk.admin.query(`delete from ${table}`)).rejects.toThrow('append-only')
    }
    const client = new pg.Client({ connectionString: desk.database.app_url })
    await client.connect()
    await expect(client.query('select 1 from flow_lines_202610')).rejects.toThrow('permission denied')
    await expect(client.query('delete from flow_lines_202610')).rejects.toThrow('permission denied')
    await client.end()
  })

  test('released, reps and distributors are told and see their part, and no figure of the whole', async () => {
    const steward = await desk.as('steward')
    const rep = await desk.as('rep-hangzhou')
    expect((await rep.get(`/api/flow-lines?month=${MONTH}`)).body.rows).toEqual([])
    expect((await steward.put(`/api/flow-months/${MONTH}/release`)).status).toBe(200)
    expect((await steward.put(`/api/flow-months/${MONTH}/release`)).body.code).toBe('flows.wrong-month-state')
    expect(await told('rep-hangzhou')).toEqual(['flows.month-released'])
    expect(await told('clerk-kangze')).toEqual(['flows.month-released'])
    for (const [login, lines, fen] of [
      ['rep-hangzhou', 1, 3800_00 * 2],
      ['rep-chengdu', 1, 3800_00 * 3],
      ['clerk-kangze', 3, 3800_00 * 4],
      ['clerk-anhe', 0, 0],
    ] as const) {
      const person = await desk.as(login)
      const page = (await person.get(`/api/flow-months/${MONTH}`)).body
      expect([login, page.versions]).toMatchObject([login, [{ line_count: lines, amount_fen: fen }]])
      expect(page.posted_count).toBeGreaterThanOrEqual(0)
      const { rows } = (await person.get(`/api/flow-lines?month=${MONTH}&state=posted`)).body
      // The purchase is posted too, and the distributor's own.
      expect(rows).toHaveLength(login === 'clerk-kangze' ? lines + 1 : lines)
      expect((await person.get(`/api/flow-months/${MONTH}/seal`)).status).toBe(403)
    }
  })

  test('the next month is sealed upon this one', async () => {
    await desk.send({
      name: '十一月.csv',
      content: csv([sale('2026-11-02', '杭州临泽医院', 1)]),
      month: NEXT,
    })
    const asked = await closure(NEXT)
    await decideClosure(asked.body.approval_id, 'approve')
    const { rows } = await desk.admin.query('select seal, previous_seal from flow_versions order by month')
    expect(rows[1].previous_seal.equals(rows[0].seal)).toBe(true)
  })

  test('the seal tells of any change to a figure, an owner or a line that is gone', async () => {
    const steward = await desk.as('steward')
    const intact = async () => (await steward.get(`/api/flow-months/${MONTH}/seal`)).body.intact
    const behind = async (statement: string) => {
      const client = new pg.Client({ connectionString: desk.database.admin_url })
      await client.connect()
      await client.query('begin')
      await client.query(`set local session_replication_role = 'replica'`)
      const { rowCount } = await client.query(statement)
      expect(rowCount).toBeGreaterThan(0)
      await client.query('commit')
      await client.end()
    }
    const one = `where month = '${MONTH}-01' and state = 'posted' and institution_id = '${desk.world.institutions.linze}'`
    for (const [change, back] of [
      ['amount_fen = amount_fen + 1', 'amount_fen = amount_fen - 1'],
      ['base_qty = base_qty + 1', 'base_qty = base_qty - 1'],
      [
        `territory_id = '${desk.world.territories.chengdu}'`,
        `territory_id = '${desk.world.territories.hangzhou}'`,
      ],
      [`occurred_on = occurred_on + 1`, `occurred_on = occurred_on - 1`],
    ]) {
      await behind(`update flow_lines set ${change} ${one}`)
      expect([change, await intact()]).toEqual([change, false])
      await behind(`update flow_lines set ${back} ${one}`)
      expect([back, await intact()]).toEqual([back, true])
    }
    await behind(`delete from flow_lines ${one}`)
    expect(await intact()).toBe(false)
  })
})
