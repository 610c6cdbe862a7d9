import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'

const MONTH = '2026-10'
const RAW = '临泽的某某处'
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
  const { kangze, anhe } = desk.world.distributors
  for (const [id, province] of [
    [kangze, '浙江省'],
    [anhe, '四川省'],
  ])
    await desk.admin.query('update distributors set province = $2 where id = $1', [id, province])
})
afterAll(() => desk.close())

const send = (name: string, rows: string[], distributor: 'kangze' | 'anhe' = 'kangze') =>
  desk.send({ name, content: csv(rows), month: MONTH, distributor })

/** Everything a decision can change. */
async function everything(): Promise<unknown> {
  const rows = (query: string) => desk.admin.query(query).then((answer) => answer.rows)
  return {
    lines: await rows("select to_jsonb(l) - 'alike_key' as line from flow_lines l order by id"),
    names: await rows('select * from flow_names order by id'),
    aliases: await rows('select * from flow_aliases order by kind, normal_text, province'),
  }
}

async function textOf(raw: string): Promise<string> {
  const { rows } = await desk.admin.query('select distinct normal_text from flow_names where raw_text = $1', [
    raw,
  ])
  return rows[0].normal_text
}

async function decide(more: Record<string, unknown>, raw = RAW) {
  const steward = await desk.as('steward')
  const body = { kind: 'customer', normal_text: await textOf(raw), action: 'choose', ...more }
  const answer = await steward.post('/api/flow-decisions', body)
  expect([answer.status, answer.body]).toMatchObject([201, {}])
  return answer.body as { id: string; name_count: number; line_count: number }
}

async function undo(id: string) {
  const steward = await desk.as('steward')
  expect((await steward.delete(`/api/flow-decisions/${id}`)).status).toBe(200)
}

describe('a text that comes from several provinces', () => {
  test('shows beforehand what each distributor and province would settle', async () => {
    await send('康泽.csv', [sale('2026-10-01', RAW, 1), sale('2026-10-02', RAW, 2)])
    await send('安和.csv', [sale('2026-10-01', RAW, 3)], 'anhe')
    const steward = await desk.as('steward')
    const query = `kind=customer&normal_text=${encodeURIComponent(await textOf(RAW))}`
    const whole = (await steward.get(`/api/flow-reviews/impact?${query}`)).body
    expect(whole).toMatchObject({ name_count: 2, line_count: 3, amount_fen: 6 * 380_000 })
    expect(whole.parts).toMatchObject([
      { province: '浙江省', state: 'waiting', line_count: 2, amount_fen: 3 * 380_000 },
      { province: '四川省', state: 'waiting', line_count: 1, amount_fen: 3 * 380_000 },
    ])
    const of = `${query}&province=${encodeURIComponent('四川省')}`
    expect((await steward.get(`/api/flow-reviews/impact?${of}`)).body).toMatchObject({ line_count: 1 })
    expect((await steward.get(`/api/flow-reviews/lines?${of}`)).body).toMatchObject({ total: 1 })
  })

  test('is decided for one of them: the others wait, later files of the province follow, undone exactly', async () => {
    const before = await everything()
    const { linze } = desk.world.institutions
    const made = await decide({ target_id: linze, province: '四川省' })
    expect(made).toMatchObject({ name_count: 1, line_count: 1 })
    await undo(made.id)
    expect(await everything()).toEqual(before)

    await decide({ target_id: linze, province: '四川省' })
    // As if neither had sent the text before.
    await desk.admin.query('delete from flow_lines')
    await desk.admin.query('delete from flow_names')
    const near = await send('安和二.csv', [sale('2026-10-05', RAW, 1)], 'anhe')
    const far = await send('康泽二.csv', [sale('2026-10-05', RAW, 1)])
    expect(await desk.lines(near)).toMatchObject([{ state: 'posted', institution_id: linze }])
    expect(await desk.lines(far)).toMatchObject([{ state: 'waiting', institution_id: null }])
  })

  test('decided for all, what a province learnt ends, and comes back when that is undone', async () => {
    const before = await everything()
    const { jinping, linze } = desk.world.institutions
    const all = await decide({ target_id: jinping })
    const aliases = await desk.admin.query('select province, target_id from flow_aliases')
    expect(aliases.rows).toEqual([{ province: '', target_id: jinping }])
    await desk.admin.query(`delete from flow_lines where distributor_id = $1`, [desk.world.distributors.anhe])
    await desk.admin.query(`delete from flow_names where distributor_id = $1`, [desk.world.distributors.anhe])
    const id = await send('安和三.csv', [sale('2026-10-06', RAW, 1)], 'anhe')
    expect(await desk.lines(id)).toMatchObject([{ institution_id: jinping }])
    await undo(all.id)
    expect(await desk.lines(id)).toMatchObject([{ state: 'posted', institution_id: linze }])
    expect((await everything()) as object).toMatchObject({
      aliases: (before as { aliases: unknown[] }).aliases,
    })
  })

  test('is never decided for a province and a distributor at once', async () => {
    const steward = await desk.as('steward')
    const answer = await steward.post('/api/flow-decisions', {
      kind: 'customer',
      normal_text: await textOf(RAW),
      action: 'ignore',
      province: '四川省',
      distributor_id: desk.world.distributors.anhe,
    })
    expect(answer.status).toBe(400)
  })
})

describe('an institution that is in no master', () => {
  const NEW = '杭州市全新口腔诊所'
  const institution = { name: NEW, code: 'H9001', kind: 'clinic', province: '浙江省', city: '杭州市' }
  const create = async (by: 'steward' | 'rep-hangzhou', more: object = {}) => {
    const person = await desk.as(by)
    return person.post('/api/flow-decisions/institution', {
      normal_text: await textOf(NEW),
      institution: { ...institution, ...more },
    })
  }
  const stateOf = async (code: string) =>
    (await desk.admin.query('select state from institutions where code = $1', [code])).rows[0]?.state

  test('is drafted from its text, and what looks like it is shown', async () => {
    await send('新.csv', [sale('2026-10-10', NEW, 1)])
    const steward = await desk.as('steward')
    const text = encodeURIComponent(await textOf(NEW))
    expect((await steward.get(`/api/flow-reviews/draft?normal_text=${text}`)).body).toMatchObject({
      name: NEW,
      kind: 'clinic',
      province: '浙江省',
      city: '杭州市',
      county: null,
    })
    const SITE = '杭州临泽医院滨江院区（三甲）'
    await send('院区.csv', [sale('2026-10-11', SITE, 1)])
    const site = encodeURIComponent(await textOf(SITE))
    expect((await steward.get(`/api/flow-reviews/draft?normal_text=${site}`)).body).toMatchObject({
      name: '杭州临泽医院滨江院区',
      kind: 'hospital',
      level: '三级甲等',
      parent_id: desk.world.institutions.linze,
      parent_name: '杭州临泽医院',
      city: '杭州市',
    })
    const alike = await steward.get(
      `/api/flow-reviews/look-alikes?name=${encodeURIComponent('杭州临泽医院东院')}`,
    )
    expect(alike.body.rows[0]).toMatchObject({ id: desk.world.institutions.linze })
  })

  test('is created and meant in one deed; undone, it leaves the master and the text waits as before', async () => {
    const before = await everything()
    const made = await create('steward')
    expect([made.status, made.body]).toMatchObject([201, { name_count: 1, line_count: 1 }])
    expect(await stateOf('H9001')).toBe('active')
    const log = await (await desk.as('steward')).get('/api/flow-decisions')
    expect(log.body.rows[0]).toMatchObject({ created: true, target_name: NEW, alias_scope: 'company' })
    await undo(made.body.id)
    expect(await everything()).toEqual(before)
    expect(await stateOf('H9001')).toBe('retired')
  })

  test('stays when another text means it by now', async () => {
    const made = await create('steward', { code: 'H9002' })
    const { rows } = await desk.admin.query(`select id from institutions where code = 'H9002'`)
    await send('别的写法.csv', [sale('2026-10-11', '那家新的诊所', 1)])
    await decide({ target_id: rows[0].id }, '那家新的诊所')
    await undo(made.body.id)
    expect(await stateOf('H9002')).toBe('active')
  })

  test('is refused with the field that is wrong, and nothing is decided', async () => {
    const before = await everything()
    const taken = await create('steward', { code: 'H9002' })
    expect([taken.status, taken.body]).toMatchObject([
      409,
      { code: 'masterdata.code-taken', fields: { code: 'masterdata.code-taken' } },
    ])
    expect((await create('rep-hangzhou')).status).toBe(403)
    expect(await everything()).toEqual(before)
  })
})

test('groups say lines and money that wait; candidates say the sales of the closed year', async () => {
  const steward = await desk.as('steward')
  const groups = (await steward.get('/api/flow-reviews?kind=customer&sort=-line_count')).body.rows
  expect(groups.length).toBeGreaterThan(0)
  for (const group of groups) expect(group.line_count).toBeGreaterThan(0)
  const { linze } = desk.world.institutions
  const known = await steward.get(`/api/flow-reviews/candidates?kind=customer&ids=${linze}`)
  expect(known.body.rows).toMatchObject([{ id: linze, line_count: 0, amount_fen: 0 }])
})
