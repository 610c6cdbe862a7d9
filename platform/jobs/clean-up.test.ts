import { existsSync } from 'node:fs'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { pathOfFile, recordFile, storeMade } from '../files/public.ts'
import { enqueueJob } from './public.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

test('what nobody can use any more goes, what is young or of another company stays', async () => {
  const { company, people } = app.world
  const old = `now() - interval '8 days'`
  await app.admin.query(
    `insert into idempotency_keys (company_id, person_id, key, request_hash, created_at) values
     ($1, $3, 'old', '', ${old}), ($1, $3, 'young', '', now()), ($2, $3, 'theirs', '', ${old})`,
    [company.lanzhou, company.beiyu, people.steward],
  )
  await app.admin.query(
    `insert into sessions (token_hash, person_id, expires_at) values ('old', $1, ${old}), ('young', $1, now())`,
    [people.steward],
  )
  await app.admin.query(
    `insert into sign_in_failures (login, device, failed_at) values ('x', 'old', ${old}), ('x', 'young', now())`,
  )
  await app.runAs('steward', (ctx) => enqueueJob(ctx, { kind: 'platform.clean-up' }))
  await app.runJobs()
  const values = async (query: string) => (await app.admin.query(query)).rows.map((row) => row.name).sort()
  expect(await values('select key as name from idempotency_keys')).toEqual(['theirs', 'young'])
  expect(await values(`select convert_from(token_hash, 'UTF8') as name from sessions`)).toEqual(['young'])
  expect(await values('select device as name from sign_in_failures')).toEqual(['young'])
})

test('bytes that no row names go once they are old; named, young and newly arrived ones stay, run twice or not', async () => {
  const { dataDir } = app.ground.config
  const ages = { named: 60, theirs: 60, unnamed: 60, young: 30 }
  const paths: Record<string, string> = {}
  for (const [name, days] of Object.entries(ages)) {
    const bytes = await storeMade(Readable.from([`bytes that are ${name}`]))
    paths[name] = pathOfFile(bytes.sha256)
    const then = new Date(Date.now() - days * 86_400_000)
    await utimes(paths[name], then, then)
    if (name === 'unnamed' || name === 'young') continue
    const login = name === 'named' ? 'steward' : 'by-steward'
    await app.runAs(login, (ctx) => recordFile(ctx, bytes, { file_name: 'a.csv', purpose: 'test' }))
  }
  const draft = join(dataDir, 'files', 'incoming', 'draft')
  await writeFile(draft, 'of a process that was killed')
  await utimes(draft, new Date(0), new Date(0))
  for (const login of ['steward', 'by-steward', 'steward'] as const) {
    await app.runAs(login, (ctx) => enqueueJob(ctx, { kind: 'platform.clean-up' }))
    await app.runJobs()
  }
  const left = Object.entries(paths).filter(([, path]) => existsSync(path))
  expect(left.map(([name]) => name)).toEqual(['named', 'theirs', 'young'])
  expect(await readdir(join(dataDir, 'files', 'incoming'))).toEqual([])
})
