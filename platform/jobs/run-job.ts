import { sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import { asReader, type Db, type Reader } from '../db.ts'
import { type JobRecord, type JobWork, jobContext } from './job-context.ts'

export const MAX_ATTEMPTS = 5

export interface JobLog {
  info(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/**
 * Runs one queued job to its end. A refusal ends it as failed; any other error is tried again later, five times
 * in all. The attempt is counted before the work starts, so a job that kills its process is counted too; one that
 * leaves because the process is asked to stop is not.
 */
export async function runJob(
  db: Db,
  handlers: Readonly<Record<string, JobWork>>,
  task: { company_id: string; job_id: string },
  stopping: AbortSignal,
  log: JobLog,
): Promise<void> {
  const reader: Reader = { companyId: task.company_id, personId: null, scope: { kind: 'company' } }
  const job = await take(db, reader, task.job_id)
  if (!job) return
  if (job.attempts > MAX_ATTEMPTS) {
    // It killed its process every time; this pick-up was none of its attempts.
    const end = { state: 'failed', error_code: 'jobs.too-many-attempts', attempts: MAX_ATTEMPTS } as const
    await finish(db, reader, job.id, end)
    return
  }
  const started = performance.now()
  try {
    const handler = handlers[job.kind]
    if (!handler) throw new Refusal('jobs.unknown-kind', { kind: job.kind })
    const result = await handler(jobContext(db, job, stopping))
    await finish(db, reader, job.id, { state: 'done', result: result ?? null })
    log.info({ job: job.id, kind: job.kind, ms: Math.round(performance.now() - started) }, 'job done')
  } catch (error) {
    log.error({ job: job.id, kind: job.kind, attempt: job.attempts, err: error }, 'job failed')
    const refused = error instanceof Refusal
    const last = refused || (job.attempts >= MAX_ATTEMPTS && !stopping.aborted)
    await finish(db, reader, job.id, {
      state: last ? 'failed' : 'queued',
      error_code: refused ? error.code : 'jobs.fault',
      error_detail: refused ? JSON.stringify(error.params) : undefined,
      // Asked to stop is not gone wrong: the next process begins with this attempt again.
      ...(!last && stopping.aborted && { attempts: job.attempts - 1 }),
    })
    if (!last) throw error
  }
}

async function take(db: Db, reader: Reader, id: string): Promise<JobRecord | undefined> {
  return asReader(db, reader, (tx) =>
    tx
      .updateTable('jobs')
      .set({
        state: 'running',
        attempts: sql`attempts + 1`,
        started_at: sql`now()`,
        stage: null,
        progress_done: 0,
        progress_total: null,
      })
      .where('company_id', '=', reader.companyId)
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .returning(['id', 'kind', 'company_id', 'subject_id', 'payload', 'person_id', 'attempts'])
      .executeTakeFirst(),
  )
}

async function finish(
  db: Db,
  reader: Reader,
  id: string,
  end: {
    state: 'done' | 'failed' | 'queued'
    error_code?: string
    error_detail?: string | undefined
    result?: Record<string, unknown> | null
    attempts?: number
  },
): Promise<void> {
  await asReader(db, reader, (tx) =>
    tx
      .updateTable('jobs')
      .set({
        state: end.state,
        ...(end.attempts !== undefined && { attempts: end.attempts }),
        error_code: end.error_code ?? null,
        error_detail: end.error_detail ?? null,
        result: end.result ? JSON.stringify(end.result) : null,
        ended_at: end.state === 'queued' ? null : sql`now()`,
      })
      .where('company_id', '=', reader.companyId)
      .where('id', '=', id)
      .execute(),
  )
}
