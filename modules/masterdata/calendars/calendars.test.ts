import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import type { Client } from '#tests/http-client.ts'
import { masterdataJobs } from '../jobs.ts'
import { monthDaysOf, workdayAfter } from '../public.ts'
import { masterdataRoutes } from '../routes.ts'

let app: TestApp
let steward: Client
beforeAll(async () => {
  app = await startTestApp({
    modules: [{ name: 'masterdata', routes: masterdataRoutes, jobs: masterdataJobs }],
  })
  steward = await app.as('steward')
})
afterAll(() => app.close())

async function upload(kind: string, text: string) {
  const { body } = await steward.upload('/api/imports', {
    file_name: 'rows.csv',
    bytes: text,
    fields: { kind },
  })
  await app.runJobs()
  return (await steward.get(`/api/imports/${body.id}`)).body
}

test('working days leave out weekends and holidays, and count shifted workdays', async () => {
  // 2026-09-30 is a Wednesday.
  expect(await app.runAs('steward', (ctx) => workdayAfter(ctx, '2026-09-30', 3))).toBe('2026-10-05')
  const checked = await upload(
    'calendar-days',
    '日期,类型,名称\n2026-10-01,休息,国庆节\n2026/10/2,放假,国庆节\n2026-10-05,休,国庆节\n2026-10-10,调休上班,\n',
  )
  expect(checked).toMatchObject({ insert_count: 4, error_count: 0 })
  await steward.post(`/api/imports/${checked.id}/run`)
  await app.runJobs()
  expect(await app.runAs('steward', (ctx) => workdayAfter(ctx, '2026-09-30', 1))).toBe('2026-10-06')
  expect(await app.runAs('steward', (ctx) => workdayAfter(ctx, '2026-09-30', 5))).toBe('2026-10-10')
})

test('a month has its own days and deadlines, else those of the civil month', async () => {
  expect(await app.runAs('steward', (ctx) => monthDaysOf(ctx, '2026-07'))).toEqual({
    month: '2026-07',
    starts_on: '2026-07-01',
    ends_on: '2026-07-31',
    files_due_on: '2026-08-05',
    close_due_on: '2026-08-12',
    id: null,
    version: null,
  })
  const days = {
    month: '2026-07',
    starts_on: '2026-06-26',
    ends_on: '2026-07-25',
    files_due_on: '2026-07-29',
    close_due_on: '2026-08-05',
  }
  const made = await steward.post('/api/calendar-months', days)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  expect((await steward.get('/api/calendar/2026-07')).body).toMatchObject({ ...days, version: 1 })
  const overlap = await steward.post('/api/calendar-months', {
    ...days,
    month: '2026-08',
    ends_on: '2026-08-25',
    files_due_on: '2026-08-28',
    close_due_on: '2026-09-01',
  })
  expect([overlap.status, overlap.body.code]).toEqual([409, 'masterdata.months-overlap'])
  const backwards = await steward.post('/api/calendar-months', {
    ...days,
    month: '2027-01',
    files_due_on: '2026-07-01',
  })
  expect(backwards.body.fields).toEqual({ files_due_on: 'masterdata.days-out-of-order' })
})

test('a file may move the border between two months, and a day may belong to one month only', async () => {
  const heads = '月份,开始日期,结束日期,流向上传截止,关账截止\n'
  const bad = await upload(
    'calendar-months',
    `${heads}2026-09,2026-08-26,2026-09-25,2026-09-29,2026-10-09\n2026-10,2026-09-20,2026-10-25,2026-10-29,2026-11-05\n`,
  )
  expect(bad).toMatchObject({ insert_count: 1, error_count: 1 })
  const good = await upload(
    'calendar-months',
    `${heads}2026年7月,2026-06-26,2026-07-28,2026-07-30,2026-08-05\n202608,2026-07-29,2026-08-25,2026-08-29,2026-09-05\n`,
  )
  expect(good).toMatchObject({ insert_count: 1, update_count: 1, error_count: 0 })
  await steward.post(`/api/imports/${good.id}/run`)
  await app.runJobs()
  expect((await steward.get('/api/calendar/2026-08')).body).toMatchObject({
    starts_on: '2026-07-29',
    version: 1,
  })
})

test('a day that was taken out is again what its weekday says', async () => {
  const made = await steward.post('/api/calendar-days', { day: '2026-12-31', kind: 'holiday', name: '盘点' })
  expect(await app.runAs('steward', (ctx) => workdayAfter(ctx, '2026-12-30', 1))).toBe('2027-01-01')
  const twice = await steward.post('/api/calendar-days', { day: '2026-12-31', kind: 'workday' })
  expect(twice.body.fields).toEqual({ day: 'masterdata.day-taken' })
  expect((await steward.delete(`/api/calendar-days/${made.body.id}`, { version: 1 })).status).toBe(200)
  expect(await app.runAs('steward', (ctx) => workdayAfter(ctx, '2026-12-30', 1))).toBe('2026-12-31')
})
