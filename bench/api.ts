// First pages of all lists for 20 users at a time, over what bin/bench line left: bin/bench api [SECONDS] [ROWS]
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { listsOf } from './api/lists.ts'
import { type Kind, signIn } from './api/people.ts'
import type { Answers, Order } from './api/users.ts'
import { type BenchDatabase, openBenchDatabase } from './line/database.ts'
import { benchFolder } from './line/folder.ts'
import { usedBy } from './line/processes.ts'
import { PROJECT } from './line/run-line.ts'
import { openStatements, printStatements } from './line/statements.ts'

const USERS = 20
/** So many sets of users, in turns. */
const TURNS = 3
const AIM_MS = 150
/** First one user alone: what a list costs when nobody else asks. */
const ALONE_S = 0.3

interface Kept {
  companyId: string
  people: Record<Kind, string>
  rows: number
}

async function main(seconds: number, rows: number): Promise<void> {
  const data = join(benchFolder(), `line-${rows}`)
  if (!existsSync(join(data, 'bench.json')))
    return fail(`nothing in ${data}: run bin/bench line ${rows} first`)
  const kept = JSON.parse(await readFile(join(data, 'bench.json'), 'utf8')) as Kept
  const database = await openBenchDatabase(data)
  let api: ChildProcess | undefined
  let users: ChildProcess | undefined
  try {
    // As autovacuum would have done within the hour.
    await database.admin.query('vacuum analyze')
    await openStatements(database)
    const port = await freePort()
    api = await startApi(database, data, port)
    users = fork(join(import.meta.dirname, 'api/users.ts'))
    print(`${kept.rows} lines; ${USERS} users at a time, ${seconds} s a list; aim p95 ≤ ${AIM_MS} ms\n`)
    print('                           alone    p50    p95    p99 ms   req/s   kB')
    const slow: string[] = []
    for (const kind of ['steward', 'clerk', 'rep'] as const) {
      slow.push(...(await asKind(database, kept, kind, { port, seconds }, users)))
    }
    const { peak_mb, cpu_s } = await usedBy(api.pid ?? 0)
    print(`\napi: ${cpu_s.toFixed(1)} CPU-s, peak ${Math.round(peak_mb)} MB`)
    print(slow.length > 0 ? `above ${AIM_MS} ms: ${slow.join('; ')}` : `none above ${AIM_MS} ms`)
    await printStatements(database)
    await printBundle()
  } finally {
    users?.disconnect()
    api?.kill('SIGTERM')
    if (api?.exitCode === null) await once(api, 'exit')
    await database.admin.end()
    await database.postgres.stop()
  }
}

/** All lists of one kind of reader; returns those that were too slow. Reps see released months only. */
async function asKind(
  database: BenchDatabase,
  kept: Kept,
  kind: Kind,
  how: { port: number; seconds: number },
  users: ChildProcess,
): Promise<string[]> {
  print(`as ${kind}`)
  // Lists take turns with the people: quick ones would use up a person's rate.
  const everyone = await signIn(database, kept, kind, USERS * TURNS)
  const slow: string[] = []
  await database.admin.query('update flow_months set state = $1', [kind === 'rep' ? 'released' : 'open'])
  for (const [name, path] of await listsOf(database, kept, kind)) {
    const tokens = everyone.splice(0, USERS)
    everyone.push(...tokens)
    const ask = async (order: Order) => {
      users.send(order)
      return ((await once(users, 'message')) as [Answers])[0]
    }
    const alone = await ask({ ...how, path, tokens: tokens.slice(0, 1), seconds: ALONE_S })
    const answers = await ask({ ...how, path, tokens })
    const at = (share: number, of = answers) => of.ms[Math.floor(of.ms.length * share)] ?? Number.NaN
    const times = [at(0.5, alone), at(0.5), at(0.95), at(0.99)]
      .map((ms) => ms.toFixed(0).padStart(6))
      .join(' ')
    const rate = (answers.ms.length / answers.wall_s).toFixed(0).padStart(9)
    const failed = Object.entries(answers.failed).map(([status, n]) => `${n} × ${status}`)
    print(
      `  ${name.padEnd(24)}${times} ${rate} ${(answers.bytes / 1000).toFixed(1).padStart(6)}  ${failed.join(', ')}`,
    )
    if (!(at(0.95) <= AIM_MS)) slow.push(`${kind} ${name}`)
  }
  await database.admin.query(`update flow_months set state = 'open'`)
  return slow
}

async function startApi(database: BenchDatabase, data: string, port: number): Promise<ChildProcess> {
  const api = spawn(process.execPath, ['apps/server/api.ts'], {
    cwd: PROJECT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      APP_URL: database.app_url,
      GATE_URL: database.gate_url,
      JOBS_URL: database.jobs_url,
      DATA_DIR: data,
      PORT: String(port),
      INSECURE_HTTP: '1',
      ROLE: 'api',
    },
  })
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(100)) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/openapi.json`).catch(() => null)
    if (answer?.ok) return api
    if (api.exitCode !== null) break
  }
  api.kill('SIGKILL')
  throw new Error('the server did not start')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** What the browser loads at first, when pages have been built. */
async function printBundle(): Promise<void> {
  const measure = join(PROJECT, 'apps/web/measure-bundle.ts')
  if (!existsSync(measure) || !existsSync(join(PROJECT, 'dist/web/index.html'))) return
  const child = spawn(process.execPath, [measure], { cwd: PROJECT, stdio: 'inherit' })
  await once(child, 'exit')
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}

const [seconds = 10, rows = 1_000_000] = process.argv.slice(2).map(Number)
if (!(seconds > 0 && rows > 0)) {
  process.stderr.write('usage: bin/bench api [SECONDS] [ROWS]\n')
  process.exitCode = 2
} else await main(seconds, rows)
