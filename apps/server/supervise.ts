import { type ChildProcess, spawn } from 'node:child_process'
import { totalmem } from 'node:os'
import { CannotStart } from '#platform/postgres/cannot-start.ts'
import { announce, untilHealthy } from './supervise/announce.ts'
import { buildWeb } from './supervise/build-web.ts'
import { type KeptChild, keepChild } from './supervise/keep-child.ts'
import { note } from './supervise/note.ts'
import { loadDemo, migrateDatabase, openDatabase } from './supervise/open-database.ts'
import { type Options, PROJECT, readOptions, USAGE } from './supervise/options.ts'
import { checkSettings, claimPort, prepareDataDir } from './supervise/prepare-place.ts'
import { watchSources } from './supervise/watch-sources.ts'

// The top process of bin/start: the database, the schema, the server, the worker, in this order and back.

const CHILD_PATIENCE_MS = 25_000
const AFTER_CRASH_PATIENCE_MS = 35_000
const DEV_PORT = 5173

/** What runs, in the order it was started; it is stopped from the end. */
const up: (() => Promise<void>)[] = []
const stopping = new AbortController()

async function start(options: Options): Promise<void> {
  const { signal } = stopping
  await prepareDataDir(options)
  checkSettings(options, process.env)
  const serves = options.role !== 'worker'
  // bin/start sets RESTARTED when the supervisor before us was killed.
  if (serves) await claimPort(options, process.env.RESTARTED ? AFTER_CRASH_PATIENCE_MS : 0)
  const urls = await prepare(options, serves && !options.dev)
  signal.throwIfAborted()
  const children = startChildren(options, urls)
  up.push(async () => {
    await Promise.all(children.map((child) => child.stop(CHILD_PATIENCE_MS)))
  })
  if (options.dev) startDev(options, children)
  if (!serves) return note('the worker runs')
  await untilHealthy(options, signal)
  await announce(options, `http://localhost:${options.dev ? DEV_PORT : options.port}`)
}

/** The database and the pages beside each other; the first that fails ends the other, and its reason is told. */
async function prepare(options: Options, withPages: boolean): Promise<Record<string, string>> {
  const failing = new AbortController()
  const signal = AbortSignal.any([stopping.signal, failing.signal])
  const guard = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error) => {
      failing.abort(error)
      throw error
    })
  const [urls] = await Promise.allSettled([
    guard(database(options, signal)),
    guard(withPages ? buildWeb(signal) : Promise.resolve()),
  ])
  if (failing.signal.aborted) throw failing.signal.reason
  if (urls.status === 'rejected') throw urls.reason
  return urls.value
}

async function database(options: Options, signal: AbortSignal): Promise<Record<string, string>> {
  const opened = await openDatabase(options)
  up.push(opened.stop)
  signal.throwIfAborted()
  const urls = await migrateDatabase(opened.adminUrl, signal)
  await loadDemo(options, { ...urls, DATABASE_URL: opened.adminUrl }, signal)
  return urls
}

function startChildren(options: Options, urls: Record<string, string>): KeptChild[] {
  // The administrator's URL stays here: neither server nor worker may own tables or pass by row-level security.
  const { DATABASE_URL: _, ...rest } = process.env
  const env = {
    ...rest,
    ...urls,
    HOST: options.host,
    PORT: String(options.port),
    DATA_DIR: options.dataDir,
    DEMO: options.demo,
    ROLE: options.role,
  }
  const children: KeptChild[] = []
  if (options.role !== 'worker') children.push(keepChild('api', ['apps/server/api.ts'], env))
  if (options.role !== 'api') {
    children.push(keepChild('worker', [...workerMemory(), 'apps/server/worker.ts'], env))
  }
  return children
}

/** A young generation larger than this only lets a long file's cells pile up: a million rows then need twice the memory. */
const YOUNG_MB = 16

function workerMemory(): string[] {
  const old = Number(process.env.WORKER_MEMORY_MB) || Math.min(4096, Math.round(totalmem() / 1024 ** 2 / 3))
  return [`--max-old-space-size=${old}`, `--max-semi-space-size=${YOUNG_MB}`]
}

function startDev(options: Options, children: KeptChild[]): void {
  const args = ['node_modules/vite/bin/vite.js', '-c', 'apps/web/vite.config.ts', '--configLoader', 'native']
  // Vite ends when its input does, that is also when we are killed.
  const vite: ChildProcess = spawn(process.execPath, [...args, '--port', String(DEV_PORT), '--strictPort'], {
    cwd: PROJECT,
    env: { ...process.env, QUCHENG_SERVER: `http://127.0.0.1:${options.port}`, CI: '' },
    stdio: ['pipe', 'inherit', 'inherit'],
    detached: true,
  })
  const unwatch = watchSources(() => {
    note('sources changed')
    for (const child of children) child.restart()
  })
  up.push(async () => {
    unwatch()
    vite.kill('SIGTERM')
  })
}

async function stop(): Promise<void> {
  for (const down of up.splice(0).reverse()) await down()
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(USAGE)
  const starting = readOptions(process.argv.slice(2), process.env).then(start)
  const onSignal = (name: NodeJS.Signals) => {
    if (stopping.signal.aborted) return
    stopping.abort()
    note(`${name}: finishing`)
    void starting
      .catch(() => {})
      .then(stop)
      .then(() => process.exit(0))
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  try {
    await starting
  } catch (error) {
    if (stopping.signal.aborted) return
    await stop()
    console.error(error instanceof CannotStart ? `渠成: ${error.message}` : error)
    process.exit(1)
  }
}

await main()
