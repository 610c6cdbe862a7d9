import { Refusal } from '#kit/refusal.ts'
import { openDb } from '#platform/db.ts'
import type { JobWork } from '#platform/jobs/public.ts'
import { startWorker } from '#platform/jobs/start-worker.ts'

/** A worker as a process of its own, for tests that kill it. Jobs: hold, poison, refuse, fault, quick. */

const env = (name: string): string => process.env[name] ?? ''
const app = openDb(env('APP_URL'), 4, 'test worker')
const gate = openDb(env('GATE_URL'), 1, 'test worker')

const handlers: Record<string, JobWork> = {
  /** The first attempt tells how far it is and then never ends. */
  'test.hold': async (job) => {
    await job.progress('counting', 3, 10)
    if (job.attempt === 1) await new Promise(() => setInterval(() => {}, 1000))
    return { attempt: job.attempt }
  },
  'test.poison': async () => {
    process.kill(process.pid, 'SIGKILL')
    await new Promise(() => {})
  },
  'test.refuse': async () => {
    throw new Refusal('test.not-so', { because: 'of that' })
  },
  'test.fault': async () => {
    throw new Error('something broke')
  },
  'test.quick': async () => ({ fine: true }),
}

const worker = await startWorker({
  jobsUrl: env('JOBS_URL'),
  db: app,
  gate,
  handlers,
  clock: {},
  concurrency: 2,
  log: { info: () => {}, error: () => {} },
  onLost: () => process.exit(1),
})
process.on('SIGTERM', () => void worker.stop().then(() => process.exit(0)))
console.log('ready')
