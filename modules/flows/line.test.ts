import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { flowJobs, flowListeners } from '#modules/flows/jobs.ts'
import { flowRoutes } from '#modules/flows/routes.ts'
import { targetRoutes } from '#modules/targets/routes.ts'
import { recordFile, storeMade } from '#platform/files/public.ts'
import type { Module } from '#platform/module.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { receiveFiles } from './arrive/receive-files.ts'
import { recomputeLines } from './clean/recompute-lines.ts'
import type { LineLife, LineRow, MonthPage } from './shapes.ts'

const modules: Module[] = [
  { name: 'flows', routes: flowRoutes, jobs: flowJobs, listeners: flowListeners },
  { name: 'targets', routes: targetRoutes },
]
/** The bigint key is text: JavaScript cannot hold it. */
const COLUMNS = `id, line_no, state, issues, institution_id, product_id, territory_id, base_qty, qty, alike_key::text`
const MONTH = '2026-10'
const HEAD = '销售日期,客户名称,产品名称,规格,批号,数量,单位,单价,金额,单号'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ modules })
  await app.admin.query(
    `insert into approval_rules (company_id, subject_kind, name, steps) values ($1, 'flows.month', '关账', $2)`,
    [app.world.company.lanzhou, JSON.stringify([{ name: '复核', role: 'channel-manager', needed: 1 }])],
  )
  const steward = await app.as('steward')
  expect((await steward.post('/api/flow-months', { month: MONTH })).status).toBe(201)
})

afterAll(() => app.close())

/** Sends rows as a csv of a distributor and runs the line. */
async function send(
  name: string,
  rows: string[],
  distributor: 'kangze' | 'anhe' = 'kangze',
): Promise<string> {
  const bytes = await storeMade(Readable.from([Buffer.from([HEAD, ...rows].join('\n'))]))
  const id = await app.runAs('steward', async (ctx) => {
    const distributorId = app.world.distributors[distributor]
    const file = await recordFile(ctx, bytes, { file_name: name, purpose: 'flow', distributorId })
    const [batch] = await receiveFiles(ctx, { month: MONTH, distributor_id: distributorId, files: [file] })
    return batch?.id ?? ''
  })
  await app.runJobs()
  return id
}

async function linesOf(batch: string): Promise<LineRow[]> {
  const steward = await app.as('steward')
  const answer = await steward.get(`/api/flow-lines?batch_id=${batch}`)
  expect(answer.status).toBe(200)
  return (answer.body as { rows: LineRow[] }).rows
}

const good = (day: number, customer: string, qty: number) =>
  `2026-10-${String(day).padStart(2, '0')},${customer},冠脉支架,3.0*18mm,L1,${qty},套,9000,${qty * 9000},D${day}`

test('lines are posted, wait, are excluded or rejected, and the counts in are the counts out', async () => {
  const batch = await send('康泽10月.csv', [
    good(1, '杭州临泽医院', 2),
    good(2, '杭州望江诊所', 1),
    good(2, '杭州望江诊所', 1),
    good(3, '某某不认识的单位', 1),
    '2026-10-04,杭州临泽医院,冠脉支架,3.0*18mm,L1,1,箱,90000,90000,D4',
    '2026-10-05,杭州临泽医院,冠脉支架,3.0*18mm,L1,1,车,90000,90000,D5',
    '2026-09-30,杭州临泽医院,冠脉支架,3.0*18mm,L1,1,套,9000,9000,D6',
    '2026-10-07,杭州临泽医院,冠脉支架,3.0*18mm,L1,很多,套,9000,9000,D7',
    '2026-10-08,杭州临泽医院,冠脉支架,3.0*18mm,L1,-1,套,9000,-9000,D8',
  ])
  const lines = await linesOf(batch)
  const shown = lines.map((line) => [line.state, line.issues.join(' '), line.base_qty])
  expect(shown).toEqual([
    ['posted', '', '2'],
    ['posted', '', '1'],
    ['waiting', 'duplicate', '1'],
    ['waiting', '', '1'],
    ['posted', '', '10'],
    ['waiting', 'unknown-unit', null],
    ['excluded', 'out-of-period', '1'],
    ['rejected', expect.stringContaining('reading.'), null],
    ['posted', '', '-1'],
  ])
  const { rows } = await app.admin.query(
    'select row_count, skipped_count, line_count from flow_batches where id = $1',
    [batch],
  )
  expect(rows[0].row_count).toBe(rows[0].skipped_count + rows[0].line_count)
  expect(rows[0].line_count).toBe(lines.length)
  // The owner is the territory of the institution; nobody owns 望江.
  expect(lines.map((line) => line.territory_name)[0]).toBe('杭州区')
  expect(lines.map((line) => line.territory_name)[1]).toBeNull()
})

test('running a finished batch again, and recomputing its lines, changes nothing', async () => {
  const before = await app.admin.query(`select ${COLUMNS} from flow_lines order by id`)
  await app.admin.query(`update jobs set state = 'queued' where kind = 'flows.run-batch'`)
  await app.runJobs()
  const changed = await app.runAs('steward', async (ctx) => {
    const names = await ctx.db
      .selectFrom('flow_names')
      .where('company_id', '=', ctx.companyId)
      .select('id')
      .execute()
    return recomputeLines(
      ctx,
      names.map((name) => name.id),
    )
  })
  expect(changed).toBe(0)
  expect((await app.admin.query(`select ${COLUMNS} from flow_lines order by id`)).rows).toEqual(before.rows)
})

test('twice the same file is refused with the one that has it, until that one is discarded', async () => {
  const rows = [good(9, '杭州临泽医院', 3)]
  const batch = await send('第一次.csv', rows)
  await expect(send('第二次.csv', rows)).rejects.toMatchObject({ code: 'flows.file-known' })
  const steward = await app.as('steward')
  expect((await steward.delete(`/api/flow-batches/${batch}?reason=传错了`)).status).toBe(200)
  expect(await linesOf(batch)).toEqual([])
  expect((await linesOf(await send('第三次.csv', rows)))[0]?.state).toBe('posted')
})

test('one decision settles all alike, says before what it changes, and is undone without a trace', async () => {
  await send('安和10月.csv', [good(3, '某某不认识的单位', 5)], 'anhe')
  const steward = await app.as('steward')
  const found = (await steward.get('/api/flow-reviews?kind=customer')).body as {
    rows: { normal_text: string; distributor_count: number }[]
  }
  const group = found.rows.find((one) => one.normal_text.includes('某某'))
  expect(group?.distributor_count).toBe(2)
  const text = group?.normal_text ?? ''
  const impact = await steward.get(
    `/api/flow-reviews/impact?kind=customer&normal_text=${encodeURIComponent(text)}`,
  )
  expect(impact.body).toMatchObject({ name_count: 2, distributor_count: 2, line_count: 2 })
  const state = () =>
    app.admin.query(`select n.*, l.state, l.institution_id, l.territory_id from flow_names n
      join flow_lines l on l.customer_name_id = n.id order by l.id`)
  const before = (await state()).rows
  const decided = await steward.post('/api/flow-decisions', {
    kind: 'customer',
    normal_text: text,
    action: 'choose',
    target_id: app.world.institutions.linze,
  })
  expect(decided.body).toMatchObject({ name_count: 2, line_count: 2 })
  const { rows } = await app.admin.query(
    `select state from flow_lines where institution_id = $1 and state = 'waiting'
    and not issues && '{duplicate,unknown-unit}'`,
    [app.world.institutions.linze],
  )
  expect(rows).toEqual([])
  const undone = await steward.delete(`/api/flow-decisions/${(decided.body as { id: string }).id}`)
  expect(undone.body).toMatchObject({ line_count: 2 })
  expect((await state()).rows).toEqual(before)
  expect((await app.admin.query('select 1 from flow_aliases')).rowCount).toBe(0)
})

test('a month with lines that wait cannot be closed; settled, approved and locked it changes no more', async () => {
  const steward = await app.as('steward')
  const refused = await steward.post(`/api/flow-months/${MONTH}/closure`)
  expect(refused.body).toMatchObject({ code: 'flows.close-blocked-lines-waiting' })
  const groups = (await steward.get('/api/flow-reviews?kind=customer')).body as {
    rows: { normal_text: string }[]
  }
  for (const { normal_text } of groups.rows) {
    await steward.post('/api/flow-decisions', { kind: 'customer', normal_text, action: 'ignore' })
  }
  await steward.post('/api/flow-issue-decisions', { month: MONTH, issue: 'duplicate', action: 'exclude' })
  await steward.post('/api/flow-issue-decisions', { month: MONTH, issue: 'unknown-unit', action: 'exclude' })
  const asked = await steward.post(`/api/flow-months/${MONTH}/closure`)
  expect(asked.status).toBe(200)
  await expect(send('太晚了.csv', [good(11, '杭州临泽医院', 1)])).rejects.toMatchObject({
    code: 'flows.month-closed',
  })
  const manager = await app.as('manager')
  const { approval_id } = asked.body as { approval_id: string }
  const approved = await manager.post(`/api/approvals/${approval_id}/decisions`, { decision: 'approve' })
  expect(approved.status).toBeLessThan(300)
  await app.runJobs()
  const month = (await steward.get(`/api/flow-months/${MONTH}`)).body as MonthPage
  expect(month.state).toBe('locked')
  expect(month.versions).toHaveLength(1)
  expect((await steward.get(`/api/flow-months/${MONTH}/seal`)).body).toMatchObject({ intact: true })
  await expect(app.admin.query(`update flow_lines set lot = 'x'`)).rejects.toThrow('closed')
  await expect(app.admin.query('delete from flow_lines')).rejects.toThrow('closed')
})

test('a rep sees a month once it is released, and of it only the own territory, down to the own cells', async () => {
  const rep = await app.as('rep-hangzhou')
  const page = (await rep.get(`/api/flow-lines?month=${MONTH}`)).body as { rows: LineRow[] }
  expect(page.rows).toEqual([])
  const steward = await app.as('steward')
  expect((await steward.put(`/api/flow-months/${MONTH}/release`)).status).toBe(200)
  const own = (await rep.get(`/api/flow-lines?month=${MONTH}`)).body as { rows: LineRow[] }
  expect(own.rows.length).toBeGreaterThan(2)
  expect(new Set(own.rows.map((line) => line.territory_name))).toEqual(new Set(['杭州区']))
  const life = (await rep.get(`/api/flow-lines/${own.rows[0]?.id}`)).body as LineLife
  expect(life.around).toEqual([])
  expect(life.cells.find((cell) => cell.header === '客户名称')?.text).toBe('杭州临泽医院')
  const other = await app.as('rep-chengdu')
  expect((await other.get(`/api/flow-lines/${own.rows[0]?.id}`)).status).toBe(404)
})

test('attainment is the sum of the posted lines of the territory', async () => {
  const { rows } = await app.admin.query(
    `select sum(amount_fen)::bigint as sum from flow_lines
    where state = 'posted' and territory_id = $1`,
    [app.world.territories.hangzhou],
  )
  const director = await app.as('director')
  const report = (await director.get(`/api/attainment?from=${MONTH}&to=${MONTH}`)).body as {
    rows: { name: string; amount_fen: number }[]
    sums: { amount_fen: number }
    unowned: { amount_fen: number }
  }
  expect(report.rows).toMatchObject([{ name: '杭州区', amount_fen: Number(rows[0].sum) }])
  expect(report.sums.amount_fen).toBe(Number(rows[0].sum))
  expect(report.unowned.amount_fen).toBe(900_000)
})

test('a seal tells when somebody with power over the database changed a line', async () => {
  await app.admin.query('alter table flow_lines disable trigger user')
  await app.admin.query(
    `update flow_lines set amount_fen = amount_fen + 1 where state = 'posted' and line_no = 1`,
  )
  await app.admin.query('alter table flow_lines enable trigger user')
  const steward = await app.as('steward')
  expect((await steward.get(`/api/flow-months/${MONTH}/seal`)).body).toMatchObject({ intact: false })
})
