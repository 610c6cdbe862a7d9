import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import type { Client } from '#tests/http-client.ts'
import { masterdataJobs } from '../jobs.ts'
import { masterdataRoutes } from '../routes.ts'

// A real list of 27,294 institutions lies beside the project on machines that check it; it may not be copied in.
const FILE = join(import.meta.dirname, '../../../../shared/data/institutions.csv')

let app: TestApp
let steward: Client
beforeAll(async () => {
  app = await startTestApp({
    modules: [{ name: 'masterdata', routes: masterdataRoutes, jobs: masterdataJobs }],
  })
  steward = await app.as('steward')
}, 180_000)
afterAll(() => app.close())

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now()
  return [await work(), Math.round(performance.now() - started)]
}

test('a national list of institutions imports in one go, is found at once, and goes back', async () => {
  if (!existsSync(FILE)) {
    console.log(`skipped: ${FILE} is not here`)
    return
  }
  const uploaded = await steward.upload('/api/imports', {
    file_name: 'institutions.csv',
    bytes: readFileSync(FILE),
    fields: { kind: 'institutions' },
  })
  const [, checkMs] = await timed(() => app.runJobs())
  const checked = (await steward.get(`/api/imports/${uploaded.body.id}`)).body
  expect(checked).toMatchObject({ state: 'checked', error_count: 0, row_count: 27_294, insert_count: 27_294 })
  expect(checked.mapping).toMatchObject({ 0: 'code', 1: 'name', 2: 'aliases', 7: 'level', 8: 'kind' })

  await steward.post(`/api/imports/${uploaded.body.id}/run`)
  const [, runMs] = await timed(() => app.runJobs())
  expect((await steward.get(`/api/imports/${uploaded.body.id}`)).body.state).toBe('done')
  await app.admin.query('analyze institutions')

  const [kinds] = await timed(() => steward.get('/api/institutions/facets'))
  expect(kinds.body.kind[0].value).toBe('hospital')
  const speeds: Record<string, number> = { check: checkMs, run: runMs }
  const asks = {
    list: '/api/institutions',
    page_400: '/api/institutions?page=400',
    search_chinese: '/api/institutions?q=人民医院',
    search_initials: '/api/institutions?q=rmyy&province=广东省',
    one_hit: '/api/institutions?q=尼勒克',
    facets: '/api/institutions/facets',
    everything: '/api/search?q=rmyy',
  }
  for (const [name, path] of Object.entries(asks)) {
    await steward.get(path)
    const [answer, ms] = await timed(() => steward.get(path))
    expect(answer.status).toBe(200)
    speeds[name] = ms
  }
  const [exported, exportMs] = await timed(() => steward.get('/api/institutions/export'))
  expect(exported.status).toBe(200)
  speeds.export = exportMs
  const [undone, undoMs] = await timed(() => steward.delete(`/api/imports/${uploaded.body.id}/run`))
  expect(undone.body).toEqual({ restored: 0, removed: 27_294 })
  speeds.undo = undoMs
  console.log(`milliseconds: ${JSON.stringify(speeds)}`)
  expect(runMs).toBeLessThan(60_000)
}, 180_000)
