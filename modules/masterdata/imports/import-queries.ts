import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { listQuery } from '#platform/shapes.ts'
import { guardedFields } from '../identity/hold-identity.ts'
import { isoMoment, manyOf } from '../list-filters.ts'
import { sheetOf } from './import-states.ts'
import type { ImportDetail } from './shapes.ts'

export const importList = listQuery.extend({ kind: manyOf, state: manyOf })
export const importSorts = { created_at: 'm.created_at', file_name: 'f.file_name', row_count: 'm.row_count' }

/** Imports with who brought which file, newest first. */
export function selectImports(ctx: Ctx, filter: Partial<z.output<typeof importList>>) {
  let query = ctx.db
    .selectFrom('master_imports as m')
    .leftJoin('files as f', (join) =>
      join.onRef('f.company_id', '=', 'm.company_id').onRef('f.id', '=', 'm.file_id'),
    )
    .leftJoin('people as p', 'p.id', 'm.person_id')
    .where('m.company_id', '=', ctx.companyId)
  if (filter.kind?.length) query = query.where('m.kind', 'in', filter.kind)
  if (filter.state?.length) query = query.where('m.state', 'in', filter.state as never)
  if (filter.q) query = query.where(sql<boolean>`position(lower(${filter.q}) in lower(f.file_name)) > 0`)
  return query.select([
    'm.id',
    'm.kind',
    'f.file_name',
    'm.state',
    'm.row_count',
    'm.insert_count',
    'm.update_count',
    'm.same_count',
    'm.error_count',
    'm.warning_count',
    'm.identity_count',
    'p.name as person_name',
    isoMoment('m.created_at').as('created_at'),
    isoMoment('m.ended_at').$castTo<string | null>().as('ended_at'),
  ])
}

/** One import with its heads, its mapping and the first rows with what is wrong with them. */
export async function findImport(ctx: Ctx, id: string) {
  const row = found(
    await selectImports(ctx, {})
      .where('m.id', '=', id)
      .select([
        'm.batch',
        'm.approval_id',
        'm.failure_code',
        'm.failure_params',
        'm.columns',
        'm.mapping',
        'm.preview',
        'm.error_file_id',
        'm.job_id',
        isoMoment('m.undone_at').$castTo<string | null>().as('undone_at'),
      ])
      .executeTakeFirst(),
    'import',
  )
  const { error_file_id, approval_id, ...rest } = row
  const sheet = sheetOf(row.kind)
  const fields: ImportDetail['fields'] = sheet.columns.map(({ field, zh, en, required }) => ({
    field,
    zh,
    en,
    required: required ?? false,
    is_key: sheet.key.includes(field),
  }))
  return {
    ...rest,
    fields,
    identity: [...(await guardedFields(ctx, row.kind))],
    approval: approval_id === null ? null : await findApproval(ctx, approval_id),
    has_error_file: error_file_id !== null,
  }
}

/** How the approval of an import stands, and why it was rejected. */
async function findApproval(ctx: Ctx, id: string): Promise<ImportDetail['approval']> {
  const { rows } = await sql<NonNullable<ImportDetail['approval']>>`
    select a.id, a.state, (select d.reason from approval_decisions d where d.company_id = a.company_id
      and d.approval_id = a.id and d.decision = 'reject' order by d.id desc limit 1) as reason
    from approvals a where a.company_id = ${ctx.companyId} and a.id = ${id}`.execute(ctx.db)
  return rows[0] ?? null
}
