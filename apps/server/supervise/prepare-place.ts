import { access, chmod, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '#platform/config.ts'
import { CannotStart } from '#platform/postgres/cannot-start.ts'
import { keyFileOf, loadKeyring } from '#platform/secrets.ts'
import type { Options } from './options.ts'

/**
 * Makes the data folder: ours alone, but for root also passable, since PostgreSQL runs as another user and has its
 * part inside.
 */
export async function prepareDataDir({ dataDir }: Options): Promise<void> {
  try {
    const made = await mkdir(dataDir, { recursive: true, mode: 0o700 })
    if (made !== undefined && process.getuid?.() === 0) await chmod(dataDir, 0o711)
    await access(dataDir, 7)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CannotStart(
      `The data folder ${dataDir} cannot be written (${code}): set DATA_DIR to one that can.`,
    )
  }
}

/**
 * Reads every setting once before anything starts, and makes the key that secrets are sealed with: a child that cannot read
 * them would only end again and again.
 */
export function checkSettings({ dataDir }: Options, env: NodeJS.ProcessEnv): void {
  try {
    readConfig({ ...env, DATA_DIR: dataDir })
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}.`)
  }
  try {
    loadKeyring(dataDir, env.SECRETS_KEY)
  } catch (error) {
    const from = env.SECRETS_KEY ? 'SECRETS_KEY' : keyFileOf(dataDir)
    throw new CannotStart(`The keys of ${from} cannot be read: ${(error as Error).message}.`)
  }
}

/** The port must be free; after a crash the old server gets the patience to notice that it is alone. */
export async function claimPort({ host, port }: Options, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs
  for (;;) {
    const code = await tryPort(host, port)
    if (code === null) return
    if (code !== 'EADDRINUSE') throw new CannotStart(`Cannot listen on ${host}:${port} (${code}).`)
    if (Date.now() > until) {
      throw new CannotStart(
        `Port ${port} is taken by another program: stop it, or choose another with PORT=…`,
      )
    }
    await sleep(200)
  }
}

async function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => done(null)))
  })
}
