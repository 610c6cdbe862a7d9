import { Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordChange } from '../record-change.ts'
import { lockRow } from '../row-rules.ts'
import type { CodeValueInput } from '../shapes.ts'

export async function createCodeValue(
  ctx: Ctx,
  list: string,
  input: CodeValueInput,
): Promise<{ id: string }> {
  await refuseTaken(ctx, list, input.code, null)
  const row = await ctx.db
    .insertInto('code_values')
    .values({ ...input, list, company_id: ctx.companyId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(ctx, 'code-lists', row.id, { deed: 'create', new: { list, ...input } })
  return row
}

/** Changes a value of a list. Values are switched off, never removed: old rows still carry them. */
export async function changeCodeValue(
  ctx: Ctx,
  id: string,
  { version, ...input }: CodeValueInput & { version: number; active: boolean },
): Promise<undefined> {
  const row = await lockRow(ctx, 'code-lists', id, version)
  if (row.code !== input.code) await refuseTaken(ctx, String(row.list), input.code, id)
  await ctx.db
    .updateTable('code_values')
    .set({ ...input, version: version + 1 })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .execute()
  await recordChange(ctx, 'code-lists', id, { deed: 'change', old: row, new: { ...row, ...input } })
}

async function refuseTaken(ctx: Ctx, list: string, code: string, exceptId: string | null): Promise<void> {
  const other = await ctx.db
    .selectFrom('code_values')
    .where('company_id', '=', ctx.companyId)
    .where('list', '=', list)
    .where('code', '=', code)
    .select('id')
    .executeTakeFirst()
  if (!other || other.id === exceptId) return
  throw new Refusal(
    'masterdata.code-taken',
    { code },
    { status: 409, fields: { code: 'masterdata.code-taken' } },
  )
}
