import { pino } from 'pino'
import { readConfig } from '#platform/config.ts'
import { hearEventsOf } from '#platform/events/heard-events.ts'
import { jobsOfModules } from '#platform/jobs/jobs-of-modules.ts'
import { startWorker } from '#platform/jobs/start-worker.ts'
import { loggedError } from '#platform/logged-error.ts'
import { clockTimes, platformJobs } from '#platform/routes.ts'
import { leaveWithSupervisor, openGround, required } from './ground.ts'
import { modules } from './modules.ts'

const config = readConfig()
const ground = openGround(config)
hearEventsOf(modules)
const log = pino({
  level: process.env.LOG_LEVEL ?? 'warn',
  base: { process: 'worker' },
  serializers: { err: loggedError },
})

const worker = await startWorker({
  jobsUrl: required(process.env, 'JOBS_URL'),
  db: ground.app,
  gate: ground.gate,
  handlers: { ...platformJobs(ground, modules), ...jobsOfModules(modules) },
  clock: clockTimes(modules),
  concurrency: config.workerConcurrency,
  log,
  onLost: (error) => {
    log.error({ err: error }, 'the worker lost its database')
    process.exit(1)
  },
})

let leaving = false
leaveWithSupervisor(() => {
  if (leaving) return
  leaving = true
  setTimeout(() => process.exit(1), 20_000).unref()
  void worker.stop().then(() => process.exit(0))
})
