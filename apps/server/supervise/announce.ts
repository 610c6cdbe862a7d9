import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Options } from './options.ts'

interface DemoLogin {
  login: string
  password: string
  who: string
}

/** Waits until the server answers that it is well. */
export async function untilHealthy({ host, port }: Options, signal: AbortSignal): Promise<void> {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host
  for (;;) {
    const answer = await fetch(`http://${name}:${port}/api/health`, {
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await sleep(100, undefined, { signal })
  }
}

/** Tells the person at the console where the system is and, with the demo company in it, who can sign in. */
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
  console.log(`${lines.join('\n')}\n`)
}

async function demoLogins(dataDir: string): Promise<DemoLogin[]> {
  const text = await readFile(join(dataDir, 'demo-logins.json'), 'utf8').catch(() => '[]')
  return JSON.parse(text) as DemoLogin[]
}
