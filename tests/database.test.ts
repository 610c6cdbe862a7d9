import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '#tests/database.ts'

async function value(url: string, query: string): Promise<unknown> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(query)).rows[0]?.value
  } finally {
    await client.end()
  }
}

test('every caller gets a database of its own with the newest schema', async () => {
  const started = performance.now()
  const one = await testDatabase()
  const afterOne = performance.now()
  const two = await testDatabase()
  console.log(
    `first ${Math.round(afterOne - started)} ms, next ${Math.round(performance.now() - afterOne)} ms`,
  )
  expect(one.admin_url).not.toBe(two.admin_url)
  expect(await value(one.admin_url, 'select count(*)::int as value from schema_migrations')).toBeGreaterThan(
    0,
  )
  expect(await value(two.admin_url, 'select count(*)::int as value from companies')).toBe(0)
})

test('the roles sign in and own nothing', async () => {
  const database = await testDatabase()
  for (const url of [database.app_url, database.gate_url]) {
    expect(
      await value(url, 'select count(*)::int as value from pg_class where relowner = current_user::regrole'),
    ).toBe(0)
  }
  expect(await value(database.jobs_url, 'select current_user as value')).toBe('qucheng_jobs')
})
