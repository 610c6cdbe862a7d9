import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { isSound, openBrowser, picture } from './browser.ts'
import { openOwnMonth } from './own-month.ts'

const journey = openBrowser()
const MONTH = '2027-02'

interface Quality {
  threshold: number
  months: { month: string; auto_count: number; sample: { judged: number; wrong: number } }[]
}

const quality = (page: Page): Promise<Quality> =>
  page.evaluate(async () => (await fetch('/api/flow-match-quality')).json())
const ofMonth = async (page: Page) => (await quality(page)).months.find(({ month }) => month === MONTH)

test('a sample of automatic matches is judged with one key each, and a wrong one is at once at hand to be mended', async () => {
  const steward = await journey.open('steward')
  await openOwnMonth(steward, MONTH, 60)
  expect((await ofMonth(steward))?.auto_count).toBeGreaterThan(2)
  await steward.goto(`/flows/quality?tab=sample&month=${MONTH}`)
  await steward.getByRole('button', { name: '抽取 40 个' }).click()
  await steward.getByText(/第 1 \/ \d+ 个/).waitFor()
  await isSound(steward)
  await picture(steward, 'quality-sample')

  await steward.keyboard.press('1')
  await steward.getByText(/对 1 · 错 0 · 跳过 0/).waitFor()
  await steward.keyboard.press('u')
  await steward.getByText(/对 0 · 错 0 · 跳过 0/).waitFor()
  await steward.keyboard.press('1')
  await steward.getByText(/对 1 · 错 0 · 跳过 0/).waitFor()
  const text = await steward.locator('.qf-sample-pair .qf-raw-text').first().textContent()
  await steward.keyboard.press('2')
  await steward.waitForURL(/\/flows\/review\?.*state=auto/)
  await steward
    .getByText(text ?? '', { exact: true })
    .first()
    .waitFor()
  expect((await ofMonth(steward))?.sample).toMatchObject({ judged: 2, wrong: 1 })

  await steward.goto('/flows/quality')
  await steward.getByText('逐月明细').waitFor()
  await isSound(steward)
  await picture(steward, 'quality')
})

test('another threshold says before what it moves, is applied with a reason, and is taken back', async () => {
  const channel = await journey.open('channel')
  const { threshold } = await quality(channel)
  await channel.goto('/flows/quality')
  await channel.getByRole('spinbutton', { name: '新阈值' }).fill('92')
  await channel.getByText(/改为要人看|没有名称因此改变/).waitFor()
  await channel.waitForLoadState('networkidle')
  await isSound(channel)
  await picture(channel, 'quality-threshold')
  const apply = channel.getByRole('button', { name: '应用新阈值' })
  await apply.click()
  const dialog = channel.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /为什么改/ }).fill('先看看分数低的')
  await dialog.getByRole('button', { name: '应用新阈值' }).click()
  await channel.getByText('现在从 92.0% 起自动采用').waitFor({ timeout: 40_000 })

  await channel.getByRole('button', { name: '撤销' }).click()
  await channel.getByRole('dialog').getByRole('button', { name: '撤销' }).click()
  await channel.getByText(/已恢复原阈值/).waitFor({ timeout: 40_000 })
  expect((await quality(channel)).threshold).toBe(threshold)
})
