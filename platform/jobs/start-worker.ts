import { randomInt } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { Logger, type Runner, run, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import type { Db } from '../db.ts'
import { type ClockTimes, cronItems, strike } from './clock.ts'
import type { JobWork } from './job-context.ts'
import { type JobLog, runJob } from './run-job.ts'

/** First half of the advisory lock that a living worker process holds. */
export const WORKER_LOCK_SPACE = 727_100
/** How often a worker looks for the jobs of dead ones. */
const SWEEP_MS = 2000

/**
 * Starts taking jobs from the queue. Ends the process when its own database session is lost: whoever supervises
 * it starts a new one, and the jobs it held are taken up again (`unlockDeadWorkers`).
 */
export async function startWorker(options: {
  jobsUrl: string
  db: Db
  gate: Db
  handlers: Readonly<Record<string, JobWork>>
  /** Jobs by the clock: kind → five-field cron in UTC. */
  clock: ClockTimes
  concurrency: number
  log: JobLog
  onLost: (error: Error) => void
}): Promise<{ stop(): Promise<void>; isAlive(): boolean }> {
  const { jobsUrl, db, handlers, log } = options
  const stopping = new AbortController()
  const lockNo = randomInt(1, 2 ** 31 - 1)
  const session = new pg.Client({ connectionString: jobsUrl, application_name: 'qucheng worker lock' })
  let alive = true
  const lost = (error: Error) => {
    if (!alive) return
    alive = false
    options.onLost(error)
  }
  session.on('error', lost)
  session.on('end', () => lost(new Error('the database session of the worker ended')))
  await session.connect()
  await session.query('select pg_advisory_lock($1, $2)', [WORKER_LOCK_SPACE, lockNo])
  await unlockDeadWorkers(session, lockNo, log)
  const events: WorkerEvents = new EventEmitter()
  // A job is locked under the name of its pool, not of the single worker in it.
  events.on('pool:create', ({ workerPool }) => {
    void session
      .query('insert into job_workers (worker_id, lock_no) values ($1, $2)', [workerPool.id, lockNo])
      .catch(lost)
  })
  events.on('worker:fatalError', ({ error }) =>
    lost(error instanceof Error ? error : new Error(String(error))),
  )
  const runner: Runner = await run({
    connectionString: jobsUrl,
    concurrency: options.concurrency,
    events,
    noHandleSignals: true,
    pollInterval: 2000,
    maxPoolSize: options.concurrency + 3,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.error({ source: 'queue' }, message)
    }),
    taskList: {
      run: (payload) =>
        runJob(db, handlers, payload as { company_id: string; job_id: string }, stopping.signal, log),
      clock: (payload) => {
        const { kind, _cron } = payload as { kind: string; _cron: { ts: string } }
        return strike({ app: db, gate: options.gate }, kind, new Date(_cron.ts))
      },
    },
    parsedCronItems: cronItems(options.clock),
  })
  const sweep = setInterval(() => void unlockDeadWorkers(session, lockNo, log).catch(lost), SWEEP_MS)
  return {
    isAlive: () => alive,
    stop: async () => {
      alive = false
      clearInterval(sweep)
      stopping.abort()
      await runner.stop()
      await session.end()
    },
  }
}

/** Frees the jobs of processes that are gone: the advisory lock they held can be had. */
async function unlockDeadWorkers(session: pg.Client, ownLock: number, log: JobLog): Promise<void> {
  const known = await session.query<{ lock_no: number; ids: string[] }>(
    'select lock_no, array_agg(worker_id) as ids from job_workers where lock_no <> $1 group by lock_no',
    [ownLock],
  )
  for (const { lock_no, ids } of known.rows) {
    const had = await session.query('select pg_try_advisory_lock($1, $2) as free', [
      WORKER_LOCK_SPACE,
      lock_no,
    ])
    if (!had.rows[0]?.free) continue
    await session.query('select graphile_worker.force_unlock_workers($1)', [ids])
    await session.query('delete from job_workers where lock_no = $1', [lock_no])
    await session.query('select pg_advisory_unlock($1, $2)', [WORKER_LOCK_SPACE, lock_no])
    log.info({ workers: ids.length }, 'took up the jobs of a worker that is gone')
  }
  // A process that died before its workers were written down.
  const unknown = await session.query<{ id: string }>(
    `select distinct locked_by as id from graphile_worker._private_jobs
     where locked_at < now() - interval '15 seconds' and locked_by not in (select worker_id from job_workers)`,
  )
  if (unknown.rowCount) {
    await session.query('select graphile_worker.force_unlock_workers($1)', [
      unknown.rows.map((row) => row.id),
    ])
  }
}
