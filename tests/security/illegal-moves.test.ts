import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modules } from '#apps/server/modules.ts'
import { distributorMoves } from '#modules/masterdata/distributors/distributor-states.ts'
import { importDeeds } from '#modules/masterdata/imports/import-states.ts'
import { approvalMoves } from '#platform/approvals/approval-states.ts'
import { type Client, startTestApp, type TestApp } from '#tests/http.ts'
import { monthMoves } from '../../modules/flows/shapes.ts'

// Every pair of state and move that the state tables do not hold: 409, nothing changed, and a row in the audit trail.
let app: TestApp
let steward: Client

beforeAll(async () => {
  app = await startTestApp({ modules })
  steward = await app.as('steward')
})
afterAll(() => app.close())

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[]

/** The move is refused and written down, with who and what; the row keeps its state. */
async function isRefused(
  act: () => Promise<{ status: number }>,
  subjectKind: string,
  stateNow: () => Promise<string>,
  state: string,
): Promise<void> {
  const count = async () => {
    const { rows } = await app.admin.query(
      `select count(*)::int as n, max(new_value->>'state') as state from audit
      where deed = 'platform.refuse-move' and subject_kind = $1 and person_id is not null`,
      [subjectKind],
    )
    return rows[0].n as number
  }
  const before = await count()
  expect((await act()).status).toBe(409)
  expect([await count(), await stateNow()]).toEqual([before + 1, state])
}

const one = async (text: string, values: unknown[]) => (await app.admin.query(text, values)).rows[0]

describe('approvals', () => {
  const DECISIONS = ['approve', 'reject', 'hold', 'resume', 'delegate', 'withdraw'] as const
  const illegal = keysOf(approvalMoves).flatMap((state) =>
    DECISIONS.filter((decision) => !approvalMoves[state][decision]).map((decision) => [state, decision]),
  )

  test.each(illegal)('of state %s cannot %s', async (state, decision) => {
    const steps = JSON.stringify([{ name: 'x', role: 'channel-manager', needed: 1 }])
    const { id } = await one(
      `insert into approvals (company_id, subject_kind, subject_id, title, steps, requested_by, state)
      values ($1, 'test.thing', gen_random_uuid()::text, 'x', $2, $3, $4) returning id`,
      [app.world.company.lanzhou, steps, app.world.people.steward, state],
    )
    // Only who asked may withdraw; the others decide.
    const client = decision === 'withdraw' ? steward : await app.as('manager')
    const body = {
      decision,
      reason: '试一试',
      ...(decision === 'delegate' && { delegate_to: app.world.people.director }),
    }
    await isRefused(
      () => client.post(`/api/approvals/${id}/decisions`, body),
      'platform.decideApproval',
      async () => (await one('select state from approvals where id = $1', [id])).state,
      String(state),
    )
  })
})

describe('flow months', () => {
  const month = '2026-03'
  const stateNow = async () =>
    (await one('select state from flow_months where month = $1', [`${month}-01`])).state
  beforeAll(async () => {
    expect((await steward.post('/api/flow-months', { month })).status).toBe(201)
  })
  const acts = [
    ['approving', 'post', 'closure', 'flows.requestClosure'],
    ['released', 'put', 'release', 'flows.releaseMonth'],
  ] as const
  const illegal = acts.flatMap(([to, ...act]) =>
    keysOf(monthMoves)
      .filter((from) => !monthMoves[from].includes(to))
      .map((from) => [from, to, ...act] as const),
  )

  test.each(illegal)('of state %s cannot become %s', async (from, _, method, path, id) => {
    await app.admin.query('update flow_months set state = $1 where month = $2', [from, `${month}-01`])
    await isRefused(() => steward[method](`/api/flow-months/${month}/${path}`), id, stateNow, from)
  })
})

describe('distributors', () => {
  const states = keysOf(distributorMoves)
  const illegal = states.flatMap((from) =>
    states.filter((to) => !distributorMoves[from].includes(to)).map((to) => [from, to] as const),
  )

  test.each(illegal)('of state %s cannot become %s', async (from, to) => {
    const id = app.world.distributors.anhe
    const { version } = await one('update distributors set state = $1 where id = $2 returning version', [
      from,
      id,
    ])
    await isRefused(
      () => steward.put(`/api/distributors/${id}/standing`, { state: to, version, reason: '试一试' }),
      'masterdata.setDistributorStanding',
      async () => (await one('select state from distributors where id = $1', [id])).state,
      from,
    )
  })
})

describe('master data in and out of use', () => {
  test.each([
    ['institutions', 'retired', 'post', 'masterdata.retireInstitution', () => app.world.institutions.jinping],
    [
      'institutions',
      'active',
      'delete',
      'masterdata.restoreInstitution',
      () => app.world.institutions.jinping,
    ],
    ['products', 'retired', 'post', 'masterdata.retireProduct', () => app.world.products.gauze],
    ['products', 'active', 'delete', 'masterdata.restoreProduct', () => app.world.products.gauze],
  ] as const)('%s that are %s already cannot become so', async (table, state, method, routeId, idOf) => {
    const id = idOf()
    const { version } = await one(`update ${table} set state = $1 where id = $2 returning version`, [
      state,
      id,
    ])
    await isRefused(
      () => steward[method](`/api/${table}/${id}/retirement`, { version, reason: '试一试' }),
      routeId,
      async () => (await one(`select state from ${table} where id = $1`, [id])).state,
      state,
    )
  })
})

describe('imports', () => {
  const states = [
    'mapping',
    'reading',
    'checking',
    'checked',
    'approving',
    'running',
    'done',
    'undone',
    'failed',
  ]
  const acts = [
    ['run', 'post', 'run', 'masterdata.requestRun'],
    ['undo', 'delete', 'run', 'masterdata.undoImport'],
  ] as const
  const illegal = acts.flatMap(([deed, ...act]) =>
    states
      .filter((state) => !(importDeeds[deed] as readonly string[]).includes(state))
      .map((state) => [state, deed, ...act] as const),
  )

  test.each(illegal)('of state %s cannot %s', async (state, _, method, path, routeId) => {
    const manager = await app.as('manager')
    const known = await one(
      `insert into master_imports (company_id, kind, state, batch, job_id, person_id)
      values ($1, 'institutions', $2, '{}', gen_random_uuid(), $3) returning id`,
      [app.world.company.lanzhou, state, app.world.people.manager],
    )
    await isRefused(
      () => manager[method](`/api/imports/${known.id}/${path}`),
      routeId,
      async () => (await one('select state from master_imports where id = $1', [known.id])).state,
      state,
    )
  })
})
