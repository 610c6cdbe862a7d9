import { modules } from '#apps/server/modules.ts'
import { lockedAsIs } from '#modules/flows/public.ts'
import { asReader, openDb } from '#platform/db.ts'
import { hearEventsOf } from '#platform/events/heard-events.ts'
import { type BenchDatabase, benchCtx } from '../line/database.ts'
import { MONTH } from '../line/world.ts'

/**
 * Locks the month as the product does, once: reps and reports read its version. The month itself is then set to the state
 * that a list's readers find it in.
 */
export async function lockMonthOnce(
  { admin, app_url }: BenchDatabase,
  company: { companyId: string; people: { steward: string } },
): Promise<void> {
  const known = await admin.query('select 1 from flow_versions limit 1')
  if (known.rowCount) return
  hearEventsOf(modules)
  const app = openDb(app_url, 1, 'bench lock')
  const { companyId } = company
  const reader = { companyId, personId: company.people.steward, scope: { kind: 'company' } } as const
  const began = performance.now()
  try {
    await asReader(app, reader, (tx) => lockedAsIs(benchCtx(reader, tx), MONTH), {
      statementTimeoutMs: 300_000,
    })
  } finally {
    await app.destroy()
  }
  process.stdout.write(`the month was locked in ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  await admin.query('vacuum analyze')
}
