import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PublishedEvent } from '#platform/events/publish-event.ts'
import { type Client, startTestApp, type TestApp } from '#tests/http.ts'
import { approvalMoves } from './approval-states.ts'
import { decideApproval, requestApproval } from './public.ts'
import { approvalDecisions, approvalStates } from './shapes.ts'

let app: TestApp
let decided: PublishedEvent[] = []
let count = 0

beforeAll(async () => {
  app = await startTestApp({
    modules: [
      {
        name: 'test',
        routes: [],
        approvalKinds: [
          { kind: 'test.thing', optional: true },
          { kind: 'test.needed', optional: false },
        ],
        listeners: {
          'approvals.decided': async (_, event) => {
            decided.push(event)
          },
        },
      },
    ],
  })
})
afterAll(() => app.close())
beforeEach(async () => {
  await app.runJobs()
  decided = []
})

async function setRule(steps: { name: string; role: string; needed: number }[]): Promise<void> {
  const admin = await app.as('security')
  const answer = await admin.put('/api/approval-rules/test.thing', { name: '测试', steps })
  expect(answer.status).toBe(200)
}

/** A new approval that the manager asked for. */
const request = () =>
  app.runAs('manager', (ctx) => {
    count += 1
    return requestApproval(ctx, { subject: ['test.thing', String(count)], title: `事项${count}` })
  })

const decide = (client: Client, id: string, body: object) =>
  client.post(`/api/approvals/${id}/decisions`, body)

const ONE_OF_DIRECTORS = [{ name: '总监', role: 'director', needed: 1 }]

test('without a rule nothing can be asked for', async () => {
  const asked = app.runAs('manager', (ctx) =>
    requestApproval(ctx, { subject: ['test.unruled', '1'], title: 'x' }),
  )
  await expect(asked).rejects.toThrow('approvals.no-rule')
})

test('a step that too few people can decide is refused before it waits for ever', async () => {
  await setRule([{ name: '财务', role: 'finance', needed: 2 }])
  await expect(request()).rejects.toThrow('approvals.too-few-people')
})

test('a rule with a role that does not exist is refused', async () => {
  const admin = await app.as('security')
  const steps = [{ name: 'x', role: 'emperor', needed: 1 }]
  expect((await admin.put('/api/approval-rules/test.thing', { name: 'x', steps })).body.code).toBe(
    'approvals.unknown-role',
  )
})

test('a role that may not decide is no step: it would wait for ever, and the field says which', async () => {
  const admin = await app.as('security')
  const steps = [...ONE_OF_DIRECTORS, { name: '业务员', role: 'sales-rep', needed: 1 }]
  const { body } = await admin.put('/api/approval-rules/test.thing', { name: 'x', steps })
  expect([body.code, body.fields]).toEqual(['approvals.unknown-role', { 'steps.1.role': 'invalid_value' }])
})

test('each kind that is asked for has a row, with a rule or without, and each deciding role its people', async () => {
  await setRule(ONE_OF_DIRECTORS)
  const { body } = await (await app.as('security')).get('/api/approval-rules')
  expect(body.rows).toEqual([
    {
      subject_kind: 'test.thing',
      optional: true,
      rule: { id: expect.any(String), name: '测试', steps: ONE_OF_DIRECTORS },
    },
    { subject_kind: 'test.needed', optional: false, rule: null },
  ])
  expect(body.roles).toContainEqual({ role: 'director', people: 2 })
  expect(body.roles.map((one: { role: string }) => one.role)).not.toContain('sales-rep')
})

test('who is shut out is not counted among those who hold a role', async () => {
  const admin = await app.as('security')
  const { both } = app.world.people
  const shutOut = (at: string) =>
    app.admin.query(`update memberships set disabled_at = ${at} where person_id = $1 and company_id = $2`, [
      both,
      app.world.company.lanzhou,
    ])
  await shutOut('now()')
  const { body } = await admin.get('/api/approval-rules')
  await shutOut('null')
  expect(body.roles).toContainEqual({ role: 'director', people: 1 })
})

test('a kind that nobody asks for has no rule to set or to end', async () => {
  const admin = await app.as('security')
  const set = await admin.put('/api/approval-rules/test.other', { name: 'x', steps: ONE_OF_DIRECTORS })
  expect([set.status, set.body.code]).toEqual([404, 'approvals.unknown-kind'])
  expect((await admin.delete('/api/approval-rules/test.other')).body.code).toBe('approvals.unknown-kind')
})

test('an optional rule can be ended, once and on record; what is under way goes on by its steps', async () => {
  await setRule(ONE_OF_DIRECTORS)
  const id = await request()
  const admin = await app.as('security')
  expect((await admin.delete('/api/approval-rules/test.thing')).status).toBe(200)
  expect((await admin.delete('/api/approval-rules/test.thing')).status).toBe(404)
  await expect(request()).rejects.toThrow('approvals.no-rule')
  expect((await decide(await app.as('director'), id, { decision: 'approve' })).body.state).toBe('approved')
  const { rows } = await app.admin.query(
    `select old_value, new_value from audit where deed = 'approvals.end-rule' and subject_id = 'test.thing'`,
  )
  expect(rows).toEqual([{ old_value: { name: '测试', steps: ONE_OF_DIRECTORS }, new_value: null }])
})

test('a rule without which nothing goes on can be changed, not ended', async () => {
  const admin = await app.as('security')
  const rule = { name: '必需', steps: ONE_OF_DIRECTORS }
  expect((await admin.put('/api/approval-rules/test.needed', rule)).status).toBe(200)
  const ended = await admin.delete('/api/approval-rules/test.needed')
  expect([ended.status, ended.body.code]).toEqual([409, 'approvals.rule-required'])
})

test('only who manages people sees and sets rules', async () => {
  const steward = await app.as('steward')
  expect((await steward.get('/api/approval-rules')).status).toBe(403)
  expect((await steward.delete('/api/approval-rules/test.thing')).status).toBe(403)
})

test('two steps: each waits for its role, the end is told as event and to the requester', async () => {
  await setRule([
    { name: '财务', role: 'finance', needed: 1 },
    { name: '总监', role: 'director', needed: 2 },
  ])
  const id = await request()
  const [finance, director, both] = [await app.as('finance'), await app.as('director'), await app.as('both')]
  expect((await decide(director, id, { decision: 'approve' })).body.code).toBe('approvals.not-yours')
  const mine = await finance.get('/api/approvals?box=mine')
  expect(mine.body.rows.map((row: { id: string }) => row.id)).toEqual([id])
  expect((await director.get('/api/approvals?box=mine')).body.rows).toEqual([])
  expect((await finance.get('/api/notifications/count')).body.unread).toBeGreaterThan(0)

  const after = await decide(finance, id, { decision: 'approve' })
  expect([after.status, after.body.state, after.body.step_no]).toEqual([201, 'pending', 1])
  expect(after.body.waiting_for.map((one: { name: string }) => one.name).sort()).toEqual(['程远山', '闻人双'])
  expect((await decide(finance, id, { decision: 'approve' })).body.code).toBe('approvals.not-yours')
  expect((await decide(director, id, { decision: 'approve' })).body.state).toBe('pending')
  expect((await decide(director, id, { decision: 'approve' })).body.code).toBe('approvals.decided-already')
  expect((await both.get(`/api/approvals/${id}`)).body.can).toContain('approve')
  expect((await decide(both, id, { decision: 'approve' })).body.state).toBe('approved')
  expect((await decide(both, id, { decision: 'reject', reason: 'x' })).body.code).toBe(
    'approvals.wrong-state',
  )

  await app.runJobs()
  expect(decided.map((event) => event.payload)).toEqual([
    { subject_kind: 'test.thing', subject_id: String(count), approval_id: id, outcome: 'approved' },
  ])
  const manager = await app.as('manager')
  expect((await manager.get('/api/notifications')).body.rows[0]).toMatchObject({
    kind: 'approvals.approved',
    params: { title: `事项${count}` },
    href: `/approvals?open=${id}`,
  })
})

test('the requester decides nothing, even with the role, and alone may withdraw', async () => {
  await setRule(ONE_OF_DIRECTORS)
  const id = await app.runAs('director', (ctx) =>
    requestApproval(ctx, { subject: ['test.thing', 'own'], title: '自己的事' }),
  )
  const [director, both] = [await app.as('director'), await app.as('both')]
  expect((await decide(director, id, { decision: 'approve' })).body.code).toBe('approvals.own-request')
  expect((await director.get(`/api/approvals/${id}`)).body.can).toEqual(['withdraw'])
  expect((await decide(both, id, { decision: 'withdraw' })).body.code).toBe('approvals.only-requester')
  expect((await decide(director, id, { decision: 'withdraw' })).body.state).toBe('withdrawn')
  await app.runJobs()
  expect(decided.map((event) => event.payload.outcome)).toEqual(['withdrawn'])
})

test('one subject has one open approval', async () => {
  await setRule(ONE_OF_DIRECTORS)
  const ask = () =>
    app.runAs('manager', (ctx) => requestApproval(ctx, { subject: ['test.thing', 'twice'], title: 'x' }))
  await ask()
  await expect(ask()).rejects.toThrow('approvals.already-open')
})

test('rejecting and holding need a reason; what is held stops until it is resumed', async () => {
  await setRule(ONE_OF_DIRECTORS)
  const id = await request()
  const [director, both] = [await app.as('director'), await app.as('both')]
  expect((await decide(director, id, { decision: 'reject', reason: ' ' })).body.code).toBe(
    'approvals.reason-needed',
  )
  expect((await decide(director, id, { decision: 'hold' })).body.code).toBe('approvals.reason-needed')
  expect((await decide(director, id, { decision: 'hold', reason: '待补资料' })).body.state).toBe('held')
  expect((await decide(both, id, { decision: 'approve' })).body.code).toBe('approvals.wrong-state')
  expect((await decide(both, id, { decision: 'resume' })).body.state).toBe('pending')
  const end = await decide(director, id, { decision: 'reject', reason: '价格不符' })
  expect(end.body.state).toBe('rejected')
  expect(end.body.decisions.map((one: { decision: string }) => one.decision)).toEqual([
    'hold',
    'resume',
    'reject',
  ])
})

test('who hands over decides no more, and the delegate decides for them', async () => {
  await setRule([{ name: '财务', role: 'finance', needed: 1 }])
  const id = await request()
  const [finance, steward] = [await app.as('finance'), await app.as('steward')]
  const { people } = app.world
  const to = (delegate_to: string) => decide(finance, id, { decision: 'delegate', delegate_to })
  expect((await to(people.manager)).body.code).toBe('approvals.wrong-delegate')
  expect((await to(people['clerk-anhe'])).body.code).toBe('approvals.wrong-delegate')
  expect((await to(people['by-steward'])).body.code).toBe('approvals.wrong-delegate')
  expect((await to(people.audit)).body.code).toBe('approvals.wrong-delegate')
  expect((await decide(steward, id, { decision: 'approve' })).body.code).toBe('approvals.not-yours')
  const offered = await finance.get(`/api/approvals/${id}/delegates?q=s`)
  expect(offered.body.rows.map((one: { login: string }) => one.login)).toEqual(['steward'])
  expect((await to(people.steward)).status).toBe(201)
  expect((await decide(finance, id, { decision: 'approve' })).body.code).toBe('approvals.decided-already')
  expect((await steward.get('/api/approvals?box=mine')).body.total).toBe(1)
  const end = await decide(steward, id, { decision: 'approve' })
  expect(end.body.state).toBe('approved')
  expect(end.body.decisions.at(-1)).toMatchObject({ person_name: '沈知微', for_person_name: '顾清和' })
})

test('two who approve at the same moment make one end', async () => {
  await setRule(ONE_OF_DIRECTORS)
  for (let round = 0; round < 10; round += 1) {
    const id = await request()
    const ends = await Promise.allSettled(
      (['director', 'both'] as const).map((login) =>
        app.runAs(login, (ctx) => decideApproval(ctx, id, { decision: 'approve' })),
      ),
    )
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected'])
  }
  await app.runJobs()
  expect(decided).toHaveLength(10)
})

test('the neighbour sees no approval and no rule', async () => {
  await setRule(ONE_OF_DIRECTORS)
  const id = await request()
  const neighbour = await app.as('by-steward')
  expect((await neighbour.get('/api/approvals?box=all')).body.total).toBe(0)
  expect((await neighbour.get(`/api/approvals/${id}`)).status).toBe(404)
  expect((await decide(neighbour, id, { decision: 'approve' })).status).toBe(404)
})

test('a decision cannot be changed afterwards, and each stands in the audit trail of its subject', async () => {
  await expect(app.admin.query(`update approval_decisions set reason = 'x'`)).rejects.toThrow(/append-only/)
  const { rows } = await app.admin.query(
    `select deed from audit where subject_kind = 'test.thing' and subject_id = 'own'`,
  )
  expect(rows.map((row) => row.deed)).toEqual(['approvals.request', 'approvals.withdraw'])
})

test.each(approvalStates.flatMap((state) => approvalDecisions.map((decision) => [state, decision] as const)))(
  'from %s by %s leads where the table says, and nowhere else',
  async (state, decision) => {
    await setRule(ONE_OF_DIRECTORS)
    const id = await request()
    await app.admin.query('update approvals set state = $2 where id = $1', [id, state])
    const login = decision === 'withdraw' ? 'manager' : 'director'
    const delegate_to = app.world.people.steward
    const input = { decision, reason: '理由', ...(decision === 'delegate' && { delegate_to }) }
    const act = app.runAs(login, (ctx) => decideApproval(ctx, id, input))
    const target = approvalMoves[state][decision]
    if (target) expect(await act).toBe(target)
    else await expect(act).rejects.toThrow('approvals.wrong-state')
  },
)
