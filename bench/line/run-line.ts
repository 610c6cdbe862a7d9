import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { receiveFiles } from '#modules/flows/public.ts'
import { asReader, type Db } from '#platform/db.ts'
import { recordFile, storeBytes } from '#platform/files/public.ts'
import { type BenchCompany, type BenchDatabase, benchCtx } from './database.ts'
import { cpuOfTree, usedBy } from './processes.ts'
import type { FilePlan } from './rows.ts'
import { MONTH } from './world.ts'

export const PROJECT = join(import.meta.dirname, '../..')

export interface LineFigures {
  lines: number
  wall_s: number
  station_s: Record<string, number>
  receive_s: number
  worker_cpu_s: number
  postgres_cpu_s: number
  door_cpu_s: number
  peak_mb: number
  /** Memory of the worker when so much of the lines was through: [share, MB]. */
  memory: [number, number][]
  states: Record<string, number>
}

const PATIENCE_MS = 60 * 60_000

/** Sends the files in and waits until the worker of the product has taken every one along the line. */
export async function runLine(
  database: BenchDatabase,
  app: Db,
  company: BenchCompany,
  place: { files: string; data: string },
  plans: readonly FilePlan[],
): Promise<LineFigures> {
  const worker = startWorkerProcess(database, place.data)
  try {
    await untilWorkerLives(database)
    const postmaster = database.postgres.pid() ?? 0
    const before = {
      worker: (await usedBy(worker.pid ?? 0)).cpu_s,
      postgres: await cpuOfTree(postmaster),
      door: process.cpuUsage(),
    }
    const started = performance.now()
    const sending = sendFiles(app, company, place, plans)
    const watching = watch(database, worker, plans)
    const receive_s = await sending
    const memory = await watching
    const wall_s = (performance.now() - started) / 1000
    const worked = await usedBy(worker.pid ?? 0)
    const door = process.cpuUsage(before.door)
    return {
      ...(await countLines(database)),
      wall_s,
      receive_s,
      worker_cpu_s: worked.cpu_s - before.worker,
      postgres_cpu_s: (await cpuOfTree(postmaster)) - before.postgres,
      door_cpu_s: (door.user + door.system) / 1e6,
      peak_mb: worked.peak_mb,
      memory,
    }
  } finally {
    worker.kill('SIGTERM')
    if (worker.exitCode === null) await once(worker, 'exit')
  }
}

/** The product's own worker, started as its supervisor starts it. BENCH_PROFILE=folder leaves a CPU profile there. */
function startWorkerProcess(database: BenchDatabase, dataDir: string): ChildProcess {
  const profile = process.env.BENCH_PROFILE
  return spawn(
    process.execPath,
    [
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
      '--max-old-space-size=4096',
      'apps/server/worker.ts',
    ],
    {
      cwd: PROJECT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        APP_URL: database.app_url,
        GATE_URL: database.gate_url,
        JOBS_URL: database.jobs_url,
        DATA_DIR: dataDir,
      },
    },
  )
}

async function untilWorkerLives(database: BenchDatabase): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(100)) {
    const { rows } = await database.admin.query('select 1 from job_workers')
    if (rows.length > 0) return
  }
  throw new Error('the worker did not start')
}

/** Every file into the store and, in a transaction of its own, to the door of the line. Returns seconds. */
async function sendFiles(
  app: Db,
  company: BenchCompany,
  place: { files: string; data: string },
  plans: readonly FilePlan[],
): Promise<number> {
  const started = performance.now()
  const reader = {
    companyId: company.companyId,
    personId: company.people.steward,
    scope: { kind: 'company' },
  } as const
  for (const plan of plans) {
    const bytes = await storeBytes(place.data, createReadStream(join(place.files, plan.name)), 2 ** 31)
    const distributor_id = company.distributors.get(plan.distributor) ?? ''
    await asReader(app, reader, async (tx) => {
      const ctx = benchCtx(reader, tx)
      const file = await recordFile(ctx, bytes, {
        file_name: plan.name,
        purpose: 'flow',
        distributorId: distributor_id,
      })
      await receiveFiles(ctx, { month: MONTH, distributor_id, files: [file] })
    })
  }
  return (performance.now() - started) / 1000
}

async function watch(
  database: BenchDatabase,
  worker: ChildProcess,
  plans: readonly FilePlan[],
): Promise<[number, number][]> {
  const wanted = plans.reduce((sum, plan) => sum + plan.rows, 0)
  const memory: [number, number][] = []
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(250)) {
    if (worker.exitCode !== null) throw new Error('the worker ended')
    const { rows } = await database.admin.query<{ over: number; lines: number; stuck: number }>(
      `select count(*) filter (where state = 'done')::int as over, coalesce(sum(line_count), 0)::int as lines,
         count(*) filter (where state in ('failed', 'mapping'))::int as stuck from flow_batches`,
    )
    const { over = 0, lines = 0, stuck = 0 } = rows[0] ?? {}
    if (stuck > 0)
      throw new Error(`${stuck} files did not go through: their columns or contents are in doubt`)
    const { rss_mb } = await usedBy(worker.pid ?? 0)
    const next = [0.25, 0.5, 0.75, 1][memory.length] ?? 2
    if (lines >= wanted * next) memory.push([next, rss_mb])
    if (over === plans.length) return memory
  }
  throw new Error('the line did not end')
}

async function countLines(
  database: BenchDatabase,
): Promise<Pick<LineFigures, 'lines' | 'station_s' | 'states'>> {
  const stations = await database.admin.query<{ station: string; s: number }>(
    `select key as station, sum(value::float8) as s from flow_batches, jsonb_each_text(seconds) group by key`,
  )
  const states = await database.admin.query<{ state: string; n: number }>(
    `select state, count(*)::int as n from flow_lines group by state`,
  )
  const by = Object.fromEntries(states.rows.map((row) => [row.state, row.n]))
  return {
    lines: Object.values(by).reduce((sum, n) => sum + n, 0),
    station_s: Object.fromEntries(stations.rows.map((row) => [row.station, row.s])),
    states: by,
  }
}
