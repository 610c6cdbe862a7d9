import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'
import { runBatch } from './clean-batch.ts'
import { decideNames } from './decide-names.ts'
import { recomputeLines } from './recompute-lines.ts'
import { undoDecision } from './undo-decision.ts'

const MONTH = '2026-10'
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
})
afterAll(() => desk.close())

const send = (name: string, rows: string[], distributor: 'kangze' | 'anhe' = 'kangze') =>
  desk.send({ name, content: csv(rows), month: MONTH, distributor })

/** Everything a decision can change. */
async function everything(): Promise<unknown> {
  const lines =
    await desk.admin.query(`select id, month, batch_id, line_no, institution_id, product_id, territory_id, qty,
    base_qty, state, issues from flow_lines order by id`)
  const names =
    await desk.admin.query(`select id, kind, normal_text, raw_text, state, target_id, via, score, reasons,
    candidates, decision_id, decided_at from flow_names order by id`)
  const aliases = await desk.admin.query('select * from flow_aliases order by kind, normal_text')
  return { lines: lines.rows, names: names.rows, aliases: aliases.rows }
}

async function textOf(raw: string): Promise<string> {
  const { rows } = await desk.admin.query('select distinct normal_text from flow_names where raw_text = $1', [
    raw,
  ])
  expect(rows).toHaveLength(1)
  return rows[0].normal_text
}

async function recomputed(): Promise<number> {
  return desk.runAs('steward', async (ctx) => {
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
}

/** A decision as the steward takes it, with what the page said before. */
async function decide(raw: string, more: Record<string, string>) {
  const steward = await desk.as('steward')
  const kind = more.kind ?? 'customer'
  const normal_text = await textOf(raw)
  const only = more.distributor_id ? `&distributor_id=${more.distributor_id}` : ''
  const impact = await steward.get(
    `/api/flow-reviews/impact?kind=${kind}&normal_text=${encodeURIComponent(normal_text)}${only}`,
  )
  const answer = await steward.post('/api/flow-decisions', { kind, normal_text, action: 'choose', ...more })
  expect(answer.status).toBe(201)
  expect(answer.body.line_count).toBe(impact.body.line_count)
  expect(answer.body.name_count).toBe(impact.body.name_count)
  return answer.body as { id: string; name_count: number; line_count: number }
}

async function undo(id: string) {
  const steward = await desk.as('steward')
  const answer = await steward.delete(`/api/flow-decisions/${id}`)
  expect([answer.status, answer.body]).toEqual([200, answer.body])
  return answer.body
}

describe('names', () => {
  const RAW = '西溪某某单位'

  test('a decision for one distributor leaves the other waiting, and is undone exactly', async () => {
    await send('康泽.csv', [sale('2026-10-01', RAW, 1), sale('2026-10-02', RAW, 2)])
    await send('安和.csv', [sale('2026-10-01', RAW, 3)], 'anhe')
    const before = await everything()
    const { linze } = desk.world.institutions
    const made = await decide(RAW, { target_id: linze, distributor_id: desk.world.distributors.kangze })
    expect(made).toMatchObject({ name_count: 1, line_count: 2 })
    const { rows } = await desk.admin.query(
      `select l.state, l.territory_id from flow_lines l join flow_names n on n.id = l.customer_name_id
      where n.raw_text = $1 order by l.id`,
      [RAW],
    )
    const owner = desk.world.territories.hangzhou
    expect(rows).toEqual([
      { state: 'posted', territory_id: owner },
      { state: 'posted', territory_id: owner },
      { state: 'waiting', territory_id: null },
    ])
    expect(await recomputed()).toBe(0)
    await undo(made.id)
    expect(await everything()).toEqual(before)
  })

  test('decided again, the first decision cannot be undone before the second; both undone leave no trace', async () => {
    const before = await everything()
    const first = await decide(RAW, { target_id: desk.world.institutions.linze })
    const between = await everything()
    const second = await decide(RAW, { target_id: desk.world.institutions.jinping })
    const steward = await desk.as('steward')
    expect((await steward.delete(`/api/flow-decisions/${first.id}`)).body).toMatchObject({
      status: 409,
      code: 'flows.decided-again',
    })
    await undo(second.id)
    expect(await everything()).toEqual(between)
    await undo(first.id)
    expect(await everything()).toEqual(before)
    expect((await steward.delete(`/api/flow-decisions/${first.id}`)).body.code).toBe('flows.already-undone')
  })

  test('an ignored text takes its lines out, also when an alias stood for it, and back', async () => {
    const before = await everything()
    const chosen = await decide(RAW, { target_id: desk.world.institutions.linze })
    const between = await everything()
    const ignored = await decide(RAW, { action: 'ignore' })
    const { rows } = await desk.admin.query(
      `select distinct l.state from flow_lines l join flow_names n on n.id = l.customer_name_id where n.raw_text = $1`,
      [RAW],
    )
    expect(rows).toEqual([{ state: 'excluded' }])
    expect((await desk.admin.query('select 1 from flow_aliases')).rowCount).toBe(0)
    // Choosing for an ignored text says beforehand how many lines come back.
    const back = await decide(RAW, { target_id: desk.world.institutions.linze })
    expect(back.line_count).toBe(3)
    for (const one of [back, ignored]) await undo(one.id)
    expect(await everything()).toEqual(between)
    await undo(chosen.id)
    expect(await everything()).toEqual(before)
  })

  test('what a file learnt from an alias goes when the decision is undone', async () => {
    const made = await decide(RAW, { target_id: desk.world.institutions.linze })
    await desk.admin.query('delete from flow_lines where distributor_id = $1', [desk.world.distributors.anhe])
    await desk.admin.query('delete from flow_names where distributor_id = $1', [desk.world.distributors.anhe])
    const id = await send('安和之后.csv', [sale('2026-10-03', RAW, 4)], 'anhe')
    expect(await desk.lines(id)).toMatchObject([
      { state: 'posted', institution_id: desk.world.institutions.linze },
    ])
    await undo(made.id)
    expect(await desk.lines(id)).toMatchObject([{ state: 'waiting', institution_id: null }])
    expect(await recomputed()).toBe(0)
    await decide(RAW, { action: 'ignore' })
  })

  test('a product is chosen the same way, and its unit ladder counts', async () => {
    const row = '2026-10-04,杭州临泽医院,止血的那种布,不知道,L9,3,盒,930,2790,P1'
    const id = await send('产品.csv', [row])
    expect(await desk.lines(id)).toMatchObject([{ state: 'waiting', base_qty: null }])
    const before = await everything()
    const made = await decide('止血的那种布', { kind: 'product', target_id: desk.world.products.gauze })
    expect(await desk.lines(id)).toMatchObject([{ state: 'posted', base_qty: '60' }])
    await undo(made.id)
    expect(await everything()).toEqual(before)
    await decide('止血的那种布', { kind: 'product', target_id: desk.world.products.gauze })
  })

  test('a spelling of a unit that the line knows is known to a later decision too', async () => {
    const row = (customer: string, doc: string) =>
      `2026-10-05,${customer},止血纱布,5*10cm,L3,2,合,930,1860,${doc}`
    const id = await send('合.csv', [row('杭州临泽医院', 'H1'), row('谁也不认识的店', 'H2')])
    expect((await desk.lines(id)).map((line) => line.base_qty)).toEqual(['40', '40'])
    expect(await recomputed()).toBe(0)
    await decide('谁也不认识的店', { target_id: desk.world.institutions.wangjiang })
    expect((await desk.lines(id)).map((line) => [line.state, line.base_qty])).toEqual([
      ['posted', '40'],
      ['posted', '40'],
    ])
  })

  test('nothing is decided for a target of another company, or one that is retired', async () => {
    const steward = await desk.as('steward')
    const body = { kind: 'customer', normal_text: await textOf(RAW), action: 'choose' }
    for (const target_id of [desk.world.institutions.neighbour, desk.world.products.stent]) {
      const answer = await steward.post('/api/flow-decisions', { ...body, target_id })
      expect(answer.body.code).toBe('flows.target-unknown')
    }
    expect((await steward.post('/api/flow-decisions', body)).body.code).toBe('flows.target-missing')
  })
})

describe('issues', () => {
  test('kept, excluded and undone; a decision on another issue of the line stays', async () => {
    // One line twice over, with a unit nobody knows and a sign that contradicts the amount.
    const row = '2026-10-08,杭州临泽医院,冠脉支架,3.0*18mm,L1,2,捆,3800,-7600,I1'
    const id = await send('三疑.csv', [row, row])
    expect((await desk.lines(id)).map((line) => line.issues)).toEqual([
      ['unknown-unit', 'sign-conflict'],
      ['unknown-unit', 'sign-conflict', 'duplicate'],
    ])
    const before = await everything()
    const keep = async (issue: string, action = 'keep') => {
      const steward = await desk.as('steward')
      const body = { month: MONTH, issue, action, batch_id: id }
      return (await steward.post('/api/flow-issue-decisions', body)).body as {
        id: string
        line_count: number
      }
    }
    const unit = await keep('unknown-unit')
    const sign = await keep('sign-conflict')
    expect((await desk.lines(id)).map((line) => [line.state, line.base_qty])).toEqual([
      ['posted', '2'],
      ['waiting', '2'],
    ])
    const duplicate = await keep('duplicate', 'exclude')
    expect((await desk.lines(id)).map((line) => line.state)).toEqual(['posted', 'excluded'])
    expect(await recomputed()).toBe(0)
    // Not in the order they were taken.
    await undo(sign.id)
    expect((await desk.lines(id)).map((line) => [line.state, line.issues])).toEqual([
      ['waiting', ['unknown-unit-kept', 'sign-conflict']],
      ['excluded', ['unknown-unit-kept', 'sign-conflict', 'duplicate-excluded']],
    ])
    await undo(unit.id)
    await undo(duplicate.id)
    expect(await everything()).toEqual(before)
    await keep('unknown-unit', 'exclude')
    const steward = await desk.as('steward')
    const nothing = await steward.post('/api/flow-issue-decisions', {
      month: MONTH,
      issue: 'unknown-unit',
      action: 'keep',
      batch_id: id,
    })
    expect(nothing.body.code).toBe('flows.nothing-waits')
  })

  test('a line that was taken out follows what was decided on its names meanwhile, once it is back', async () => {
    const row = sale('2026-10-09', '某处的诊室', 1)
    const id = await send('先除后名.csv', [row, row])
    const steward = await desk.as('steward')
    const body = { month: MONTH, issue: 'duplicate', action: 'exclude', batch_id: id }
    const out = (await steward.post('/api/flow-issue-decisions', body)).body
    await decide('某处的诊室', { target_id: desk.world.institutions.linze })
    expect((await desk.lines(id)).map((line) => line.state)).toEqual(['posted', 'excluded'])
    await undo(out.id)
    expect(await desk.lines(id)).toMatchObject([
      { state: 'posted' },
      { state: 'waiting', issues: ['duplicate'], institution_id: desk.world.institutions.linze },
    ])
  })

  test('alike lines wait across files too, whichever batch brought the first', async () => {
    const row = sale('2026-10-10', '杭州临泽医院', 7)
    await send('甲.csv', [row])
    const id = await send('乙.csv', [row, sale('2026-10-10', '杭州临泽医院', 8)])
    expect((await desk.lines(id)).map((line) => [line.state, line.issues])).toEqual([
      ['waiting', ['duplicate']],
      ['posted', []],
    ])
    // Another distributor's line is no duplicate of it.
    const other = await send('丙.csv', [row], 'anhe')
    expect(await desk.lines(other)).toMatchObject([{ state: 'posted' }])
  })
})

describe('while a batch is being cleaned', () => {
  /** Runs the line on a batch and does something else after its lines are written and before they are committed. */
  async function meanwhile(rows: string[], work: () => Promise<unknown>): Promise<string> {
    const id = await desk.put({ name: '同时.csv', content: csv(rows), month: MONTH })
    let done = false
    const job = desk.jobOn('flows.run-batch', id)
    await runBatch({
      ...job,
      transaction: (deed) =>
        job.transaction(async (ctx) => {
          const result = await deed(ctx)
          const written = await ctx.db
            .selectFrom('flow_lines')
            .where('company_id', '=', ctx.companyId)
            .where('batch_id', '=', id)
            .select('id')
            .executeTakeFirst()
          if (!written || done) return result
          done = true
          await work()
          return result
        }),
    })
    expect(done).toBe(true)
    await desk.runJobs()
    return id
  }

  test('a decision on a known text reaches the lines that it could not see', async () => {
    await send('先来.csv', [sale('2026-10-11', '同时的单位', 1)])
    const normal_text = await textOf('同时的单位')
    let decision = ''
    const { linze } = desk.world.institutions
    const id = await meanwhile([sale('2026-10-12', '同时的单位', 2)], async () => {
      decision = await desk.runAs('steward', async (ctx) => {
        const made = await decideNames(ctx, {
          kind: 'customer',
          normal_text,
          action: 'choose',
          target_id: linze,
        })
        return made.id
      })
    })
    expect(await desk.lines(id)).toMatchObject([{ state: 'posted', institution_id: linze }])
    const again = await meanwhile([sale('2026-10-13', '同时的单位', 3)], () =>
      desk.runAs('steward', (ctx) => undoDecision(ctx, decision)),
    )
    expect(await desk.lines(again)).toMatchObject([{ state: 'waiting', institution_id: null }])
    expect(await recomputed()).toBe(0)
  })

  test('an alias learnt meanwhile reaches a name that was new', async () => {
    await send('别家.csv', [sale('2026-10-14', '只此一家', 1)], 'anhe')
    const normal_text = await textOf('只此一家')
    const { linze } = desk.world.institutions
    const id = await meanwhile([sale('2026-10-15', '只此一家', 2)], () =>
      desk.runAs('steward', (ctx) =>
        decideNames(ctx, { kind: 'customer', normal_text, action: 'choose', target_id: linze }),
      ),
    )
    expect(await desk.lines(id)).toMatchObject([{ state: 'posted', institution_id: linze }])
  })
})

test('a product that was retired after it was decided still counts', async () => {
  const { rows } = await desk.admin.query(
    `insert into products (company_id, code, name, spec, base_unit, search_text, pinyin)
    values ($1, 'G009', '旧款导管', '6F', '根', '旧款导管', 'jkdg') returning id`,
    [desk.world.company.lanzhou],
  )
  const row = (day: string) => `${day},杭州临泽医院,旧款导管,6F,L1,2,根,100,200,R${day}`
  await send('旧1.csv', [row('2026-10-20')])
  await desk.admin.query(`update products set state = 'retired', changed_at = now() where id = $1`, [
    rows[0].id,
  ])
  const id = await send('旧2.csv', [row('2026-10-21')])
  expect(await desk.lines(id)).toMatchObject([{ state: 'posted', product_id: rows[0].id, base_qty: '2' }])
  expect(await recomputed()).toBe(0)
})

test('purchase and stock tables are posted without a customer', async () => {
  const purchase = await desk.send({
    name: '采购.csv',
    content: csv(
      ['2026-10-16,澜州医疗,冠脉支架,3.0*18mm,L1,5,套'],
      '采购日期,供应商,产品名称,规格,批号,数量,单位',
    ),
    month: MONTH,
  })
  const stock = await desk.send({
    name: '库存.csv',
    content: csv(['冠脉支架,3.0*18mm,L1,5,箱,主仓'], '产品名称,规格,批号,库存数量,单位,仓库'),
    month: MONTH,
  })
  for (const [id, kind] of [
    [purchase, 'purchase'],
    [stock, 'stock'],
  ] as const) {
    const batch = await desk.batch(id)
    if (batch.state === 'mapping') {
      const steward = await desk.as('steward')
      await steward.put(`/api/flow-batches/${id}/mapping`, { kind, mapping: batch.mapping })
      await desk.runJobs()
    }
    expect(await desk.batch(id)).toMatchObject({ state: 'done', kind })
    expect(await desk.lines(id)).toMatchObject([{ state: 'posted', product_id: desk.world.products.stent }])
  }
  expect(await recomputed()).toBe(0)
})
