import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { firstRules } from '#apps/server/first-rules.ts'
import { rolePermissions } from '#apps/server/roles.ts'
import { makeSetupToken } from '#platform/auth/setup-link.ts'
import { readConfig } from '#platform/config.ts'
import { openDb } from '#platform/db.ts'
import { platformRoutes } from '#platform/routes.ts'
import { readKeyring } from '#platform/secrets.ts'
import { testDatabase } from '#tests/database.ts'
import { type Client, clientOf } from '#tests/http-client.ts'
import { buildApp } from './build-app.ts'

const input = {
  company_code: 'HL',
  company_name: '海陆医疗器械有限公司',
  name: '林听雨',
  login: 'lin',
  password: 'three slow boats',
}

let dataDir: string
let admin: pg.Pool
let client: Client
let link: string
let close: () => Promise<void>

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'qucheng-setup-'))
  link = join(dataDir, 'setup-link.json')
  const database = await testDatabase()
  admin = new pg.Pool({ connectionString: database.admin_url, max: 1 })
  admin.on('error', () => {})
  const ground = {
    app: openDb(database.app_url, 4, 'test app'),
    gate: openDb(database.gate_url, 2, 'test gate'),
    config: readConfig({ DATA_DIR: dataDir }),
    rolePermissions,
    secret: 'prints of tests',
    keyring: readKeyring('7'.repeat(64)),
  }
  const app = await buildApp(ground, platformRoutes(ground), {
    logLevel: 'fatal',
    isReady: async () => null,
    demoLogins: () => [],
    firstRules,
  })
  client = clientOf(app)
  close = async () => {
    await app.close()
    await Promise.all([ground.app.destroy(), ground.gate.destroy(), admin.end()])
    await rm(dataDir, { recursive: true, force: true })
  }
})
afterEach(() => close())

const tables = ['companies', 'people', 'credentials', 'memberships', 'approval_rules', 'audit']
async function counts(): Promise<number[]> {
  const { rows } = await admin.query(
    `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`)}`,
  )
  return tables.map((table) => rows[0][table])
}
const nothing = tables.map(() => 0)

test('who holds the link makes the company, comes in as its administrator and adds those who work', async () => {
  expect((await client.get('/api/setup')).body).toEqual({ needed: true })
  const token = await makeSetupToken(dataDir)
  expect((await client.post('/api/setup', { ...input, token })).status).toBe(200)
  expect(await counts()).toEqual([1, 1, 1, 1, 1, 2])
  expect((await client.get('/api/setup')).body).toEqual({ needed: false })

  const { body: who } = await client.post('/api/session', { login: 'lin', password: input.password })
  expect([who.company.name, who.company.is_demo]).toEqual([input.company_name, false])
  expect([who.roles, who.scope, who.must_change_password]).toEqual([['administrator'], 'company', false])
  const rule = await admin.query('select subject_kind, steps from approval_rules where active')
  expect(rule.rows).toEqual([
    { subject_kind: 'flows.month', steps: [{ name: '渠道经理复核', role: 'channel-manager', needed: 1 }] },
  ])
  for (const role of ['flow-steward', 'channel-manager', 'audit-administrator']) {
    const person = { login: role, name: role, roles: [role], scope: 'company' }
    expect((await client.post('/api/people', person)).status).toBe(201)
  }
})

test('only the print of the token is kept, for its owner alone, and it goes when it was used', async () => {
  const token = await makeSetupToken(dataDir)
  expect((await stat(link)).mode & 0o777).toBe(0o600)
  expect(await readFile(link, 'utf8')).not.toContain(token)
  await client.post('/api/setup', { ...input, token })
  await expect(stat(link)).rejects.toThrow('ENOENT')
})

test('no link, a wrong, an older or an expired token and a company that is there get the same reply', async () => {
  const reply = async (token: string) => {
    const { status, body } = await client.post('/api/setup', { ...input, login: 'mo', token })
    return [status, body.code]
  }
  const closed = [403, 'auth.setup-closed']
  expect(await reply('x')).toEqual(closed)
  const older = await makeSetupToken(dataDir)
  const token = await makeSetupToken(dataDir)
  expect(await reply('x')).toEqual(closed)
  expect(await reply(older)).toEqual(closed)
  const kept = await readFile(link, 'utf8')
  const expired = { ...JSON.parse(kept), expires_at: new Date(Date.now() - 1).toISOString() }
  await writeFile(link, JSON.stringify(expired))
  expect(await reply(token)).toEqual(closed)
  expect(await counts()).toEqual(nothing)
  await writeFile(link, kept)
  expect(await reply(token)).toEqual([200, undefined])
  expect(await reply(await makeSetupToken(dataDir))).toEqual(closed)
})

test('of two at once one wins', async () => {
  const token = await makeSetupToken(dataDir)
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((one) =>
      client.post('/api/setup', { ...input, token, company_code: `C${one}`, login: `lin-${one}` }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403])
  expect(await counts()).toEqual([1, 1, 1, 1, 1, 2])
})

test('when one part fails nothing is made, and the link works still', async () => {
  const token = await makeSetupToken(dataDir)
  await admin.query(`alter table approval_rules add constraint no check (name <> '流向关账')`)
  expect((await client.post('/api/setup', { ...input, token })).status).toBe(422)
  expect(await counts()).toEqual(nothing)
  await admin.query('alter table approval_rules drop constraint no')
  expect((await client.post('/api/setup', { ...input, token })).status).toBe(200)
})

test('a weak password and a request from elsewhere are refused', async () => {
  const token = await makeSetupToken(dataDir)
  const weak = await client.post('/api/setup', { ...input, token, password: 'too short' })
  expect([weak.status, weak.body.code, weak.body.fields]).toEqual([
    422,
    'auth.weak-password',
    { password: 'too-short' },
  ])
  const heads: Record<string, string>[] = [{ 'x-qucheng': '' }, { origin: 'https://evil.example' }]
  for (const headers of heads) {
    const foreign = await client.post('/api/setup', { ...input, token }, headers)
    expect([foreign.status, foreign.body.code]).toEqual([403, 'auth.foreign-origin'])
  }
  expect(await counts()).toEqual(nothing)
})

test('who calls without end is slowed down', async () => {
  const statuses = []
  for (let i = 0; i < 125; i += 1)
    statuses.push((await client.post('/api/setup', { ...input, token: 'x' })).status)
  expect(statuses.at(-1)).toBe(429)
})
