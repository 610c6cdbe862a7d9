import { found, Refusal } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { ImportState } from './shapes.ts'
import type { Sheet } from './sheet.ts'
import { findSheet } from './sheets.ts'

/** Which deed an import may undergo in which state. */
export const importDeeds = {
  map: ['mapping', 'checked'],
  check: ['reading', 'checking'],
  run: ['checked'],
  apply: ['running'],
  undo: ['done'],
} as const satisfies Record<string, readonly ImportState[]>

/** Loads and locks an import with its file. */
export async function lockImport(ctx: Ctx, id: string) {
  const row = found(
    await ctx.db
      .selectFrom('master_imports')
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', id)
      .selectAll()
      .forUpdate()
      .executeTakeFirst(),
    'import',
  )
  const file =
    row.file_id === null
      ? { sha256: '', media_kind: '', file_name: '' }
      : await ctx.db
          .selectFrom('files')
          .where('company_id', '=', ctx.companyId)
          .where('id', '=', row.file_id)
          .select(['sha256', 'media_kind', 'file_name'])
          .executeTakeFirstOrThrow()
  return { ...row, sheet: sheetOf(row.kind), file }
}

export function refuseImportState(state: ImportState, deed: keyof typeof importDeeds): void {
  if ((importDeeds[deed] as readonly string[]).includes(state)) return
  throw new Refusal('masterdata.import-wrong-state', { state }, { status: 409 })
}

export function sheetOf(kind: string): Sheet {
  const known = findSheet(kind)
  if (!known)
    throw new Refusal('masterdata.import-unknown-kind', { kind: kind.slice(0, 40) }, { status: 400 })
  return known
}

/** Some kinds ask for more than the permission to import. For the doors: a job has no permissions of its own. */
export function refuseKind(ctx: Ctx, kind: string): void {
  const { permission } = sheetOf(kind)
  if (permission && !ctx.permissions.has(permission))
    throw new Refusal('not-allowed', { permission }, { status: 403 })
}
