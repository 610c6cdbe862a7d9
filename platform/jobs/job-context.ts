import type { Ctx } from '../ctx.ts'
import { asReader, type Db, type Reader } from '../db.ts'

/** A unit of background work as its handler sees it. */
export interface JobContext {
  id: string
  kind: string
  companyId: string
  subjectId: string
  payload: Record<string, unknown>
  attempt: number
  /** One transaction with the whole company's eyes; everything a handler writes goes through one. */
  transaction<T>(work: (ctx: Ctx) => Promise<T>, options?: { statementTimeoutMs?: number }): Promise<T>
  /** Tells people how far it is; written at most twice a second, in a transaction of its own. */
  progress(stage: string, done: number, total: number | null): Promise<void>
  /** Set when the process is asked to stop: leave at the next good place by throwing. */
  stopping: AbortSignal
}

/** Does the work of one kind of job; what it returns is kept as the job's result. Runs at least once. */
// biome-ignore lint/suspicious/noConfusingVoidType: who has no result returns nothing
export type JobWork = (job: JobContext) => Promise<Record<string, unknown> | undefined | void>

export interface JobRecord {
  id: string
  kind: string
  company_id: string
  subject_id: string | null
  payload: Record<string, unknown>
  person_id: string | null
  attempts: number
}

export const JOB_STATEMENT_TIMEOUT_MS = 30 * 60_000

/** Builds the handler's view of a job row. */
export function jobContext(db: Db, job: JobRecord, stopping: AbortSignal): JobContext {
  // The work is the company's, the name on the audit rows is of the person who asked for it.
  const reader: Reader = { companyId: job.company_id, personId: job.person_id, scope: { kind: 'company' } }
  let told = 0
  return {
    id: job.id,
    kind: job.kind,
    companyId: job.company_id,
    subjectId: job.subject_id ?? '',
    payload: job.payload,
    attempt: job.attempts,
    stopping,
    transaction: (work, options) =>
      asReader(
        db,
        reader,
        (tx) =>
          work({
            ...reader,
            db: tx,
            personName: '',
            permissions: new Set(),
            now: new Date(),
            requestId: `job ${job.id}`,
          }),
        { statementTimeoutMs: options?.statementTimeoutMs ?? JOB_STATEMENT_TIMEOUT_MS },
      ),
    progress: async (stage, done, total) => {
      const now = Date.now()
      if (now - told < 500 && done !== total) return
      told = now
      await asReader(db, reader, (tx) =>
        tx
          .updateTable('jobs')
          .set({ stage, progress_done: done, progress_total: total })
          .where('company_id', '=', job.company_id)
          .where('id', '=', job.id)
          .execute(),
      )
    },
  }
}
