import { recordAudit } from '#platform/audit/public.ts'
import { publishEvent } from '#platform/events/public.ts'
import { pathOfFile } from '#platform/files/public.ts'
import type { JobContext } from '#platform/jobs/public.ts'
import { guardedFields } from '../identity/hold-identity.ts'
import { applyPlan } from './apply-plan.ts'
import { countPlan } from './check-import.ts'
import { lockImport } from './import-states.ts'
import { planImport } from './plan-import.ts'

/**
 * Job: plans the file once more with the rows locked and writes the good ones, all in one transaction. A second run
 * finds the import done and changes nothing.
 */
export async function runImport(job: JobContext): Promise<Record<string, unknown> | undefined> {
  return job.transaction(async (ctx) => {
    const row = await lockImport(ctx, job.subjectId)
    if (row.state !== 'running') return undefined
    const file = {
      path: pathOfFile(row.file.sha256),
      media_kind: row.file.media_kind,
      columns: row.columns,
      mapping: row.mapping,
    }
    const plan = await planImport(ctx, row.sheet, file, {
      lock: true,
      // What no approval was asked for is not written, also when it only turned up since the check.
      identity: { guarded: await guardedFields(ctx, row.kind), leaveOut: row.approval_id === null },
      progress: (stage, done) => job.progress(stage, done, row.row_count),
    })
    const counts = countPlan(plan)
    const total = counts.insert_count + counts.update_count
    await applyPlan(ctx, row.sheet, row.id, plan.rows, (done) => job.progress('write', done, total))
    await ctx.db
      .updateTable('master_imports')
      .set({ ...counts, state: 'done', ended_at: ctx.now })
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', row.id)
      .execute()
    const subject = ['masterdata.imports', row.id] as const
    await recordAudit(ctx, {
      deed: 'masterdata.import',
      subject,
      new: { kind: row.kind, file_name: row.file.file_name, ...counts },
    })
    await publishEvent(ctx, {
      name: 'masterdata.changed',
      subject,
      payload: { kind: row.kind, id: row.id, deed: 'import' },
    })
    return counts
  })
}
