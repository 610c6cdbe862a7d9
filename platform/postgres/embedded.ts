import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, postgresAccount } from './account.ts'
import { preparedBinaries } from './binaries.ts'
import { CannotStart } from './cannot-start.ts'
import { preparedCluster, preparedFolder, settings, socketFolder } from './cluster.ts'
import { gone, isPostmasterOf, processBegan, signal } from './processes.ts'

export interface EmbeddedPostgresOptions {
  /** Folder that holds everything of this PostgreSQL: cluster, password, socket. */
  dataDir: string
  /** Receives every line PostgreSQL logs, and ours about it. */
  log: (line: string) => void
  /** PostgreSQL settings that differ from the built-in ones; those that keep data safe stay as they are. */
  settings?: Record<string, string>
}

export interface EmbeddedPostgres {
  /** URL of the superuser; the socket's folder is in `?host=`, so a changed user, password or database name is enough for other roles. */
  adminUrl: string
  /** Folder of the unix socket; PostgreSQL listens on no network address. */
  host: string
  port: number
  /** Process id of the postmaster that runs now. */
  pid: () => number | undefined
  /** Called each time the postmaster ended without being asked, before it is started again. */
  onExit: (listener: (how: string) => void) => void
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop: () => Promise<void>
}

interface Launch {
  binaries: string
  cluster: string
  account: Account | null
  args: string[]
  log: (line: string) => void
}

const RECOVERY_MS = 600_000
const LIVED_WELL_MS = 60_000

/**
 * Starts PostgreSQL on the folder (made on the first start) and keeps it running: a postmaster that dies is started
 * again. A postmaster left behind by a killed process is stopped first. Throws CannotStart with a sentence for the operator.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log } = options
  const dataDir = resolve(options.dataDir)
  const account = await postgresAccount(join(dataDir, 'cluster'))
  await preparedFolder(dataDir, account)
  await claim(dataDir)
  try {
    const binaries = await preparedBinaries(account, dataDir)
    const { cluster, password } = await preparedCluster(dataDir, binaries, account)
    const socket = await socketFolder(dataDir, account)
    const args = ['-D', cluster, ...(await settings(socket, options.settings ?? {}))]
    const kept = await keepRunning({ binaries, cluster, account, args, log })
    return {
      adminUrl: `postgresql://postgres:${password}@localhost:5432/postgres?host=${encodeURIComponent(socket)}`,
      host: socket,
      port: 5432,
      pid: kept.pid,
      onExit: kept.onExit,
      stop: async () => {
        await kept.stop()
        await rm(ownerFile(dataDir), { force: true })
      },
    }
  } catch (error) {
    await rm(ownerFile(dataDir), { force: true })
    throw error
  }
}

function ownerFile(dataDir: string): string {
  return join(dataDir, 'owner')
}

/** Only one process may drive a data folder: a second one would take the first one's postmaster for a stale one. */
async function claim(dataDir: string): Promise<void> {
  const mine = `${process.pid} ${await processBegan(process.pid)}\n`
  for (;;) {
    try {
      await writeFile(ownerFile(dataDir), mine, { flag: 'wx' })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const [pid, began] = (await readFile(ownerFile(dataDir), 'utf8')).trim().split(' ')
    if (pid && began && (await processBegan(Number(pid))) === began) {
      throw new CannotStart(`The data folder ${dataDir} is in use by process ${pid}: stop that one first.`)
    }
    await rm(ownerFile(dataDir), { force: true })
  }
}

async function keepRunning(launch: Launch) {
  const listeners: ((how: string) => void)[] = []
  let stopping = false
  let child = await startPatiently(launch)

  const watch = (watched: ChildProcess) => {
    const since = Date.now()
    watched.once('exit', (code, signalName) => {
      if (stopping) return
      const how = signalName ?? `code ${code}`
      launch.log(`postgres ended by ${how}; starting it again`)
      for (const listener of listeners) listener(how)
      void again(Date.now() - since > LIVED_WELL_MS ? 200 : 1_000)
    })
  }
  const again = async (wait: number): Promise<void> => {
    await sleep(wait)
    if (stopping) return
    try {
      child = await startPatiently(launch)
    } catch (error) {
      launch.log(`postgres did not start: ${(error as Error).message}`)
      return again(Math.min(wait * 2, 15_000))
    }
    if (stopping) return stopPostmaster(child)
    launch.log('postgres is back')
    watch(child)
  }

  watch(child)
  return {
    pid: () => child.pid,
    onExit: (listener: (how: string) => void) => void listeners.push(listener),
    stop: async () => {
      stopping = true
      await stopPostmaster(child)
    },
  }
}

/** After a kill -9 the backends of the dead postmaster need a moment to notice; until then a new one is refused. */
async function startPatiently(launch: Launch): Promise<ChildProcess> {
  const until = Date.now() + 30_000
  for (;;) {
    await clearStale(launch)
    const started = await startOnce(launch)
    if ('child' in started) return started.child
    if (Date.now() > until || !/shared memory|lock file/.test(started.lines)) {
      throw new CannotStart(`PostgreSQL did not start: ${started.lines}`)
    }
    await sleep(200)
  }
}

/** Stops a postmaster left behind on this cluster; a pid file whose number now belongs to another program goes. */
async function clearStale({ cluster, log }: Launch): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  if (!pid) return
  if (await isPostmasterOf(pid, cluster)) {
    log(`stopping the postgres left behind as process ${pid}`)
    await stopByForce(pid)
  }
  await rm(file, { force: true })
}

async function startOnce(launch: Launch): Promise<{ child: ChildProcess } | { lines: string }> {
  const { account, cluster } = launch
  const child = spawn(join(launch.binaries, 'bin/postgres'), launch.args, {
    ...(account && { uid: account.uid, gid: account.gid }),
    cwd: cluster,
    env: { LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own process group: Ctrl-C on the terminal must not reach it before the application has finished.
    detached: true,
  })
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', () => done())
  })
  let over = false
  void ended.then(() => {
    over = true
  })
  const lines: string[] = []
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      launch.log(line)
      if (lines.push(line) > 20) lines.shift()
    })
  }
  const until = Date.now() + RECOVERY_MS
  while (!over && Date.now() < until) {
    if (await isReady(cluster, child.pid)) return { child }
    await Promise.race([ended, sleep(20)])
  }
  if (!over) await stopPostmaster(child)
  // What it said last may still be on the way.
  await sleep(50)
  return { lines: lines.filter((line) => /FATAL|PANIC|HINT/.test(line)).join(' ') || lines.join(' ') }
}

/** The eighth line of its pid file is how PostgreSQL tells pg_ctl that it takes connections. */
async function isReady(cluster: string, pid: number | undefined): Promise<boolean> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

async function stopPostmaster(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((done) => child.once('exit', done))
  await stopByForce(child.pid)
  await exit
}

/** Fast shutdown, then immediate shutdown (recovers at the next start), then the kernel. */
async function stopByForce(pid: number): Promise<void> {
  for (const [name, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    signal(pid, name)
    if (await gone(pid, patience)) return
  }
  throw new Error(`postgres (process ${pid}) cannot be stopped`)
}
