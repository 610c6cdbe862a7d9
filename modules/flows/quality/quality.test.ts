import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csv, type Desk, HEAD, sale, startDesk } from '#tests/flow-desk.ts'
import { WORLD_PASSWORD } from '#tests/world.ts'
import { matchIndex } from '../clean/match-index.ts'

const MONTH = '2026-10'
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
})
afterAll(() => desk.close())

const send = (name: string, rows: string[], head = HEAD) =>
  desk.send({ name, content: csv(rows, head), month: MONTH })

interface Name {
  id: string
  state: string
  via: string
  target_id: string | null
  said: string | null
  said_id: string | null
  said_score: number
  engine: string | null
  features: Record<string, number> | null
  normal_text: string
  reasons: { code: string }[]
}
async function nameOf(raw: string): Promise<Name> {
  const { rows } = await desk.admin.query('select * from flow_names where raw_text = $1', [raw])
  expect(rows).toHaveLength(1)
  return rows[0]
}
const decide = async (raw: string, target_id: string) =>
  (await desk.as('steward')).post('/api/flow-decisions', {
    kind: 'customer',
    action: 'choose',
    normal_text: (await nameOf(raw)).normal_text,
    target_id,
  })

describe('what the engine said', () => {
  test('stays with the name and goes with the decision, whatever a person decides and takes back', async () => {
    await send('说.csv', [
      sale('2026-10-03', '杭州临泽医院', 1),
      sale('2026-10-03', '杭州望江诊所', 1),
      sale('2026-10-03', '成都锦屏医院（西药房）', 1),
      sale('2026-10-03', '临泽哪家院', 1),
    ])
    const before = await nameOf('杭州临泽医院')
    expect(before).toMatchObject({ said: 'auto', said_id: desk.world.institutions.linze })
    expect(before.engine).toMatch(/^[0-9a-f]{8}$/)
    expect(Object.keys(before.features ?? {}).length).toBeGreaterThan(3)

    const answer = await decide('杭州临泽医院', desk.world.institutions.wangjiang)
    expect(await nameOf('杭州临泽医院')).toMatchObject({
      state: 'confirmed',
      said: 'auto',
      said_id: before.said_id,
    })
    const { rows } = await desk.admin.query('select before from flow_decisions where id = $1', [
      answer.body.id,
    ])
    expect(rows[0].before.names[0]).toMatchObject({
      said: 'auto',
      said_id: before.said_id,
      engine: before.engine,
      candidate_ids: expect.arrayContaining([before.said_id]),
    })
    expect(rows[0].before.names[0].features).toEqual(before.features)
    const steward = await desk.as('steward')
    await steward.delete(`/api/flow-decisions/${answer.body.id}`)
    expect(await nameOf('杭州临泽医院')).toEqual(before)
  })
})

describe('the audit sample', () => {
  test('is drawn of what was taken without asking, judged, and gives the month its precision', async () => {
    const steward = await desk.as('steward')
    const drawn = await steward.post('/api/flow-match-samples', { month: MONTH, size: 8 })
    expect(drawn.status).toBe(201)
    const list = (await steward.get('/api/flow-match-samples')).body
    expect(list.month).toBe(MONTH)
    const row = list.rows.find((one: { raw_text: string }) => one.raw_text === '杭州临泽医院')
    expect(row).toMatchObject({ proposed_id: desk.world.institutions.linze, line_count: 1, verdict: null })
    expect((await steward.post('/api/flow-match-samples', { month: MONTH })).body.code).toBe(
      'flows.nothing-to-sample',
    )

    const month = async () =>
      (await steward.get('/api/flow-match-quality')).body.months.find(
        (one: { month: string }) => one.month === MONTH,
      )
    expect(await month()).toMatchObject({ precision: null, recall: null, sample: { judged: 0 } })
    for (const one of list.rows)
      await steward.put(`/api/flow-match-samples/${one.id}/verdict`, { verdict: 'right' })
    expect(await month()).toMatchObject({ precision: 1, sample: { judged: list.rows.length, wrong: 0 } })
    await steward.put(`/api/flow-match-samples/${row.id}/verdict`, { verdict: 'wrong' })
    const after = await month()
    expect(after.precision).toBeCloseTo(1 - 1 / list.rows.length)
    expect(after.precision_low).toBeLessThan(after.precision)
    await steward.put(`/api/flow-match-samples/${row.id}/verdict`, { verdict: null })
  })

  test('what a person changed without a sample says nothing of the rest', async () => {
    await desk.admin.query('delete from flow_match_samples')
    const answer = await decide('杭州临泽医院', desk.world.institutions.wangjiang)
    const steward = await desk.as('steward')
    const { months } = (await steward.get('/api/flow-match-quality')).body
    expect(months[0]).toMatchObject({ precision: null, recall: null, overridden: 1 })
    await steward.delete(`/api/flow-decisions/${answer.body.id}`)
  })
})

describe('the threshold', () => {
  const apply = async (auto_from: number) => {
    const manager = await desk.as('manager')
    await manager.post('/api/session/password', { password: WORLD_PASSWORD })
    return manager.post('/api/flow-match-thresholds', { auto_from, reason: '试一个月' })
  }

  test('moves what nobody decided on, as it said before, and undone moves it back', async () => {
    await send('阈.csv', [sale('2026-10-04', '临泽医完', 2), sale('2026-10-04', '望江诊索', 3)])
    const manager = await desk.as('manager')
    const everything = async () =>
      (
        await desk.admin.query(
          `select n.raw_text, n.state, n.target_id, n.via, n.score, l.state as line, l.institution_id
           from flow_names n join flow_lines l on l.customer_name_id = n.id order by n.id, l.id`,
        )
      ).rows
    const before = await everything()
    const impact = (await manager.get('/api/flow-match-thresholds/impact?auto_from=0.999')).body
    expect(impact.to_review.name_count).toBeGreaterThan(0)
    expect(impact.to_auto.name_count).toBe(0)

    const applied = await apply(0.999)
    expect(applied.status).toBe(201)
    expect(applied.body).toMatchObject({ name_count: impact.to_review.name_count })
    expect(applied.body.line_count).toBe(impact.to_review.line_count)
    const low = (
      await desk.admin.query(
        `select count(*)::int as n from flow_names where kind = 'customer' and state = 'auto' and said_score < 0.999`,
      )
    ).rows[0].n
    expect(low).toBe(0)
    // A file that comes now is taken from the new score on.
    await send('阈二.csv', [sale('2026-10-09', '临泽医元', 2)])
    expect((await nameOf('临泽医元')).state).toBe('waiting')
    expect((await manager.get('/api/flow-match-quality')).body.threshold).toBe(0.999)

    const undone = await manager.delete(`/api/flow-match-thresholds/${applied.body.id}`)
    expect(undone.status).toBe(200)
    expect((await everything()).filter((row) => row.raw_text !== '临泽医元')).toEqual(before)
    expect((await manager.get('/api/flow-match-quality')).body.threshold).toBe(0.65)
    const { rows } = await desk.admin.query(`select deed from audit where deed like '%threshold' order by 1`)
    expect(rows.map((row) => row.deed)).toEqual(['flows.apply-threshold', 'flows.undo-threshold'])
  })

  test('is the business of who may tune, and says when too little is settled for advice', async () => {
    const steward = await desk.as('steward')
    const body = { auto_from: 0.9, reason: '试试看' }
    expect((await steward.post('/api/flow-match-thresholds', body)).status).toBe(403)
    const advice = (await steward.get('/api/flow-match-quality/advice?precision=0.99')).body
    expect(advice).toMatchObject({ threshold: null, decisions_min: 100 })
    expect((await (await desk.as('clerk-kangze')).get('/api/flow-match-quality')).status).toBe(403)
  })
})

describe('what else a file tells of a customer', () => {
  const head = `${HEAD},客户编码,统一社会信用代码`

  test('the code of a confirmed customer settles the next spelling that resembles it', async () => {
    await send('码.csv', [`${sale('2026-10-05', '西溪某疗养所', 1)},K12,`], head)
    expect((await nameOf('西溪某疗养所')).state).toBe('waiting')
    await decide('西溪某疗养所', desk.world.institutions.linze)
    await send('码二.csv', [`${sale('2026-10-06', '临泽住院药房', 1)},K12,`], head)
    const name = await nameOf('临泽住院药房')
    expect(name.reasons.map((one) => one.code)).toContain('same-customer-code')
    expect(name.target_id ?? name.said_id).toBe(desk.world.institutions.linze)
  })

  test('the tax id of the master settles a text, and so it says', async () => {
    await desk.admin.query(
      `update institutions set tax_id = '12330100470000001X', changed_at = now() where id = $1`,
      [desk.world.institutions.jinping],
    )
    await send('税.csv', [`${sale('2026-10-07', '锦屏院区耗材', 1)},,12330100470000001x`], head)
    const name = await nameOf('锦屏院区耗材')
    expect(name).toMatchObject({ state: 'auto', target_id: desk.world.institutions.jinping })
    expect(name.reasons[0]?.code).toBe('same-tax-id')
  })
})

test('the index follows the master without being built again', async () => {
  const index = () => desk.runAs('steward', (ctx) => matchIndex(ctx))
  const { institutions } = await index()
  const steward = await desk.as('steward')
  const made = await steward.post('/api/institutions', {
    code: 'N1',
    name: '西溪新月医院',
    kind: 'hospital',
    province: '浙江省',
    city: '杭州市',
  })
  expect(made.status).toBe(201)
  const { id } = made.body
  await send('新.csv', [sale('2026-10-10', '西溪新月医院', 1)])
  expect(await nameOf('西溪新月医院')).toMatchObject({ state: 'auto', target_id: id })
  await desk.admin.query(
    `update institutions set name = '西溪满月医院', aliases = '{西溪新月医院}', changed_at = now() where id = $1`,
    [id],
  )
  await send('改.csv', [sale('2026-10-11', '西溪满月医院', 1)])
  expect((await nameOf('西溪满月医院')).target_id).toBe(id)
  await desk.admin.query(`update institutions set state = 'retired', changed_at = now() where id = $1`, [id])
  await send('停.csv', [sale('2026-10-12', '西溪满月医院住院部', 1)])
  expect((await nameOf('西溪满月医院住院部')).said_id).not.toBe(id)
  expect((await index()).institutions).toBe(institutions)
  // What left no trace but the number makes it be built anew.
  await desk.admin.query(
    `insert into institutions (company_id, code, name, search_text, pinyin, kind, changed_at)
    values ($1, 'N2', '旧事医院', '', '', 'hospital', now() - interval '1 day')`,
    [desk.world.company.lanzhou],
  )
  expect((await index()).institutions).not.toBe(institutions)
})
