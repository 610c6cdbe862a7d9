import { existsSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { isSound, openBrowser, picture } from './browser.ts'

const journey = openBrowser()
const REAL_LIST = resolve(import.meta.dirname, '../../../shared/data/institutions.csv')

async function file(name: string, text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'import-')), name)
  await writeFile(path, text)
  return path
}

/** Drops a file into a new import and waits for its preview. */
async function preview(page: Page, path: string, seconds = 20): Promise<void> {
  await page.goto('/imports/new?kind=institutions')
  await page.locator('input[type="file"]').setInputFiles(path)
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/, { timeout: seconds * 1000 })
  await page.getByRole('button', { name: /^写入 [\d,]+ 行$/ }).waitFor({ timeout: seconds * 1000 })
}

async function write(page: Page, seconds = 20): Promise<void> {
  const run = page.getByRole('button', { name: /^写入 [\d,]+ 行$/ })
  await run.click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^写入 [\d,]+ 行$/ })
    .click()
  await page.getByRole('button', { name: '撤销这次导入' }).waitFor({ timeout: seconds * 1000 })
}

test('institutions come in from a spreadsheet, wrong rows are told, and the whole import is undone', async () => {
  const page = await journey.open('channel')
  const rows = Array.from({ length: 300 }, (_, n) => `YX${n},云栖第${n}诊所,诊所,浙江省,杭州市,西湖区`)
  const path = await file(
    '新增诊所.csv',
    [
      '机构编码,机构名称,类型,省份,城市,区县',
      ...rows,
      'YX900,,诊所,浙江省,杭州市,西湖区',
      'YX1,云栖重复,诊所,浙江省,杭州市,西湖区',
    ].join('\n'),
  )
  await preview(page, path)
  await isSound(page)
  await picture(page, 'import-preview')
  await write(page)
  await page.goto('/institutions?q=云栖第299诊所')
  await page.getByText('云栖第299诊所').first().waitFor()
  // Found by the initials of its pinyin too.
  await page.goto('/institutions?q=yqd299')
  await page.getByText('云栖第299诊所').first().waitFor()
  await page.goBack()
  await page.goBack()
  await page.getByRole('button', { name: '撤销这次导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销这次导入' }).click()
  await page
    .getByText(/整批撤销/)
    .first()
    .waitFor()
  const left = await page.evaluate(async () =>
    (await fetch('/api/institutions?q=%E4%BA%91%E6%A0%96%E7%AC%AC')).json(),
  )
  expect(left.total).toBe(0)
})

test('27,000 institutions import in one go', async () => {
  if (!existsSync(REAL_LIST)) {
    console.info('the list of real institutions is not on this machine: this test was not run')
    return
  }
  const page = await journey.open('steward')
  await preview(page, REAL_LIST, 60)
  await picture(page, 'import-27000-preview')
  await write(page, 90)
  await picture(page, 'import-27000-done')
  const all = await page.evaluate(async () => (await fetch('/api/institutions?q=H0')).json())
  expect(all.total_capped).toBe(true)
})

test('many institutions are classed at once, told in their history, and it is undone', async () => {
  const page = await journey.open('channel')
  await page.goto('/institutions?q=安庆')
  await page.locator('tbody tr').first().waitFor()
  // By keyboard: the space bar ticks a row, and the bar offers all that the search finds.
  await page.locator('tbody tr').first().focus()
  await page.keyboard.press(' ')
  const bar = page.getByRole('toolbar')
  await bar.getByRole('button', { name: /^选择全部/ }).click()
  await bar.getByRole('button', { name: '批量分类' }).click()
  await page.getByLabel('机构细类').fill('眼科专科')
  await page.getByRole('button', { name: '预览影响' }).click()
  const dialog = page.getByRole('dialog').filter({ hasText: '行会改变' })
  await dialog.waitFor()
  await picture(page, 'classify-preview')
  await dialog.getByRole('button', { name: '写入' }).click()
  await page.getByRole('button', { name: '撤销' }).click()
  await page.getByText('已撤销').waitFor()
  await isSound(page)
})

test('a new name of an institution waits for approval, and everything else holds at once', async () => {
  const page = await journey.open('steward')
  await page.goto('/institutions?q=YY10466')
  await page.locator('tbody tr').first().click()
  await page.getByRole('button', { name: '编辑' }).click()
  await page.getByLabel('名称', { exact: true }).fill('云栖路中医院')
  await page.keyboard.press('Control+Enter')
  await page.getByText('提交的变更正在审批').waitFor()
  await picture(page, 'identity-waits')
  const director = await journey.open('director')
  await director.goto('/approvals')
  await director.getByText('YY10466').first().click()
  const decided = director.waitForResponse(/\/decisions$/)
  await director.getByRole('button', { name: '同意' }).click()
  expect((await decided).status()).toBe(201)
  await page.goto('/institutions?q=yqlzyy')
  await expect
    .poll(
      async () => {
        await page.reload()
        const row = page.locator('tbody tr', { hasText: '云栖路中医院' }).first()
        return row.waitFor({ timeout: 2000 }).then(
          () => 'there',
          () => 'not yet',
        )
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe('there')
})

test('a block copied from a spreadsheet is pasted into the targets, saved and undone', async () => {
  const page = await journey.open('channel')
  await page.goto('/targets?year=2027')
  const cell = page.locator('tbody tr').first().locator('input.qt-cell').first()
  await cell.focus()
  await cell.evaluate((field) => {
    const data = new DataTransfer()
    data.setData('text/plain', '1,000\t2000\n3000\tx\n')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await page.getByText('3 个目标待保存').waitFor()
  await picture(page, 'targets-pasted')
  await page.keyboard.press('Control+s')
  await page.getByText('已保存 3 个目标').waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await page.getByText('全年合计 ¥0.00').waitFor()
})
