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
