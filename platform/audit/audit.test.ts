import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReader } from '#platform/db.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { readAnchors } from './anchors.ts'
import { historyOf, recordAudit } from './public.ts'
import { verifyAudit } from './verify-audit.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const write = (subject: string, more: object = {}) =>
  app.runAs('steward', (ctx) =>
    recordAudit(ctx, {
      deed: 'test.change',
      subject: ['test.thing', subject],
      old: { a: 1 },
      new: { a: 2 },
      ...more,
    }),
  )

/** Seals wait for older transactions of the whole cluster; those of other test files' databases are let end first. */
async function neighboursDone(): Promise<void> {
  const writing = async () =>
    (
      await app.admin.query<{ at: string }>(`select pid || ' ' || backend_xid as at from pg_stat_activity
        where datname <> current_database() and backend_xid is not null`)
    ).rows.map(({ at }) => at)
  const before = new Set(await writing())
  while ((await writing()).some((at) => before.has(at))) await sleep(50)
}

async function seal(): Promise<void> {
  await neighboursDone()
  await app.runAs('steward', (ctx) => enqueueJob(ctx, { kind: 'platform.seal-audit' }))
  await app.runJobs()
}

const check = () =>
  app.runAs('audit', async (ctx) =>
    verifyAudit(ctx, await readAnchors(app.ground.config.dataDir, ctx.companyId)),
  )

/** Changes what nobody may change: as the database's superuser, past the trigger. */
async function forge(query: string, values: unknown[]): Promise<void> {
  const client = await app.admin.connect()
  await client.query(`set session_replication_role = replica`)
  await client.query(query, values)
  await client.query('reset session_replication_role')
  client.release()
}

test('the audit trail refuses change and deletion, of the app by its rights and of its owner by a trigger', async () => {
  await write('kept')
  for (const query of [`update audit set deed = 'x'`, 'delete from audit', 'truncate audit']) {
    const client = new pg.Client({ connectionString: app.database.app_url })
    await client.connect()
    await expect(client.query(query)).rejects.toThrow(/permission denied/)
    await client.end()
    await expect(app.admin.query(query)).rejects.toThrow(/append-only/)
  }
})

test('a deed that fails leaves no audit row, one that is done leaves one', async () => {
  await app
    .runAs('steward', async (ctx) => {
      await recordAudit(ctx, { deed: 'test.change', subject: ['test.thing', 'never'] })
      throw new Error('no')
    })
    .catch(() => {})
  const rows = await app.runAs('audit', (ctx) => historyOf(ctx, 'test.thing', 'never'))
  expect(rows).toEqual([])
})

test('the history of a subject tells who, what, and the values before and after, newest first', async () => {
  await write('story', { reason: '更正' })
  await write('story', { new: { a: 3 } })
  const rows = await app.runAs('manager', (ctx) => historyOf(ctx, 'test.thing', 'story'))
  expect(rows.map((row) => row.new_value)).toEqual([{ a: 3 }, { a: 2 }])
  expect(rows[1]).toMatchObject({ person_name: '沈知微', old_value: { a: 1 }, reason: '更正' })
  expect(await app.runAs('by-steward', (ctx) => historyOf(ctx, 'test.thing', 'story'))).toEqual([])
  expect(await app.runAs('clerk-kangze', (ctx) => historyOf(ctx, 'test.thing', 'story'))).toEqual([])
})

test('the audit administrator filters by subject, person, deed and day; nobody else reads it', async () => {
  const audit = await app.as('audit')
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const total = async (query: string) => (await audit.get(`/api/audit?${query}`)).body.total
  expect(await total('subject_kind=test.thing&subject_id=story')).toBe(2)
  expect(
    await total(
      `subject_id=story&person_id=${app.world.people.steward}&happened_from=${today}&happened_to=${today}`,
    ),
  ).toBe(2)
  expect(await total(`subject_id=story&person_id=${app.world.people.manager}`)).toBe(0)
  expect(await total('deed=test.other')).toBe(0)
  expect(await total('happened_to=2026-01-01')).toBe(0)
  for (const login of ['admin', 'steward', 'director'] as const) {
    expect((await (await app.as(login)).get('/api/audit')).status).toBe(403)
  }
})

test('seals hold while nothing is changed, and are laid only over what is new', async () => {
  await seal()
  await write('second')
  await seal()
  await seal()
  const checked = await check()
  expect(checked.broken).toEqual([])
  expect(checked.seal_count).toBe(2)
  expect((await (await app.as('audit')).get('/api/audit/check')).body).toMatchObject({ broken: [] })
})

test('a row whose transaction ends late is sealed later and not lost', async () => {
  await seal()
  const before = await check()
  const reader = { companyId: app.world.company.lanzhou, personId: null, scope: { kind: 'company' as const } }
  await asReader(app.ground.app, reader, async (tx) => {
    const ctx = {
      ...reader,
      db: tx,
      personName: '',
      permissions: new Set<string>(),
      now: new Date(),
      requestId: 'x',
    }
    await recordAudit(ctx, { deed: 'test.late', subject: ['test.thing', 'late'] })
    await write('early')
    await seal()
  })
  await seal()
  const after = await check()
  expect(after.broken).toEqual([])
  expect(after.row_count).toBe(before.row_count + 2)
})

test('a row changed behind the back of all is found, and so are rows taken away or slipped in', async () => {
  await write('forged')
  await seal()
  const { rows } = await app.admin.query(`select id, xid, company_id from audit where subject_id = 'forged'`)
  const row = rows[0]
  await forge(`update audit set reason = 'nothing to see' where id = $1`, [row.id])
  const changed = await check()
  expect(changed.broken).toHaveLength(1)
  expect(changed.broken[0]).toMatchObject({ changed_ids: [row.id], row_difference: 0 })

  await forge(`update audit set reason = null where id = $1`, [row.id])
  expect((await check()).broken).toEqual([])

  await forge(
    `insert into audit (company_id, deed, subject_kind, subject_id, xid) values ($1, 'test.x', 'test.thing', 'slipped', $2)`,
    [row.company_id, row.xid],
  )
  expect((await check()).broken[0]).toMatchObject({ row_difference: 1 })
  await forge(`delete from audit where subject_id = 'slipped'`, [])
  await forge('delete from audit where id = $1', [row.id])
  expect((await check()).broken[0]).toMatchObject({ changed_ids: [], row_difference: -1 })
})

test('a seal that is forged to fit no longer fits its chain', async () => {
  const { rows } = await app.admin.query('select seal_no from audit_seals order by seal_no')
  expect(rows.length).toBeGreaterThan(2)
  await forge(
    `update audit_seals set row_hashes = sha256('x'), hash = sha256(coalesce(previous_hash, '') || sha256('x')) where seal_no = 2`,
    [],
  )
  const numbers = (await check()).broken.map((one) => one.seal_no)
  expect(numbers).toContain(2)
  expect(numbers).toContain(3)
})

test('whoever rewrites rows and the whole chain is found by what stands outside the database', async () => {
  const other = await startTestApp()
  const verify = () =>
    other.runAs('audit', async (ctx) =>
      verifyAudit(ctx, await readAnchors(other.ground.config.dataDir, ctx.companyId)),
    )
  const sealing = async () => {
    await other.runAs('steward', (ctx) =>
      recordAudit(ctx, { deed: 'test.change', subject: ['test.thing', 'x'] }),
    )
    await neighboursDone()
    await other.runAs('steward', (ctx) => enqueueJob(ctx, { kind: 'platform.seal-audit' }))
    await other.runJobs()
  }
  try {
    await sealing()
    await sealing()
    expect(await verify()).toMatchObject({ seal_count: 2, anchor_count: 2, unlike_anchor: [], broken: [] })
    await other.admin.query(`set session_replication_role = replica; update audit set reason = 'x';
      delete from audit_seals; reset session_replication_role`)
    expect(await verify()).toMatchObject({ seal_count: 0, unlike_anchor: [1, 2], broken: [] })
    await sealing()
    expect(await verify()).toMatchObject({ seal_count: 1, broken: [] })
    expect((await verify()).unlike_anchor).toContain(2)
  } finally {
    await other.close()
  }
})
