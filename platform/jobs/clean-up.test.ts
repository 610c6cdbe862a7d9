import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
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
