import { type ParsedCronItem, parseCronItems } from 'graphile-worker'
import { sql } from 'kysely'
import { asReader, type Db, type Reader } from '../db.ts'

/** Which kinds of jobs run when: kind → five-field cron in UTC. */
export type ClockTimes = Readonly<Record<string, string>>

/** What was missed while no worker ran is made up for, if it is not older. */
const BACKFILL_MS = 60 * 60_000

/** The queue's own cron looks at these; it wakes one worker, however many run. */
export function cronItems(times: ClockTimes): ParsedCronItem[] {
  return parseCronItems(
    Object.entries(times).map(([kind, match]) => ({
      task: 'clock',
      match,
      identifier: kind,
      payload: { kind },
      options: { backfillPeriod: BACKFILL_MS },
    })),
  )
}

/** Queues a job of the clock in every company, one transaction each. A second call for the same minute does nothing. */
export async function strike(dbs: { app: Db; gate: Db }, kind: string, due: Date): Promise<void> {
  const companies = await dbs.gate.selectFrom('companies').select('id').execute()
  for (const { id } of companies) {
    const reader: Reader = { companyId: id, personId: null, scope: { kind: 'company' } }
    await asReader(dbs.app, reader, async (tx) => {
      const job = await tx
        .insertInto('jobs')
        .values({ company_id: id, kind, payload: '{}', due_at: due })
        .onConflict((conflict) =>
          conflict.columns(['company_id', 'kind', 'due_at']).where('due_at', 'is not', null).doNothing(),
        )
        .returning('id')
        .executeTakeFirst()
      if (job) await sql`select enqueue_job(${job.id})`.execute(tx)
    })
  }
}
