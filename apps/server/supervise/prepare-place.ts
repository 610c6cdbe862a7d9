import { access, chmod, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart } from '#platform/postgres/cannot-start.ts'
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
