import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { StoredFile } from '#platform/files/public.ts'
import { enqueueJob } from '#platform/jobs/public.ts'
import { refuseKind } from './import-states.ts'

/** Takes a file in for one kind of master data; a job reads it. */
export async function receiveImport(
  ctx: Ctx,
  file: StoredFile | undefined,
  kind: string,
): Promise<{ id: string }> {
  refuseKind(ctx, kind)
  if (!file || ctx.personId === null) throw new Refusal('files.none', {}, { status: 400 })
  const row = await ctx.db
    .insertInto('master_imports')
    .values({
      company_id: ctx.companyId,
      kind,
      file_id: file.id,
      state: 'reading',
      person_id: ctx.personId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const job_id = await enqueueJob(ctx, {
    kind: 'masterdata.check-import',
    subject: ['masterdata.imports', row.id],
  })
  await ctx.db
    .updateTable('master_imports')
    .set({ job_id })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', row.id)
    .execute()
  return row
}
