import { sql } from 'kysely'
import type { Config } from '../config.ts'
import { asReader, type Db, type Reader } from '../db.ts'
import { sweepFiles } from '../files/sweep-files.ts'
import type { JobContext } from './job-context.ts'

const daysAgo = (days: number) => sql<Date>`now() - make_interval(days => ${days})`

/** The handler of job `platform.clean-up`: what nobody can use any more goes. */
export function cleanUp(dbs: { app: Db; gate: Db; config: Pick<Config, 'dataDir'> }) {
  return async (job: JobContext): Promise<Record<string, unknown> | undefined> => {
    await dbs.gate.deleteFrom('sessions').where('expires_at', '<', daysAgo(1)).execute()
    await dbs.gate.deleteFrom('sign_in_failures').where('failed_at', '<', daysAgo(1)).execute()
    await dbs.gate.deleteFrom('known_devices').where('seen_at', '<', daysAgo(400)).execute()
    // Other people's rows are seen by nobody but the system itself.
    const reader: Reader = { companyId: job.companyId, personId: null, scope: { kind: 'company' } }
    await asReader(dbs.app, reader, async (tx) => {
      await tx
        .deleteFrom('idempotency_keys')
        .where('company_id', '=', job.companyId)
        .where('created_at', '<', daysAgo(7))
        .execute()
      await tx
        .deleteFrom('jobs')
        .where('company_id', '=', job.companyId)
        .where('kind', 'like', 'platform.%')
        .where('state', 'in', ['done', 'cancelled'])
        .where('queued_at', '<', daysAgo(30))
        .execute()
      await tx
        .updateTable('notifications')
        .set({ mail_state: 'failed' })
        .where('company_id', '=', job.companyId)
        .where('mail_state', '=', 'queued')
        .where('created_at', '<', daysAgo(1))
        .execute()
    })
    const first = await dbs.gate
      .selectFrom('companies')
      .select('id')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (first?.id !== job.companyId) return
    // The store is one for all companies: the first of them looks after it.
    return { files_removed: await sweepFiles(dbs, dbs.config.dataDir, new Date(), job.stopping) }
  }
}
