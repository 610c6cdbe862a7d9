import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { csv } from '#tests/flow-desk.ts'
import { isSound, openBrowser, picture } from './browser.ts'

const journey = openBrowser()
// A month of its own: others are closed by another journey.
const MONTH = '2027-01'
const TEXT = '城南新开的口腔门诊部'

/** A file of one distributor in which only the customer is unknown. */
async function send(page: Page, distributor: string, lines: number): Promise<void> {
  const rows = Array.from(
    { length: lines },
    (_, at) =>
      `${MONTH}-0${at + 1},${TEXT},泡沫敷料（澜愈）,15cm×15cm,L${at},${at + 1},片,40,${(at + 1) * 40},R${at}`,
  )
  const path = join(tmpdir(), `qucheng-${distributor}-${lines}.csv`)
  await writeFile(path, csv(rows))
  await page.goto(`/flows/upload?month=${MONTH}`)
  await page.getByRole('combobox', { name: '经销商' }).fill(distributor)
  await page.locator('.ant-select-item-option', { hasText: distributor }).first().click()
  await page.locator('input[type="file"]').setInputFiles(path)
  const done = page.getByText(`销售表，${lines} 行`).first()
  const asks = page.getByRole('link', { name: '确认列' })
  await done.or(asks).waitFor({ timeout: 60_000 })
  if (await done.isVisible()) return
  // This distributor's files had no price before: a column of money is confirmed once.
  await asks.click()
  await page.getByRole('button', { name: '确认并处理' }).click()
  await done.waitFor({ timeout: 60_000 })
}

const stateOfNew = (page: Page) =>
  page.evaluate(async (name) => {
    const found = await fetch(`/api/institutions?state=active&q=${encodeURIComponent(name)}`)
    return (await found.json()).rows.length
  }, TEXT)

test('a name from two provinces is split; what is in no master is created and settled, and taken back in one key', async () => {
  const steward = await journey.open('steward')
  await steward.evaluate(async (month) => {
    const headers = { 'content-type': 'application/json', 'x-qucheng': 'web' }
    await fetch('/api/flow-months', { method: 'POST', headers, body: JSON.stringify({ month }) })
  }, MONTH)
  await send(steward, '川衡', 3)
  await send(steward, '苏恒', 2)

  await steward.goto(`/flows/review?month=${MONTH}&q=${encodeURIComponent(TEXT)}`)
  await steward.getByText('将结清 5 行').waitFor()
  await isSound(steward)
  await picture(steward, 'review-split')
  // All, then the two provinces with what each would settle.
  await steward.keyboard.press('s')
  await steward.getByText('将结清 3 行').waitFor()
  await steward.keyboard.press('c')
  const form = steward.getByRole('dialog')
  expect(await form.getByRole('textbox', { name: '名称' }).inputValue()).toBe(TEXT)
  await form.getByText(/很像|没有相近的机构/).waitFor()
  await isSound(steward)
  await picture(steward, 'review-create')
  await steward.keyboard.press('Escape')
  await form.waitFor({ state: 'hidden' })
  await steward.keyboard.press('c')
  await form.getByText(/很像|没有相近的机构/).waitFor()
  // A code that is taken is told at its field, and nothing is lost.
  const code = form.getByRole('textbox', { name: '编码' })
  const free = await code.inputValue()
  const taken = await steward.evaluate(
    async () => (await (await fetch('/api/institutions?size=1')).json()).rows[0].code,
  )
  await code.fill(taken)
  await form.getByRole('button', { name: '新建并结清' }).click()
  await form
    .getByText(/编码.*已|已.*编码/)
    .first()
    .waitFor()
  await code.fill(free)
  await form.getByRole('button', { name: '新建并结清' }).click()
  await steward.getByText('本次已判定 1 组，结清 3 行').waitFor()
  // The other province still waits.
  await steward.getByText('还有 1 组').waitFor()
  expect(await stateOfNew(steward)).toBe(1)

  await steward.keyboard.press('u')
  await steward.getByText('将结清 5 行').waitFor()
  expect(await stateOfNew(steward)).toBe(0)

  await steward.getByRole('button', { name: /^全部经销商/ }).click()
  await steward.keyboard.press('n')
  await steward.getByText('当前筛选下没有等待判定的名称').waitFor()
})

test('a lock that would come too early says what it would leave out', async () => {
  const steward = await journey.open('steward')
  await steward.goto(`/flows/months/${MONTH}`)
  await steward.getByText('现在锁定的话').waitFor()
  await steward.getByText('没交销售流向').waitFor()
  await isSound(steward)
  await picture(steward, 'month-lock-now')
})
