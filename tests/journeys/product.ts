import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    product_url: string
    demo_password: string
    samples_dir: string
  }
}

const ROOT = resolve(import.meta.dirname, '../..')
const PASSWORD = 'willow-river-stone-41'

/** The journeys' own running product: `bin/start` with the demo company in a folder of its own, once for all files. */
export default async function startProduct(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'journeys-'))
  await chmod(folder, 0o711)
  const port = await freePort()
  let said = ''
  const product: ChildProcess = spawn(join(ROOT, 'bin/start'), ['--demo'], {
    env: { ...process.env, PORT: String(port), DATA_DIR: folder, DEMO_PASSWORD: PASSWORD },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [product.stdout, product.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000)
    })
  }
  const url = `http://localhost:${port}`
  const end = Date.now() + 170_000
  while (!said.includes(url)) {
    if (Date.now() > end || product.exitCode !== null)
      throw new Error(`the product did not start; it said:\n${said}`)
    await sleep(200)
  }
  project.provide('product_url', url)
  project.provide('demo_password', PASSWORD)
  project.provide('samples_dir', join(folder, 'samples'))
  return async () => {
    product.kill('SIGTERM')
    await once(product, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('no free port')
  return address.port
}
