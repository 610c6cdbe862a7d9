import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { clientOf } from '#tests/http-client.ts'
import { buildApp } from './build-app.ts'

let app: TestApp
let web: Awaited<ReturnType<typeof buildApp>>
let dir: string

beforeAll(async () => {
  app = await startTestApp()
  dir = await mkdtemp(join(tmpdir(), 'qucheng-web-'))
  await mkdir(join(dir, 'assets'))
  await writeFile(join(dir, 'index.html'), '<style nonce="__CSP_NONCE__"></style>')
  await writeFile(join(dir, 'assets/main.js'), '1')
  web = await buildApp(app.ground, [], {
    logLevel: 'fatal',
    webDir: dir,
    isReady: async () => null,
    demoLogins: () => [],
  })
})
afterAll(async () => {
  await web.close()
  await app.close()
  await rm(dir, { recursive: true })
})

test.each([
  ['/', 200],
  ['/months/2026-10', 200],
  ['/assets/main.js', 200],
  ['/assets/gone.js', 404],
  ['/api/gone', 404],
  ['/api/session', 401],
  ['/%00', 400],
])('%s answers %i with the headers that keep a browser in its bounds', async (path, status) => {
  const { status: told, headers } = await clientOf(web).get(path)
  expect(told).toBe(status)
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
})

test('a page runs scripts of its own host alone, styles by a nonce that is new each time, and sits in no frame', async () => {
  const page = () => clientOf(web).get('/')
  const { headers, body } = await page()
  const policy = String(headers['content-security-policy'])
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
  expect(body).toContain(`nonce="${nonce}"`)
  expect((await page()).body).not.toContain(nonce)
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]),
  )
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
})
