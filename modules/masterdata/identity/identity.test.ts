import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import type { Client } from '#tests/http-client.ts'
import { masterdataApprovals, masterdataJobs, masterdataListeners } from '../jobs.ts'
import { masterdataRoutes } from '../routes.ts'

let app: TestApp
let steward: Client
let manager: Client
beforeAll(async () => {
  app = await startTestApp({
    modules: [
      {
        name: 'masterdata',
        routes: masterdataRoutes,
        jobs: masterdataJobs,
        listeners: masterdataListeners,
        approvalKinds: masterdataApprovals,
      },
    ],
  })
  steward = await app.as('steward')
  manager = await app.as('manager')
  const admin = await app.as('security')
  const steps = [{ name: '复核', role: 'channel-manager', needed: 1 }]
  const set = await admin.put('/api/approval-rules/masterdata.institutions', { name: '机构身份变更', steps })
  expect(set.status, JSON.stringify(set.body)).toBe(200)
})
afterAll(() => app.close())

async function create(code: string, name: string): Promise<string> {
  const answer = await steward.post('/api/institutions', { code, name, kind: 'hospital' })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

const find = async (id: string) => (await steward.get(`/api/institutions/${id}`)).body

async function change(id: string, fields: Record<string, unknown>) {
  const row = await find(id)
  const { id: _id, parent_name: _parent, state: _state, merged_into: _into, changed_at: _at, ...input } = row
  return steward.put(`/api/institutions/${id}`, { ...input, ...fields })
}

async function decide(approvalId: string, decision: object) {
  const answer = await manager.post(`/api/approvals/${approvalId}/decisions`, decision)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  await app.runJobs()
}

const proposals = async (id: string) => (await steward.get(`/api/institutions/${id}/proposals`)).body.rows

test('a change of identity waits for approval, everything else holds at once', async () => {
  const id = await create('I1', '东湖医院')
  const answer = await change(id, { name: '东湖人民医院', level: '三级甲等', city: '武汉市' })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  expect(answer.body.approval_id).not.toBeNull()
  expect(await find(id)).toMatchObject({ name: '东湖医院', level: '三级甲等', city: '武汉市' })
  expect(await proposals(id)).toMatchObject([
    { state: 'waiting', fields: [{ field: 'name', before: '东湖医院', after: '东湖人民医院' }] },
  ])
  const again = await change(id, { name: '东湖中心医院' })
  expect([again.status, again.body.code]).toEqual([409, 'masterdata.identity-waiting'])

  await decide(answer.body.approval_id, { decision: 'approve' })
  expect(await find(id)).toMatchObject({ name: '东湖人民医院', level: '三级甲等' })
  expect((await proposals(id))[0].state).toBe('applied')
  expect((await steward.get('/api/institutions?q=dhrm')).body.total).toBe(1)
  const deeds = (await steward.get(`/api/institutions/${id}/history`)).body.rows.map(
    (row: { deed: string }) => row.deed,
  )
  expect(deeds.slice(0, 2)).toEqual(['masterdata.apply', 'approvals.approve'])
  expect(deeds).toContain('masterdata.propose')
})

test('a rejected change of identity changes nothing and says why', async () => {
  const id = await create('I2', '西湖医院')
  const { body } = await change(id, { kind: 'clinic' })
  await decide(body.approval_id, { decision: 'reject', reason: '执业许可证上仍是医院' })
  expect((await find(id)).kind).toBe('hospital')
  expect((await proposals(id))[0]).toMatchObject({ state: 'rejected', reason: '执业许可证上仍是医院' })
  const told = (await steward.get('/api/notifications')).body.rows
  expect(told[0]).toMatchObject({ kind: 'approvals.rejected', params: { reason: '执业许可证上仍是医院' } })
  expect((await change(id, { name: '西湖人民医院' })).status).toBe(200)
})

test('an approved code that was taken meanwhile is not applied, and whoever asked is told', async () => {
  const id = await create('I3', '南湖医院')
  const { body } = await change(id, { code: 'I3-NEW' })
  await create('I3-NEW', '别的医院')
  await decide(body.approval_id, { decision: 'approve' })
  expect((await find(id)).code).toBe('I3')
  expect((await proposals(id))[0]).toMatchObject({ state: 'failed', failure_code: 'code-taken' })
  const told = (await steward.get('/api/notifications')).body.rows
  expect(told[0]).toMatchObject({ kind: 'masterdata.change-not-applied', params: { why: 'code-taken' } })
})

async function upload(text: string) {
  const received = await steward.upload('/api/imports', {
    file_name: 'rows.csv',
    bytes: text,
    fields: { kind: 'institutions' },
  })
  expect(received.status, JSON.stringify(received.body)).toBe(201)
  await app.runJobs()
  return (await steward.get(`/api/imports/${received.body.id}`)).body
}

test('a file that changes identities waits as a whole, and is undone as a whole', async () => {
  const id = await create('I4', '北湖医院')
  const checked = await upload('机构编码,机构名称,等级\nI4,北湖人民医院,二级甲等\nI5,新湖医院,一级\n')
  expect(checked).toMatchObject({ state: 'checked', insert_count: 1, update_count: 1, identity_count: 1 })
  expect(checked.preview[0].identity).toEqual({ name: '北湖医院' })
  const asked = await steward.post(`/api/imports/${checked.id}/run`)
  expect(asked.body).toMatchObject({ job_id: null })
  expect((await steward.get(`/api/imports/${checked.id}`)).body.state).toBe('approving')
  await decide(asked.body.approval_id, { decision: 'approve' })
  await app.runJobs()
  expect((await steward.get(`/api/imports/${checked.id}`)).body).toMatchObject({ state: 'done' })
  expect(await find(id)).toMatchObject({ name: '北湖人民医院', level: '二级甲等' })
  expect((await steward.delete(`/api/imports/${checked.id}/run`)).body).toEqual({ restored: 1, removed: 1 })
  expect(await find(id)).toMatchObject({ name: '北湖医院', level: null })
})

test('a rejected file can still be let in without its changes of identity', async () => {
  const id = await create('I6', '月湖医院')
  const checked = await upload('机构编码,机构名称,等级\nI6,月湖人民医院,二级甲等\n')
  const asked = await steward.post(`/api/imports/${checked.id}/run`)
  await decide(asked.body.approval_id, { decision: 'reject', reason: '名称不对' })
  const back = (await steward.get(`/api/imports/${checked.id}`)).body
  expect(back).toMatchObject({ state: 'checked', approval: { state: 'rejected', reason: '名称不对' } })
  const run = await steward.post(`/api/imports/${checked.id}/run?identity=leave-out`)
  expect(run.body).toMatchObject({ approval_id: null })
  await app.runJobs()
  expect(await find(id)).toMatchObject({ name: '月湖医院', level: '二级甲等' })
})

test('where a company has set no rule, a change of identity holds at once', async () => {
  const made = await steward.post('/api/distributors', { code: 'N1', name: '江河医药', tier: 'tier-1' })
  const row = (await steward.get(`/api/distributors/${made.body.id}`)).body
  const { id: _id, state: _state, changed_at: _at, ...input } = row
  const answer = await steward.put(`/api/distributors/${row.id}`, { ...input, name: '江河药业' })
  expect(answer.body).toEqual({ approval_id: null })
  expect((await steward.get(`/api/distributors/${row.id}`)).body.name).toBe('江河药业')
})
