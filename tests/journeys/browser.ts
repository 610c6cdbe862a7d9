import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'

const OUTPUT = join(import.meta.dirname, 'output')
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Journey {
  /** A page of a person who has just signed in, or of nobody. */
  open(login: string | null, options?: { phone?: boolean; english?: boolean; dark?: boolean }): Promise<Page>
}

/** Real Chromium for the tests of one file. Whatever a page complains about in its console fails the test. */
export function openBrowser(): Journey {
  let browser: Browser
  const contexts: BrowserContext[] = []
  beforeAll(async () => {
    await mkdir(OUTPUT, { recursive: true })
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ARGS,
    })
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser.close()
  })
  return {
    open: async (login, options = {}) => {
      const context = await browser.newContext({
        baseURL: inject('product_url'),
        locale: options.english ? 'en-US' : 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        colorScheme: options.dark ? 'dark' : 'light',
        viewport: options.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
        hasTouch: options.phone ?? false,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      page.on('console', (message) => {
        const text = message.text()
        // A refused request is told in the console too; what it means is on the page and asserted there.
        if (message.type() === 'error' && !text.includes('Failed to load resource')) throw new Error(text)
      })
      await page.goto('/')
      if (login) await signIn(page, login)
      return page
    },
  }
}

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, login: string, password = inject('demo_password')): Promise<void> {
  await page.locator('input[autocomplete="username"]').fill(login)
  await page.locator('input[autocomplete="current-password"]').fill(password)
  await page.locator('button[type="submit"]').click()
  await page.locator('nav, [role="navigation"]').first().waitFor()
}

/** Keeps a picture of the page for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) })
}

/** Nothing that axe calls serious or critical is on the page, and it does not scroll sideways. */
export async function isSound(page: Page): Promise<void> {
  // A notice that fades in or out has no colour of its own yet: what is wrong stays wrong, so look again.
  let bad = await complaints(page)
  for (let looks = 0; bad.length > 0 && looks < 4; looks += 1) {
    await page.waitForTimeout(1500)
    bad = await complaints(page)
  }
  expect(bad).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
}

async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`)
}
