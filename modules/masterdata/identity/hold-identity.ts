import { Refusal } from '#kit/refusal.ts'
import { hasApprovalRule, requestApproval } from '#platform/approvals/public.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Row } from '../row-rules.ts'
import { type IdentityKind, identityFields } from './shapes.ts'

type Values = Record<string, unknown>
type Identity = Record<string, string | null>

/** The fields of a kind whose change waits for approval; none where the company has set no rule. */
export async function guardedFields(ctx: Ctx, kind: string): Promise<readonly string[]> {
  if (!(kind in identityFields)) return []
  return (await hasApprovalRule(ctx, `masterdata.${kind}`)) ? identityFields[kind as IdentityKind] : []
}

/** The guarded fields that `next` would replace or clear. Filling in an empty one replaces nothing. */
export function replacedIdentity(guarded: readonly string[], old: Values, next: Values): string[] {
  const plain = (value: unknown) => String(value ?? '')
  return guarded.filter(
    (field) => field in next && plain(old[field]) !== '' && plain(old[field]) !== plain(next[field]),
  )
}

/**
 * Keeps the identity of a row as it is where a change of it needs approval, and asks for that. Returns what may be
 * written now and the approval that the rest waits for. Refuses while an earlier change of its identity still waits.
 */
export async function holdIdentity<Input extends Values>(
  ctx: Ctx,
  kind: IdentityKind,
  row: Row,
  input: Input,
): Promise<{ now: Input; approval_id: string | null }> {
  // Look.
  const fields = replacedIdentity(await guardedFields(ctx, kind), row, input)
  if (fields.length === 0) return { now: input, approval_id: null }
  await refuseWaiting(ctx, kind, row.id)
  // Decide.
  const pick = (values: Values): Identity =>
    Object.fromEntries(fields.map((field) => [field, values[field] ? String(values[field]) : null]))
  const change = { old: pick(row), new: pick(input) }
  // Write.
  const approval_id = await requestApproval(ctx, {
    subject: [`masterdata.${kind}`, row.id],
    title: `${row.name}（${row.code}）`,
    summary: Object.fromEntries(
      fields.map((field) => [field, `${change.old[field] ?? '—'} → ${change.new[field] ?? '—'}`]),
    ),
    href: `/${kind}/${row.id}`,
  })
  await ctx.db
    .insertInto('master_proposals')
    .values({
      company_id: ctx.companyId,
      kind,
      target_id: row.id,
      approval_id,
      old_value: JSON.stringify(change.old),
      new_value: JSON.stringify(change.new),
      person_id: ctx.personId ?? '',
    })
    .execute()
  await recordAudit(ctx, { deed: 'masterdata.propose', subject: [`masterdata.${kind}`, row.id], ...change })
  return { now: { ...input, ...pick(row) }, approval_id }
}

async function refuseWaiting(ctx: Ctx, kind: IdentityKind, id: string): Promise<void> {
  const open = await ctx.db
    .selectFrom('master_proposals as m')
    .leftJoin('people as p', 'p.id', 'm.person_id')
    .where('m.company_id', '=', ctx.companyId)
    .where('m.kind', '=', kind)
    .where('m.target_id', '=', id)
    .where('m.state', '=', 'waiting')
    .select('p.name')
    .executeTakeFirst()
  if (open) throw new Refusal('masterdata.identity-waiting', { who: open.name ?? '—' }, { status: 409 })
}
