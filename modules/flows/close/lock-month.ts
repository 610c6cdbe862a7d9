import { type RawBuilder, sql } from 'kysely'
import { assert } from '#kit/assert.ts'
import { firstDay } from '#kit/period.ts'
import { recordAudit } from '#platform/audit/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import type { JobContext } from '#platform/jobs/public.ts'
import { notify, peopleWithRole } from '#platform/notifications/public.ts'
import { moveMonth } from './move-month.ts'
import { sealOfMonth } from './seal.ts'

/**
 * Job `flows.lock-month`: freezes a month as a numbered version with a seal over its lines, and its totals. One
 * transaction; a second run finds the month locked and does nothing.
 */
export async function lockMonth(job: JobContext): Promise<Record<string, unknown>> {
  const month = job.subjectId
  await job.progress('lock', 0, null)
  const approval = job.payload.approval_id
  return job.transaction((ctx) => freeze(ctx, month, typeof approval === 'string' ? approval : null))
}

/** Locks an open month at once, without asking anybody: for history that was closed elsewhere. */
export async function lockedAsIs(ctx: Ctx, month: string): Promise<void> {
  await moveMonth(ctx, month, 'approving', 'open')
  await moveMonth(ctx, month, 'locking')
  await freeze(ctx, month, null)
}

async function freeze(ctx: Ctx, month: string, approvalId: string | null): Promise<Record<string, unknown>> {
  // Look.
  const row = await ctx.db
    .selectFrom('flow_months')
    .where('company_id', '=', ctx.companyId)
    .where('month', '=', firstDay(month))
    .forUpdate()
    .select(['state', 'version_no'])
    .executeTakeFirstOrThrow()
  if (row.state !== 'locking') return { skipped: true, state: row.state }
  const version = row.version_no + 1
  // Write.
  const seal = await sealOfMonth(ctx, firstDay(month))
  await ctx.db
    .insertInto('flow_versions')
    .values({
      company_id: ctx.companyId,
      month: firstDay(month),
      version_no: version,
      line_count: seal.line_count,
      qty: seal.qty,
      amount_fen: seal.amount_fen,
      seal: seal.hash,
      previous_seal: await previousSeal(ctx, firstDay(month)),
      locked_by: ctx.personId,
      locked_at: ctx.now,
      approval_id: approvalId,
    })
    .execute()
  await writeTotals(ctx, firstDay(month), version, seal.amount_fen)
  await ctx.db
    .updateTable('flow_months')
    .set({ version_no: version })
    .where('company_id', '=', ctx.companyId)
    .where('month', '=', firstDay(month))
    .execute()
  await moveMonth(ctx, month, 'locked')
  const subject = ['flows.month', month] as const
  const hex = seal.hash.toString('hex')
  await recordAudit(ctx, {
    deed: 'flows.lock-month',
    subject,
    new: { version, lines: seal.line_count, seal: hex },
  })
  await publishEvent(ctx, { name: 'flows.locked', subject, payload: { version } })
  const stewards = await peopleWithRole(ctx, 'flow-steward')
  await notify(ctx, {
    to: stewards,
    kind: 'flows.month-locked',
    params: { month },
    href: `/flows/months/${month}`,
  })
  return { version, lines: seal.line_count }
}

async function previousSeal(ctx: Ctx, month: string): Promise<Buffer | null> {
  const row = await ctx.db
    .selectFrom('flow_versions')
    .where('company_id', '=', ctx.companyId)
    .where('month', '<=', month)
    .orderBy('month', 'desc')
    .orderBy('version_no', 'desc')
    .select('seal')
    .executeTakeFirst()
  return row?.seal ?? null
}

/** Only sales lines that are posted count. */
async function writeTotals(ctx: Ctx, month: string, version: number, amountFen: number): Promise<void> {
  await sql`insert into flow_totals (company_id, month, version_no, distributor_id, institution_id, product_id,
      territory_id, line_count, base_qty, amount_fen)
    select l.company_id, l.month, ${version}, l.distributor_id, l.institution_id, l.product_id, l.territory_id, count(*),
      sum(coalesce(l.base_qty, l.qty)), sum(coalesce(l.amount_fen, 0))
    from flow_lines l join flow_batches b on b.company_id = l.company_id and b.id = l.batch_id and b.kind = 'sales'
    where l.company_id = ${ctx.companyId} and l.month = ${month} and l.state = 'posted'
    group by l.company_id, l.month, l.distributor_id, l.institution_id, l.product_id, l.territory_id`.execute(
    ctx.db,
  )
  const ofVersion = sql`company_id = ${ctx.companyId} and month = ${month} and version_no = ${version}`
  await sql`insert into flow_territory_totals (company_id, month, version_no, territory_id, product_id, line_count,
      base_qty, amount_fen)
    select company_id, month, version_no, territory_id, product_id, sum(line_count), sum(base_qty), sum(amount_fen)
    from flow_totals where ${ofVersion}
    group by company_id, month, version_no, territory_id, product_id`.execute(ctx.db)
  await sql`insert into flow_version_groups (company_id, month, version_no, product_id, product_group)
    select t.company_id, t.month, t.version_no, t.product_id, coalesce(p.product_group, '')
    from (select distinct company_id, month, version_no, product_id from flow_territory_totals where ${ofVersion}) t
    left join products p on p.company_id = t.company_id and p.id = t.product_id`.execute(ctx.db)
  for (const kind of ['institution', 'distributor']) {
    const column = sql.ref(`${kind}_id`)
    await sql`insert into ${sql.table(`flow_${kind}_totals`)} (company_id, month, version_no, ${column}, territory_id,
        product_group, line_count, amount_fen)
      select company_id, month, version_no, ${column}, territory_id, product_group, sum(line_count), sum(amount_fen)
      from flow_totals join flow_version_groups using (company_id, month, version_no, product_id) where ${ofVersion}
      group by company_id, month, version_no, ${column}, territory_id, grouping sets ((), (product_group))`.execute(
      ctx.db,
    )
  }
  await assertTotals(ctx, ofVersion, amountFen)
}

/** Each kind of totals holds every posted fen, whole and by group. */
async function assertTotals(ctx: Ctx, ofVersion: RawBuilder<unknown>, amountFen: number): Promise<void> {
  const { rows } = await sql<{ totals: string; amount_fen: number }>`
    select totals, coalesce(sum(amount_fen), 0)::bigint as amount_fen from (
      select 'each' as totals, amount_fen from flow_totals where ${ofVersion}
      union all select 'territory', amount_fen from flow_territory_totals where ${ofVersion}
      union all select 'institution' || case when product_group is null then '' else ' and group' end, amount_fen
        from flow_institution_totals where ${ofVersion}
      union all select 'distributor' || case when product_group is null then '' else ' and group' end, amount_fen
        from flow_distributor_totals where ${ofVersion}) laid
    group by totals`.execute(ctx.db)
  assert(rows.length === 6 || amountFen === 0, 'all totals are laid')
  for (const { totals, amount_fen } of rows)
    assert(
      amount_fen === amountFen,
      `the totals by ${totals} hold every posted fen: ${amount_fen} of ${amountFen}`,
    )
}
