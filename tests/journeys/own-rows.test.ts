import { readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { isSound, openBrowser, picture } from './browser.ts'

const journey = openBrowser()

test('a distributor sees its own files and lines, and nobody else’s', async () => {
  const page = await journey.open('suheng')
  await isSound(page)
  await picture(page, 'home-distributor')
  await page.goto('/flows/lines?month=2026-10')
  await page.getByRole('row').nth(1).waitFor()
  await picture(page, 'lines-distributor')
  const own = await page.evaluate(async () => {
    const session = await (await fetch('/api/session')).json()
    const lines = await (await fetch('/api/flow-lines?size=200')).json()
    const files = await (await fetch('/api/flow-batches?size=200')).json()
    return {
      id: session.distributor.id,
      rows: [...lines.rows, ...files.rows].map((row) => row.distributor_id),
    }
  })
  expect(own.rows.length).toBeGreaterThan(10)
  expect(new Set(own.rows)).toEqual(new Set([own.id]))
  const forbidden = await page.evaluate(async () =>
    Promise.all(
      ['/api/institutions', '/api/flow-reviews', '/api/people'].map(
        async (path) => (await fetch(path)).status,
      ),
    ),
  )
  expect(forbidden).toEqual([403, 403, 403])
})

test('a rep on a phone sees the own territory’s attainment and opens it down to a line', async () => {
  const page = await journey.open('rep1', { phone: true })
  await isSound(page)
  await picture(page, 'phone-home-rep')
  await page.goto('/attainment?from=2026-10&to=2026-10')
  await page
    .getByText(/达成率/)
    .first()
    .waitFor()
  await isSound(page)
  await picture(page, 'phone-attainment')
  await page.goto('/flows/lines?month=2026-10')
  await page.waitForLoadState('networkidle')
  await isSound(page)
  await picture(page, 'phone-lines')
  const territories = await page.evaluate(async () => {
    const lines = await (await fetch('/api/flow-lines?size=200')).json()
    return [...new Set(lines.rows.map((row: { territory_name: string }) => row.territory_name))]
  })
  expect(territories).toHaveLength(1)
})

test('the steward’s pages work with one thumb', async () => {
  const page = await journey.open('steward', { phone: true })
  for (const path of [
    '/flows/months/2026-10',
    '/flows/review',
    '/flows/upload?month=2026-11',
    '/institutions',
  ]) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    await isSound(page)
    await picture(page, `phone${path.replace(/[/?=]/g, '-')}`)
  }
})

test('bad files get a clear answer and lose nothing', async () => {
  // A month of its own: other journeys close the demo's.
  const steward = await journey.open('steward')
  const opened = await steward.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-qucheng': 'web' }
    const body = JSON.stringify({ month: '2026-12' })
    return (await fetch('/api/flow-months', { method: 'POST', headers, body })).status
  })
  expect([201, 409]).toContain(opened)
  const page = await journey.open('suheng')
  await page.goto('/flows/upload?month=2026-12')
  const input = page.locator('input[type="file"]')
  await input.waitFor({ state: 'attached' })
  const put = async (name: string, bytes: Buffer | string) => {
    const path = join(tmpdir(), name)
    await writeFile(path, bytes)
    await input.setInputFiles(path)
    return page.locator('.qc-file-cards li', { hasText: name })
  }
  // Wrong type and too large are told before anything is sent.
  await (await put('合同.docx', 'not a table'))
    .getByText(/格式|类型|支持/)
    .first()
    .waitFor()
  await (await put('巨大.csv', Buffer.alloc(101 * 1024 * 1024, 'a')))
    .getByText(/超过|太大|MB/)
    .first()
    .waitFor()
  await (await put('空.xlsx', '')).getByText(/空/).first().waitFor()
  await (await put('没有表.csv', '这只是一段话\n没有任何表格\n'))
    .getByText(/没有.*表|表头|认出/)
    .first()
    .waitFor()
  await (await put('坏的.xlsx', Buffer.from('504b0304aabbccdd', 'hex')))
    .getByText(/损坏|打不开|不完整/)
    .first()
    .waitFor()
  await isSound(page)
  await picture(page, 'upload-bad-files')
  expect((await readdir(inject('samples_dir'))).length).toBe(6)
})
