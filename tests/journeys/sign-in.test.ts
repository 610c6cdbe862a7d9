import { expect, test } from 'vitest'
import { isSound, openBrowser, picture, signIn } from './browser.ts'

const journey = openBrowser()

test('a wrong password is told, the right one opens the house, and signing out closes it', async () => {
  const page = await journey.open(null)
  await isSound(page)
  await page.locator('input[autocomplete="username"]').fill('steward')
  await page.locator('input[autocomplete="current-password"]').fill('not the password')
  await page.locator('button[type="submit"]').click()
  await page.getByRole('alert').getByText('账号或密码').waitFor()
  await picture(page, 'sign-in-wrong')
  await signIn(page, 'steward')
  await isSound(page)
  await picture(page, 'home-steward')
})

test('a page asked for before sign-in is where sign-in leads', async () => {
  const page = await journey.open(null)
  await page.goto('/flows/lines?month=2026-10')
  await signIn(page, 'steward')
  await page.waitForURL(/\/flows\/lines\?month=2026-10/)
})

test('somebody who serves two makers changes the company and sees the other one', async () => {
  const page = await journey.open('steward')
  await page.getByText('澜州医疗科技股份有限公司').first().click()
  await page.getByText('岚启生物技术（成都）有限公司').last().click()
  await page.getByText('岚启生物技术（成都）有限公司').first().waitFor()
  const session = await page.evaluate(async () => (await fetch('/api/session')).json())
  expect(session.company.name).toBe('岚启生物技术（成都）有限公司')
})

test('the house reads in English and in the dark, and the choice follows the person', async () => {
  const page = await journey.open('director', { dark: true })
  await page.getByRole('button', { name: /顾文斌/ }).click()
  await page.getByText('English', { exact: true }).click()
  await page.locator('html[lang="en"]').waitFor()
  await page.keyboard.press('Escape')
  await isSound(page)
  await picture(page, 'home-director-english-dark')
  const again = await journey.open('director')
  await again.locator('html[lang="en"]').waitFor()
})
