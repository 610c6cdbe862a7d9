import { expect, test } from 'vitest'
import { isSound, openBrowser, picture } from './browser.ts'

const journey = openBrowser()

test('every page of the menu is sound on a phone, in English and in the dark', async () => {
  const page = await journey.open('steward', { phone: true, dark: true })
  await page.evaluate(() => {
    localStorage.setItem('qucheng.preferences', JSON.stringify({ locale: 'en', mode: 'dark' }))
  })
  await page.goto('/')
  await page.locator('html[lang="en"]').waitFor()
  await page.getByRole('button', { name: 'Menu' }).click()
  const links = page.locator('.qc-menu-drawer nav a')
  await links.first().waitFor()
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  expect(paths.length).toBeGreaterThan(15)
  const institution = await page.evaluate(
    async () => (await (await fetch('/api/institutions?size=1')).json()).rows[0].id,
  )
  for (const path of [...paths, `/institutions/${institution}`, `/institutions?open=${institution}`]) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    await isSound(page)
  }
  // The drawer's state stands beside its title, not over the link to the whole page.
  const state = await page.locator('.ant-drawer-title .qc-state').boundingBox()
  const link = await page.getByRole('link', { name: 'Open full page' }).boundingBox()
  expect(state && link && state.x + state.width <= link.x).toBe(true)
}, 240_000)

test('on a phone rows are ticked by a button or a long press, and many are changed at once', async () => {
  const page = await journey.open('steward', { phone: true })
  await page.goto('/institutions')
  const cards = page.locator('.qc-cards li')
  await cards.first().waitFor()
  await page.getByRole('button', { name: '选择多条' }).click()
  await cards.nth(0).locator('label').click()
  await cards.nth(1).locator('label').click()
  await page.getByText('已选 2 条').waitFor()
  await isSound(page)
  await picture(page, 'phone-ticked')
  await page.getByRole('button', { name: '取消选择' }).click()
  await cards.nth(2).dispatchEvent('pointerdown', { pointerType: 'touch' })
  await page.getByText('已选 1 条').waitFor()
  await page.getByRole('button', { name: '批量分类' }).click()
  await page.getByRole('dialog').getByText('批量分类').first().waitFor()
})

test('a figure of attainment opens its lines, and a line its cell in the file', async () => {
  const page = await journey.open('director')
  await page.goto('/attainment?from=2026-10&to=2026-10')
  const figure = page.locator('.qc-sheet tbody tr').first().getByRole('link', { name: /^¥/ })
  await figure.click()
  await page.waitForURL(/flows\/lines\?.*territory_id=/)
  // Until the lines are there, the table is still the report's.
  await page.locator('.qc-sheet tbody a[href^="/flows/lines/"]').first().click()
  await page.waitForURL(/flows\/lines\/[0-9a-f-]{36}/)
  const cell = page.locator('.qf-framed .qf-figure-cell')
  await cell.waitFor()
  const shown = Number(((await cell.textContent()) ?? '').replace(/[¥,，\s]/g, ''))
  const counted = await page.evaluate(async () => {
    const id = location.pathname.split('/').at(-1)
    return (await (await fetch(`/api/flow-lines/${id}`)).json()).line.amount_fen
  })
  expect(Math.round(shown * 100)).toBe(counted)
})

test('⌘K leads to a month, and to the lists that can be asked for a text', async () => {
  const page = await journey.open('steward')
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox')
  await box.fill('2026-10')
  await page.getByRole('option', { name: /关账看板/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/flows\/months\/2026-10/)
  await page.keyboard.press('Control+k')
  await box.fill('XS2026')
  await page.getByRole('option', { name: /流向明细/ }).click()
  await page.waitForURL(/flows\/lines\?q=XS2026/)
})

test('the board says by when files are due, and who owes them', async () => {
  const page = await journey.open('steward')
  // A month that no journey closes.
  await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-qucheng': 'web' }
    await fetch('/api/flow-months', { method: 'POST', headers, body: JSON.stringify({ month: '2026-12' }) })
  })
  await page.goto('/flows/months/2026-12')
  await page.getByText(/前交齐，.*前关账/).waitFor()
  await page.getByText(/前交齐（按公司日历）|应交齐（按公司日历）/).waitFor()
  await page.getByRole('link', { name: /前交齐，.*前关账/ }).click()
  await page.waitForURL(/calendars\?year=2026/)
})
