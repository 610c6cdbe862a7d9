import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { lockImport, refuseImportState } from './import-states.ts'

/** Has a checked import run. One whose job ended in a fault may be asked for again. */
export async function requestRun(ctx: Ctx, id: string): Promise<{ job_id: string }> {
  const row = await lockImport(ctx, id)
  if (!(row.state === 'running' && (await hasFailed(ctx, row.job_id)))) refuseImportState(row.state, 'run')
  if (row.insert_count + row.update_count === 0) throw new Refusal('masterdata.import-nothing-good')
  const job_id = await enqueueJob(ctx, {
    kind: 'masterdata.run-import',
    subject: ['masterdata.imports', id],
  })
  await ctx.db
    .updateTable('master_imports')
    .set({ state: 'running', job_id })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  return { job_id }
}

async function hasFailed(ctx: Ctx, jobId: string | null): Promise<boolean> {
  if (jobId === null) return true
  const job = await ctx.db
    .selectFrom('jobs')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', jobId)
    .select('state')
    .executeTakeFirst()
  return job?.state === 'failed' || job?.state === 'cancelled'
}
