import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import type { MasterKind } from './shapes.ts'

export type MasterDeed =
  | 'create'
  | 'change'
  | 'retire'
  | 'restore'
  | 'apply'
  | 'remove'
  | 'merge'
  | 'unmerge'
  | 'import'
  | 'undo-import'

/** The audit row and the event of one change of master data, in the deed's own transaction. */
export async function recordChange(
  ctx: Ctx,
  kind: MasterKind,
  id: string,
  change: { deed: MasterDeed; old?: unknown; new?: unknown; reason?: string | null },
): Promise<void> {
  const subject = [`masterdata.${kind}`, id] as const
  await recordAudit(ctx, {
    deed: `masterdata.${change.deed}`,
    subject,
    old: change.old,
    new: change.new,
    reason: change.reason ?? undefined,
  })
  await publishEvent(ctx, { name: 'masterdata.changed', subject, payload: { kind, id, deed: change.deed } })
}
