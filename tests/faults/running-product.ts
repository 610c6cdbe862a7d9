import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { appUrlOf } from '#apps/server/migrate.ts'
import { reachRunning } from '#platform/postgres/reach-running.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const PATIENCE_MS = 120_000

/** Parts of the running product that can be killed, and how their command lines are known. */
export const VICTIMS = {
  worker: 'apps/server/worker.ts',
  api: 'apps/server/api.ts',
  postgres: 'bin/postgres -D',
} as const
export type Victim = keyof typeof VICTIMS

export interface RunningProduct {
  url: string
  /** The database superuser's URL. */
  adminUrl: string
  /** kill -9; false when it was not there to be killed. */
  kill(victim: Victim): Promise<boolean>
  until(condition: () => Promise<boolean>, what: string): Promise<void>
  isHealthy(): Promise<boolean>
  stop(): Promise<void>
}

/** `bin/start --empty` in a folder of its own, as people run it: real processes, a real disk. */
export async function startProduct(): Promise<RunningProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'))
  await chmod(folder, 0o711)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let said = ''
  const top: ChildProcess = spawn(join(ROOT, 'bin/start'), ['--empty'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [top.stdout, top.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000)
    })
  }
  const isHealthy = async () => {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
    await answer?.body?.cancel()
    return answer?.status === 200
  }
  const until = async (condition: () => Promise<boolean>, what: string) => {
    const end = Date.now() + PATIENCE_MS
    while (!(await condition().catch(() => false))) {
      if (Date.now() > end) throw new Error(`not ${what}; the product said:\n${said}`)
      await sleep(100)
    }
  }
  await until(isHealthy, 'healthy')
  const adminUrl = await reachRunning(join(folder, 'postgres'))
  if (!adminUrl) throw new Error('the database cannot be reached')
  return {
    url,
    adminUrl: appUrlOf(adminUrl, 'admin'),
    isHealthy,
    until,
    kill: async (victim) => {
      const pid = await pidOf(folder, VICTIMS[victim])
      if (pid === undefined) return false
      try {
        process.kill(pid, 'SIGKILL')
        return true
      } catch {
        return false
      }
    },
    stop: async () => {
      if (top.exitCode === null) {
        top.kill('SIGTERM')
        await once(top, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The process of ours with this command: one that has our folder in its environment or as its working place. */
async function pidOf(folder: string, command: string): Promise<number | undefined> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
    if (!(await read('cmdline')).replaceAll('\0', ' ').includes(command)) continue
    const place = await readlink(`/proc/${pid}/cwd`).catch(() => '')
    if (place.startsWith(folder) || (await read('environ')).includes(`DATA_DIR=${folder}`)) return Number(pid)
  }
  return undefined
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
