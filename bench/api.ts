// First pages of all lists for 20 users at a time, over what bin/bench line left: bin/bench api [SECONDS] [ROWS]
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { listsOf } from './api/lists.ts'
import { lockMonthOnce } from './api/locked-month.ts'
import { type Kind, signIn } from './api/people.ts'
import type { Answers, Order } from './api/users.ts'
import { type BenchDatabase, openBenchDatabase } from './line/database.ts'
import { benchFolder } from './line/folder.ts'
import { cpuOfTree, usedBy } from './line/processes.ts'
import { PROJECT } from './line/run-line.ts'
import { openStatements, printStatements } from './line/statements.ts'

const USERS = 20
/** So many sets of users, in turns. */
const TURNS = 3
const AIM_MS = 150
/** On two cores, 20 users in turn get their answers within the aim when one costs no more than this. */
const AIM_CPU_MS = 10
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
    await lockMonthOnce(database, kept)
    await openStatements(database)
    const port = await freePort()
    api = await startApi(database, data, port)
    users = fork(join(import.meta.dirname, 'api/users.ts'))
    print(`${kept.rows} lines; ${USERS} users at a time, ${seconds} s a list; aim p95 ≤ ${AIM_MS} ms\n`)
    print(HEADS)
    const asked: Asked[] = []
    for (const kind of ['steward', 'clerk', 'rep', 'auditor'] as const) {
      asked.push(...(await asKind(database, kept, kind, { port, seconds }, { api, users })))
    }
    const { peak_mb, cpu_s } = await usedBy(api.pid ?? 0)
    print(`api: ${cpu_s.toFixed(1)} CPU-s, peak ${Math.round(peak_mb)} MB`)
    await printStatements(database)
    await printBundle()
    printSum(asked)
  } finally {
    users?.disconnect()
    api?.kill('SIGTERM')
    if (api?.exitCode === null) await once(api, 'exit')
    await database.admin.end()
    await database.postgres.stop()
  }
}

const HEADS =
  '                                             ms            CPU-ms a request    share of the CPU\n' +
  '                           alone    p50    p95    p99   req/s    api     pg    users     kB'

interface Asked {
  name: string
  p95: number
  /** CPU-seconds of those who answer, and of the users themselves. */
  cpu_s: number
  users_s: number
  requests: number
}

/** All lists of one kind of reader. Reps see released months only. BENCH_ONLY: those whose name has the text. */
async function asKind(
  database: BenchDatabase,
  kept: Kept,
  kind: Kind,
  how: { port: number; seconds: number },
  processes: { api: ChildProcess; users: ChildProcess },
): Promise<Asked[]> {
  print(`as ${kind}`)
  // Lists take turns with the people: quick ones would use up a person's rate.
  const everyone = await signIn(database, kept, kind, USERS * TURNS)
  const asked: Asked[] = []
  const { api, users } = processes
  const ask = async (order: Order) => {
    users.send(order)
    return ((await once(users, 'message')) as [Answers])[0]
  }
  const cpu = async () => [
    (await usedBy(api.pid ?? 0)).cpu_s,
    await cpuOfTree(database.postgres.pid() ?? 0),
    (await usedBy(users.pid ?? 0)).cpu_s,
  ]
  for (const [name, path] of await listsOf(database, kept, kind)) {
    if (!name.includes(process.env.BENCH_ONLY ?? '')) continue
    // Reports are over locked months; everything else a steward or clerk does is most work while the month is open.
    const state = kind === 'rep' || name.startsWith('attainment') ? 'released' : 'open'
    await database.admin.query('update flow_months set state = $1', [state])
    const tokens = everyone.splice(0, USERS)
    everyone.push(...tokens)
    const alone = await ask({ ...how, path, tokens: tokens.slice(0, 1), seconds: ALONE_S })
    const before = await cpu()
    const answers = await ask({ ...how, path, tokens })
    const used = (await cpu()).map((now, at) => now - (before[at] ?? 0))
    asked.push(printAsked(`${kind} ${name}`, alone, answers, used))
  }
  await database.admin.query(`update flow_months set state = 'open'`)
  return asked
}

function printAsked(name: string, alone: Answers, answers: Answers, used: number[]): Asked {
  const at = (share: number, of = answers) => of.ms[Math.floor(of.ms.length * share)] ?? Number.NaN
  const [api = 0, postgres = 0, users = 0] = used
  const times = [at(0.5, alone), at(0.5), at(0.95), at(0.99), answers.ms.length / answers.wall_s]
  const each = [api, postgres].map((s) => ((s * 1000) / answers.ms.length).toFixed(1).padStart(6))
  const share = `${((users / (api + postgres + users)) * 100).toFixed(0)} %`
  const failed = Object.entries(answers.failed).map(([status, n]) => `${n} × ${status}`)
  const figures = [
    ...times.map((n) => n.toFixed(0).padStart(6)),
    ...each,
    share.padStart(8),
    (answers.bytes / 1000).toFixed(1).padStart(6),
  ]
  print(`  ${name.slice(name.indexOf(' ') + 1).padEnd(24)}${figures.join(' ')}  ${failed.join(', ')}`)
  return { name, p95: at(0.95), cpu_s: api + postgres, users_s: users, requests: answers.ms.length }
}

/** The last lines say it all: how many lists have the aim, and which have not. */
function printSum(asked: readonly Asked[]): void {
  const answered = asked.filter((one) => one.requests > 0)
  const sum = (of: (one: Asked) => number) => asked.reduce((all, one) => all + of(one), 0)
  const cpuMs = (one: Asked) => (one.cpu_s * 1000) / one.requests
  const each = (answered.reduce((all, one) => all + cpuMs(one), 0) / answered.length).toFixed(1)
  const users = ((sum((one) => one.users_s) / sum((one) => one.users_s + one.cpu_s)) * 100).toFixed(0)
  print(`\n${each} CPU-ms a request, the mean of all lists; of all CPU the users themselves took ${users} %`)
  const heavy = asked.filter((one) => !(cpuMs(one) <= AIM_CPU_MS))
  print(`${asked.length - heavy.length} of ${asked.length} lists cost ≤ ${AIM_CPU_MS} CPU-ms a request`)
  for (const one of heavy) print(`  above: ${one.name} ${cpuMs(one).toFixed(1)} CPU-ms`)
  const slow = asked.filter((one) => !(one.p95 <= AIM_MS))
  print(`${asked.length - slow.length} of ${asked.length} lists p95 ≤ ${AIM_MS} ms`)
  for (const one of slow) print(`  above: ${one.name} ${one.p95.toFixed(0)} ms`)
}

async function startApi(database: BenchDatabase, data: string, port: number): Promise<ChildProcess> {
  const profile = process.env.BENCH_PROFILE
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  const api = spawn(process.execPath, [...flags, 'apps/server/api.ts'], {
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
