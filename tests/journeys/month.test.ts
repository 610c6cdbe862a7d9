import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { isSound, openBrowser, picture } from './browser.ts'

const journey = openBrowser()
const MONTH = '2026-11'

async function sample(part: string): Promise<string> {
  const name = (await readdir(inject('samples_dir'))).find((one) => one.includes(part))
  if (!name) throw new Error(`no sample ${part}`)
  return join(inject('samples_dir'), name)
}

/** Waits until no file of the month is on its way along the line. */
async function untilQuiet(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(async (month) => {
          const states = ['received', 'reading', 'cleaning']
          const lists = await Promise.all(
            states.map(async (state) =>
              (await fetch(`/api/flow-batches?month=${month}&state=${state}`)).json(),
            ),
          )
          return lists.reduce((sum, list) => sum + list.total, 0)
        }, MONTH),
      { timeout: 90_000, interval: 500 },
    )
    .toBe(0)
}

test('a month travels from a file to a released figure, and from the figure back to the cell', async () => {
  const steward = await journey.open('steward')
  await untilQuiet(steward)

  // Upload: the distributor is found by typing, the file becomes a card that says what it is.
  await steward.goto(`/flows/upload?month=${MONTH}`)
  await steward.getByRole('combobox', { name: '经销商' }).fill('川衡')
  await steward.locator('.ant-select-item-option', { hasText: '四川川衡' }).click()
  await steward.locator('input[type="file"]').setInputFiles(await sample('四川川衡'))
  await steward
    .getByText(/销售表，\d+ 行/)
    .first()
    .waitFor()
  await isSound(steward)
  await picture(steward, 'upload-done')
  // Twice the same file is refused with the one that has it.
  await steward.locator('input[type="file"]').setInputFiles(await sample('四川川衡'))
  await steward
    .getByText(/已经.*收到|已收到/)
    .first()
    .waitFor()

  // Mapping: files with a doubtful column are confirmed on the table itself.
  for (;;) {
    const waiting = await steward.evaluate(
      async (month) => (await fetch(`/api/flow-batches?month=${month}&state=mapping&size=1`)).json(),
      MONTH,
    )
    const id = waiting.rows[0]?.id
    if (!id) break
    await steward.goto(`/flows/batches/${id}`)
    await steward.getByRole('button', { name: '确认并处理' }).waitFor()
    if (waiting.total === 1) {
      await isSound(steward)
      await picture(steward, 'mapping')
    }
    await steward.getByRole('button', { name: '确认并处理' }).click()
    await steward.getByText('已确认，正在处理').first().waitFor()
    await untilQuiet(steward)
  }

  await settle(steward)
  await close(steward)
  await figures(steward)
})

/** The review workbench with the keyboard alone. */
async function settle(steward: Page): Promise<void> {
  await steward.goto('/flows/review')
  await steward.getByText(/还有 \d+ 组/).waitFor()
  await steward
    .getByText(/将结清 \d+ 行/)
    .first()
    .waitFor()
  await isSound(steward)
  await picture(steward, 'review')
  await steward.keyboard.press('n')
  await steward.getByText(/本次已判定 1 组/).waitFor()
  await steward.keyboard.press('u')
  await steward
    .getByText(/已撤销/)
    .first()
    .waitFor()
  for (const kind of ['customer', 'product']) {
    await steward.goto(`/flows/review?kind=${kind}`)
    await steward.waitForLoadState('networkidle')
    for (let left = 60; left > 0; left -= 1) {
      if (await steward.getByText('都判定完了').isVisible()) break
      const sure = await steward.locator('.qf-candidate').first().isVisible()
      await steward.keyboard.press(sure ? 'Enter' : 'n')
      await steward.waitForTimeout(400)
    }
    await steward.getByText('都判定完了').waitFor()
    // The last decisions are on their way while the page already shows the next group.
    await steward.getByText('保存中').waitFor({ state: 'hidden' })
    await steward.waitForLoadState('networkidle')
  }
  await steward.getByRole('tab', { name: '问题行' }).click()
  await steward.getByText('疑似重复', { exact: true }).first().waitFor()
  await isSound(steward)
  await picture(steward, 'review-issues')
  for (const issue of ['疑似重复', '单位不认识', '数量与金额正负不一致']) {
    await steward.getByText(issue, { exact: true }).first().click()
    await steward.waitForTimeout(1000)
    await steward.waitForLoadState('networkidle')
    const nothing = steward.getByText('没有这类问题行')
    if (await nothing.isVisible()) continue
    await steward.getByRole('button', { name: '全部剔除' }).click()
    await steward.getByRole('dialog').getByRole('button', { name: '剔除' }).click()
    await nothing.waitFor()
  }
}

/** Asked for by one person, approved by another, locked by the system, released. */
async function close(steward: Page): Promise<void> {
  await steward.goto(`/flows/months/${MONTH}`)
  await steward.getByText('收齐情况').waitFor()
  await picture(steward, 'month-board-before')
  await steward.getByText('可以关账').waitFor()
  await isSound(steward)
  await picture(steward, 'month-board')
  await steward.getByRole('button', { name: '提交关账' }).click()
  await steward.getByRole('dialog').getByRole('button', { name: '提交关账' }).click()
  await steward.getByText(/正在等 .*审批/).waitFor()

  const channel = await journey.open('channel')
  await channel.goto('/approvals')
  await channel.getByText(MONTH).first().click()
  await picture(channel, 'approval')
  await channel.getByRole('button', { name: '同意' }).click()
  await channel
    .getByText(/已同意|已通过/)
    .first()
    .waitFor()

  await steward.getByRole('button', { name: '下发' }).waitFor({ timeout: 30_000 })
  await steward.getByRole('button', { name: '验证封签' }).click()
  await steward.getByText(/封签完好/).waitFor()
  await steward.getByRole('button', { name: '下发' }).click()
  await steward.getByRole('dialog').getByRole('button', { name: '下发' }).click()
  await steward.getByText(`${MONTH} 已下发`).first().waitFor()
}

/** From a region's figure down to the framed row of the file. */
async function figures(steward: Page): Promise<void> {
  await steward.goto(`/attainment?from=${MONTH}&to=${MONTH}`)
  await steward.getByText('华东大区').waitFor()
  await isSound(steward)
  await picture(steward, 'attainment')
  await steward
    .getByRole('row', { name: /华东大区/ })
    .getByRole('link', { name: /^¥/ })
    .first()
    .click()
  await steward.waitForURL(/\/flows\/lines/)
  await steward.getByRole('row').nth(2).click()
  await steward
    .getByRole('link', { name: /来龙去脉|查看|打开/ })
    .first()
    .click()
  await steward.waitForURL(/\/flows\/lines\/[0-9a-f-]{36}/)
  await steward.locator('tr.qf-framed').waitFor()
  await isSound(steward)
  await picture(steward, 'line-life')
  const framed = await steward.locator('tr.qf-framed td.qf-cell-sure').allTextContents()
  expect(framed.filter((text) => text.trim() !== '').length).toBeGreaterThan(3)
}
