import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeSetupToken } from '#platform/auth/setup-link.ts'
import type { Options } from './options.ts'

interface DemoLogin {
  login: string
  password: string
  who: string
}

/** Waits until the server answers that it is well. */
export async function untilHealthy(options: Options, signal: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await fetch(`${own(options)}/api/health`, {
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await sleep(100, undefined, { signal })
  }
}

function own({ host, port }: Options): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host
  return `http://${name}:${port}`
}

/** Tells the person at the console where the system is and how to come in. */
export async function announce(options: Options, address: string): Promise<void> {
  const seconds = (performance.now() / 1000).toFixed(1)
  const lines = ['', `  渠成已就绪 · Qucheng is ready: ${address}  (${seconds} s)`]
  const logins = options.demo === 'no' ? [] : await demoLogins(options.dataDir)
  if (logins.length > 0) {
    const width = Math.max(...logins.map(({ login }) => login.length))
    const passwords = Math.max(...logins.map(({ password }) => password.length))
    lines.push('', '  演示公司 · demo company')
    for (const { login, password, who } of logins) {
      lines.push(`    ${login.padEnd(width)}  ${password.padEnd(passwords)}  ${who}`)
    }
  }
  lines.push(...(await wayIn(options, address)))
  console.log(`${lines.join('\n')}\n`)
}

/** Where there is no company, a link that makes the first one; each start makes a new link. */
async function wayIn(options: Options, address: string): Promise<string[]> {
  const answer = await fetch(`${own(options)}/api/setup`, { signal: AbortSignal.timeout(5_000) }).catch(
    () => null,
  )
  const { needed } = answer?.ok ? ((await answer.json()) as { needed: boolean }) : { needed: false }
  if (!needed) return []
  return [
    '',
    '  还没有公司。请在 30 分钟内打开下面的一次性链接，创建公司和第一位管理员；过期后重新启动即得到新链接。',
    '  There is no company yet. Open this one-time link within 30 minutes to make it and its first administrator;',
    '  a restart makes a new link.',
    `    ${address}/setup#${await makeSetupToken(options.dataDir)}`,
  ]
}

async function demoLogins(dataDir: string): Promise<DemoLogin[]> {
  const text = await readFile(join(dataDir, 'demo-logins.json'), 'utf8').catch(() => '[]')
  return JSON.parse(text) as DemoLogin[]
}
