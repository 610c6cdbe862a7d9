import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { notify, peopleWithRole } from './public.ts'
import { sentenceOf } from './sentences.ts'

const PYTHON = '/usr/bin/python3'
const sentences = { 'test.told': { 'zh-CN': '第{month}月已锁定', en: 'Month {month} is locked' } }
const modules = [{ name: 'test', routes: [], sentences }]

let app: TestApp
let folder: string
let server: ChildProcess
let port: number

beforeAll(async () => {
  // A mail server that keeps what it takes: Debian's python3-aiosmtpd, which `bin/setup --test` installs.
  const there = spawnSync(PYTHON, ['-c', 'import aiosmtpd']).status === 0
  if (!there) throw new Error('the mail server for this test is missing: apt-get install python3-aiosmtpd')
  folder = await mkdtemp(join(tmpdir(), 'qucheng-mail-'))
  port = await freePort()
  const listen = ['-n', '-l', `127.0.0.1:${port}`]
  server = spawn(
    PYTHON,
    ['-m', 'aiosmtpd', ...listen, '-c', 'aiosmtpd.handlers.Mailbox', join(folder, 'box')],
    {
      stdio: 'ignore',
    },
  )
  await answers(port)
  app = await startTestApp({
    modules,
    config: {
      smtpUrl: `smtp://127.0.0.1:${port}`,
      mailFrom: 'qucheng@example.test',
      publicUrl: 'https://qc.example',
    },
  })
})
afterAll(async () => {
  server?.kill()
  await app?.close()
  await rm(folder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

async function answers(at: number): Promise<void> {
  for (let i = 0; i < 100; i += 1) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(at, '127.0.0.1', () => done(true))
      socket.on('error', () => done(false))
      socket.on('data', () => socket.end())
    })
    if (open) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('the mail server does not answer')
}

/** What arrived: address → subject and text, decoded. */
async function mails(): Promise<Map<string, string>> {
  const names = await readdir(join(folder, 'box/new')).catch(() => [])
  const found = new Map<string, string>()
  for (const name of names) {
    const raw = await readFile(join(folder, 'box/new', name), 'utf8')
    const [head = '', ...rest] = raw.split(/\r?\n\r?\n/)
    const to = /^To: (.*)$/m.exec(head)?.[1] ?? ''
    const subject = (/^Subject: ((?:.*\n(?: |\t))*.*)$/m.exec(head)?.[1] ?? '').replace(
      /=\?UTF-8\?([BQ])\?([^?]*)\?=\s*/g,
      (_, kind: string, text: string) =>
        kind === 'B' ? Buffer.from(text, 'base64').toString() : quoted(text.replaceAll('_', ' ')),
    )
    const body = /base64/i.test(head)
      ? Buffer.from(rest.join(''), 'base64').toString()
      : quoted(rest.join('\n\n'))
    found.set(to, `${subject}\n${body}`)
  }
  return found
}

function quoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

const tell = (logins: (keyof TestApp['world']['people'])[], more: object = {}) =>
  app.runAs('manager', (ctx) =>
    notify(ctx, {
      to: logins.map((login) => app.world.people[login]),
      kind: 'test.told',
      params: { month: 7 },
      href: '/flow-months/2026-07',
      ...more,
    }),
  )

const states = async () => {
  const { rows } = await app.admin.query(
    `select p.login, n.mail_state from notifications n join people p on p.id = n.person_id order by n.id`,
  )
  return Object.fromEntries(rows.map((row) => [row.login, row.mail_state]))
}

test('people are told by e-mail in their own language, with the link', async () => {
  await app.admin.query(`update people set locale = 'en' where login = 'finance'`)
  await tell(['finance', 'director'])
  await app.runJobs()
  const arrived = await mails()
  expect(arrived.get('finance@example.test')).toContain('[渠成 · 澜州医疗] Month 7 is locked')
  expect(arrived.get('director@example.test')).toContain('[渠成 · 澜州医疗] 第7月已锁定')
  expect(arrived.get('director@example.test')).toContain('https://qc.example/flow-months/2026-07')
  expect(await states()).toEqual({ finance: 'sent', director: 'sent' })
})

test('who has no address or was shut out gets none; an address the server refuses is failed and holds up nobody', async () => {
  await app.admin.query(`update people set email = null where login = 'audit'`)
  await app.admin.query(`update people set email = 'two words@@' where login = 'both'`)
  await app.admin.query(`update memberships set disabled_at = now() where person_id = $1`, [
    app.world.people['owner-kangze'],
  ])
  await tell(['audit', 'owner-kangze', 'both', 'steward'])
  await app.runJobs()
  expect(await states()).toMatchObject({
    audit: 'none',
    'owner-kangze': 'none',
    both: 'failed',
    steward: 'sent',
  })
})

test('a clerk of a distributor can tell people of the maker, and the mail goes', async () => {
  await app.runAs('clerk-kangze', (ctx) => notify(ctx, { to: [app.world.people.manager], kind: 'test.told' }))
  await app.runJobs()
  expect(await states()).toMatchObject({ manager: 'sent' })
})

test('while the server is down the job is a fault and the mail waits; then it goes, once', async () => {
  const down = await startTestApp({ modules, config: { smtpUrl: `smtp://127.0.0.1:${await freePort()}` } })
  try {
    await down.runAs('manager', (ctx) => notify(ctx, { to: [down.world.people.steward], kind: 'test.told' }))
    await expect(down.runJobs()).rejects.toThrow(/ECONNREFUSED/)
    const { rows } = await down.admin.query(`select mail_state from notifications`)
    expect(rows).toEqual([{ mail_state: 'queued' }])
    const again = await down.admin.query(`select state, attempts, error_code from jobs`)
    expect(again.rows).toEqual([{ state: 'queued', attempts: 1, error_code: 'jobs.fault' }])
  } finally {
    await down.close()
  }
})

test('without a mail server nothing waits for one', async () => {
  const bare = await startTestApp({ modules })
  try {
    await bare.runAs('manager', (ctx) => notify(ctx, { to: [bare.world.people.steward], kind: 'test.told' }))
    await bare.runJobs()
    expect((await bare.admin.query(`select mail_state from notifications`)).rows).toEqual([
      { mail_state: 'none' },
    ])
  } finally {
    await bare.close()
  }
})

test('everybody reads their own notifications and marks their own', async () => {
  await tell(['rep-hangzhou', 'rep-chengdu'])
  await tell(['rep-hangzhou'], { params: { month: 8 } })
  const [mine, other] = [await app.as('rep-hangzhou'), await app.as('rep-chengdu')]
  const list = await mine.get('/api/notifications')
  expect(list.body.rows.map((row: { params: unknown }) => row.params)).toEqual([{ month: 8 }, { month: 7 }])
  const id = list.body.rows[0].id
  expect((await other.put(`/api/notifications/${id}/read`)).status).toBe(404)
  expect((await mine.put(`/api/notifications/${id}/read`)).status).toBe(200)
  expect((await mine.get('/api/notifications/count')).body.unread).toBe(1)
  expect((await mine.get('/api/notifications?unread=true')).body.total).toBe(1)
  expect((await mine.get('/api/notifications?unread=false')).body.total).toBe(1)
  expect((await mine.put('/api/notifications/read-all')).status).toBe(200)
  expect((await mine.get('/api/notifications/count')).body.unread).toBe(0)
  expect((await other.get('/api/notifications/count')).body.unread).toBe(1)
})

test('a role is asked for its people, without those who were shut out', async () => {
  const people = await app.runAs('manager', (ctx) => peopleWithRole(ctx, 'director'))
  expect(people.sort()).toEqual([app.world.people.director, app.world.people.both].sort())
  expect(await app.runAs('manager', (ctx) => peopleWithRole(ctx, 'distributor-owner'))).toEqual([])
})

test('a kind without a sentence still says its name', () => {
  expect(sentenceOf({}, 'test.other', 'en', {})).toBe('test.other')
})
