import { readdir, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { route } from '#platform/http.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { openFile, pathOfFile, recordFile, storeMade } from './public.ts'

let app: TestApp

const stored = z.object({ id: z.string(), sha256: z.string(), byte_size: z.number(), file_name: z.string() })
const routes = [
  route({
    method: 'POST',
    path: '/test-files',
    id: 'test.receive',
    summary: 'Takes files',
    permission: 'flows.upload',
    rate: 'write',
    data: 'commercial',
    upload: { purpose: 'test.upload', extensions: ['csv', 'xlsx'], maxFiles: 2 },
    answer: z.object({ files: z.array(stored), fields: z.record(z.string(), z.string()) }),
    handle: async (_, { files, fields }) => ({ files, fields }),
  }),
  route({
    method: 'GET',
    path: '/test-files/:id',
    id: 'test.download',
    summary: 'Gives one back',
    permission: 'flows.read',
    rate: 'read',
    data: 'commercial',
    params: z.strictObject({ id: z.uuid() }),
    answer: 'download',
    handle: async (ctx, { params }) => ({ ...(await openFile(ctx, params.id)), media_type: 'text/csv' }),
  }),
]

beforeAll(async () => {
  app = await startTestApp({ routes, config: { uploadMaxBytes: 10_000 } })
})
afterAll(() => app.close())

const inStore = async () =>
  (await readdir(join(app.ground.config.dataDir, 'files'), { recursive: true, withFileTypes: true })).filter(
    (one) => one.isFile(),
  ).length

test('a file comes back as it was sent, as an attachment under its own name', async () => {
  const clerk = await app.as('clerk-kangze')
  const bytes = Buffer.from('日期,数量\r\n2026-07-01,3\r\n')
  const sent = await clerk.upload('/api/test-files', {
    file_name: '七月流向.csv',
    bytes,
    fields: { month: '2026-07' },
  })
  expect(sent.status).toBe(200)
  expect(sent.body.fields).toEqual({ month: '2026-07' })
  const back = await clerk.get(`/api/test-files/${sent.body.files[0].id}`)
  expect(back.bytes.equals(bytes)).toBe(true)
  expect(back.headers['content-disposition']).toBe(
    `attachment; filename="____.csv"; filename*=UTF-8''${encodeURIComponent('七月流向.csv')}`,
  )
  expect(back.headers['content-security-policy']).toMatch(/^sandbox;/)
})

test('the same bytes twice are two rows and one file', async () => {
  const clerk = await app.as('clerk-kangze')
  const upload = { file_name: 'a.csv', bytes: 'twice the same' }
  const first = await clerk.upload('/api/test-files', upload)
  const before = await inStore()
  const second = await clerk.upload('/api/test-files', { ...upload, file_name: 'b.csv' })
  expect(second.body.files[0].sha256).toBe(first.body.files[0].sha256)
  expect(second.body.files[0].id).not.toBe(first.body.files[0].id)
  expect(await inStore()).toBe(before)
})

test('with one Idempotency-Key a file is taken once; another file under it is refused', async () => {
  const clerk = await app.as('clerk-kangze')
  const upload = (bytes: string) =>
    clerk.upload('/api/test-files', { file_name: 'a.csv', bytes }, { 'idempotency-key': 'file' })
  const [first, again] = [await upload('some bytes'), await upload('some bytes')]
  expect(again.body).toEqual(first.body)
  expect((await upload('other bytes')).body.code).toBe('idempotency-key-reused')
})

test('too large, empty and unwanted files are refused and leave nothing behind', async () => {
  const clerk = await app.as('clerk-kangze')
  const before = await inStore()
  const large = await clerk.upload('/api/test-files', { file_name: 'a.csv', bytes: Buffer.alloc(10_001, 1) })
  expect([large.status, large.body.code]).toEqual([413, 'files.too-large'])
  const kind = await clerk.upload('/api/test-files', { file_name: 'a.csv.exe', bytes: 'x' })
  expect([kind.status, kind.body.code]).toEqual([415, 'files.wrong-kind'])
  expect(await inStore()).toBe(before)
  const empty = await clerk.upload('/api/test-files', { file_name: 'a.csv', bytes: '' })
  expect(empty.body.code).toBe('files.empty')
  expect((await clerk.post('/api/test-files', {})).body.code).toBe('files.not-multipart')
})

test.each([
  ['../../etc/passwd.csv', 'passwd.csv'],
  ['C:\\temp\\流向.csv', '流向.csv'],
  ['a\u202Evsc.csv', 'avsc.csv'],
  ['a\u200B\u0007b.csv', 'ab.csv'],
])('the name %j is kept as %j: a name is no path', async (file_name, kept) => {
  const name = await app.runAs('steward', async (ctx) => {
    const bytes = await storeMade(Readable.from(['x']))
    return (await recordFile(ctx, bytes, { file_name, purpose: 'test.made' })).file_name
  })
  expect(name).toBe(kept)
})

test('a file is seen by its company and its distributor, and by nobody else', async () => {
  const clerk = await app.as('clerk-kangze')
  const { body } = await clerk.upload('/api/test-files', { file_name: 'mine.csv', bytes: 'kangze alone' })
  const status = async (login: 'steward' | 'owner-kangze' | 'clerk-anhe' | 'rep-hangzhou' | 'by-steward') =>
    (await (await app.as(login)).get(`/api/test-files/${body.files[0].id}`)).status
  expect([await status('steward'), await status('owner-kangze')]).toEqual([200, 200])
  expect([await status('clerk-anhe'), await status('rep-hangzhou'), await status('by-steward')]).toEqual([
    404, 404, 404,
  ])
})

test('bytes that are no longer whole are never served', async () => {
  const clerk = await app.as('clerk-kangze')
  const { body } = await clerk.upload('/api/test-files', { file_name: 'cut.csv', bytes: 'whole and well' })
  const path = pathOfFile(body.files[0].sha256)
  await truncate(path, (await stat(path)).size - 1)
  expect((await clerk.get(`/api/test-files/${body.files[0].id}`)).status).toBe(500)
})
