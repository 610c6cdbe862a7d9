import { Refusal } from '#kit/refusal.ts'
import { requestApproval } from '#platform/approvals/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { lockImport, refuseImportState, refuseKind } from './import-states.ts'

/**
 * Has a checked import run. Where rows would change an identity that needs approval, the whole file waits for one
 * approval (`ask`), or those fields are left as they are (`leave-out`). One whose job ended in a fault may be asked
 * for again.
 */
export async function requestRun(
  ctx: Ctx,
  id: string,
  identity: 'ask' | 'leave-out',
): Promise<{ job_id: string | null; approval_id: string | null }> {
  const row = await lockImport(ctx, id)
  refuseKind(ctx, row.kind)
  const again = row.state === 'running' && (await hasFailed(ctx, row.job_id))
  if (!again) refuseImportState(row.state, 'run')
  if (row.insert_count + row.update_count === 0) throw new Refusal('masterdata.import-nothing-good')
  const asks = !again && identity === 'ask' && row.identity_count > 0
  const approval_id = asks ? await ask(ctx, row) : again ? row.approval_id : null
  const job_id = asks
    ? null
    : await enqueueJob(ctx, { kind: 'masterdata.run-import', subject: ['masterdata.imports', id] })
  await ctx.db
    .updateTable('master_imports')
    .set({ state: asks ? 'approving' : 'running', job_id, approval_id })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  return { job_id, approval_id }
}

function ask(ctx: Ctx, row: Awaited<ReturnType<typeof lockImport>>): Promise<string> {
  return requestApproval(ctx, {
    subject: ['masterdata.imports', row.id],
    rule: `masterdata.${row.kind}`,
    title: row.file.file_name,
    summary: {
      identity_count: row.identity_count,
      insert_count: row.insert_count,
      update_count: row.update_count,
    },
    href: `/imports/${row.id}`,
  })
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
