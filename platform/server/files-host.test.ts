import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { newApiKey } from '#platform/auth/api-keys.ts'
import { route } from '#platform/http.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'

let app: TestApp
const HOST = { host: 'files.example.test' }

const download = route({
  method: 'GET',
  path: '/test-files/:name',
  id: 'test.download',
  summary: 'Gives a page that would like to run',
  permission: 'flows.read',
  rate: 'read',
  data: 'internal',
  params: z.strictObject({ name: z.string() }),
  query: z.strictObject({ part: z.string().optional() }),
  answer: 'download',
  handle: async (ctx, { params }) => ({
    file_name: params.name,
    media_type: 'text/html',
    body: Buffer.from(`<script>alert(1)</script>${ctx.personName}`),
  }),
})

const drawn = route({
  method: 'GET',
  path: '/test-pictures',
  id: 'test.draw',
  summary: 'Gives a picture drawn here',
  permission: 'flows.read',
  rate: 'read',
  data: 'internal',
  answer: 'download',
  drawn: true,
  handle: async () => ({ file_name: '1.jpg', media_type: 'image/jpeg', body: Buffer.from('picture') }),
})

beforeAll(async () => {
  app = await startTestApp({
    routes: [download, drawn],
    config: { filesOrigin: 'https://files.example.test' },
  })
})
afterAll(() => app.close())

/** The address of the download on the other host. */
async function linkFor(url = '/api/test-files/a.html?part=1'): Promise<string> {
  const answer = await (await app.as('steward')).get(url)
  expect([answer.status, answer.body]).toEqual([303, ''])
  const link = new URL(String(answer.headers.location))
  expect(link.origin).toBe('https://files.example.test')
  return link.pathname + link.search
}

test('the host of the pages sends a download to the other host, which needs no cookie for it', async () => {
  const { status, headers, body } = await app.nobody().get(await linkFor(), HOST)
  expect([status, body.startsWith('<script>')]).toEqual([200, true])
  expect(headers['content-disposition']).toMatch(/^attachment; /)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['content-security-policy']).toMatch(/^sandbox;/)
  expect(headers['set-cookie']).toBeUndefined()
})

test('a picture drawn here stays on the host of the pages, which may show it, and in its reader’s browser', async () => {
  const { status, headers } = await (await app.as('steward')).get('/api/test-pictures')
  expect(status).toBe(200)
  expect(headers['content-disposition']).toMatch(/^attachment; /)
  expect(headers['content-security-policy']).toMatch(/^sandbox;/)
  expect(headers['cache-control']).toBe('private, max-age=600')
})

test('the link is for its own address, host and time, and ends with the session', async () => {
  const link = await linkFor()
  const get = async (path: string, headers: Record<string, string> = HOST) =>
    (await app.nobody().get(path, headers)).status
  expect(await get(link.replace('a.html', 'b.html'))).toBe(404)
  expect(await get(link.replace('part=1', 'part=2'))).toBe(404)
  expect(await get(link, { host: 'localhost' })).toBe(404)
  expect(await get(`${link.slice(0, 40)}A${link.slice(41)}`)).toBe(404)
  const late = Date.now() + 61_000
  const now = Date.now
  Date.now = () => late
  try {
    expect(await get(link)).toBe(404)
  } finally {
    Date.now = now
  }
  expect(await get(link)).toBe(200)
  await app.admin.query('delete from sessions')
  expect(await get(link)).toBe(401)
})

test('the files’ host has nothing else, cookie or not', async () => {
  const steward = await app.as('steward')
  for (const path of ['/', '/api/session', '/api/test-files/a.html', '/api/openapi.json', '/api/health']) {
    expect([path, (await steward.get(path, HOST)).status]).toEqual([path, 404])
  }
  const login = await steward.post('/api/session', { login: 'steward', password: 'x' }, HOST)
  expect(login.status).toBe(404)
})

test('what is refused is refused before the way is shown, and a key, which has no cookie, is answered at once', async () => {
  expect((await app.nobody().get('/api/test-files/a.html')).status).toBe(401)
  expect((await (await app.as('audit')).get('/api/test-files/a.html')).status).toBe(403)
  const key = newApiKey()
  await app.admin.query(
    `insert into api_keys (company_id, prefix, key_hash, name, person_id, permissions, expires_at)
    values ($1, $2, $3, 'x', $4, '{flows.read}', now() + interval '1 day')`,
    [app.world.company.lanzhou, key.prefix, key.hash, app.world.people.steward],
  )
  const bearer = { authorization: `Bearer ${key.key}` }
  expect((await app.nobody().get('/api/test-files/a.html', bearer)).status).toBe(200)
})
