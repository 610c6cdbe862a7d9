import { type RawBuilder, sql } from 'kysely'
import { firstDay } from '#kit/period.ts'
import { found } from '#kit/refusal.ts'
import { monthDaysOf } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { withCompanyEyes } from '#platform/db.ts'
import type { MonthPage, MonthRow } from '../shapes.ts'

/** `out_amount_fen`: money of the lines that are excluded or faulty. */
type MonthWithOut = MonthRow & { out_amount_fen: number }

/**
 * Months with their counters, newest first. Lines that are not posted lie in an index of their own, so this is cheap.
 * People of a territory see no batches, and no month before it is released: for them the totals of the version are counted.
 */
export async function listMonths(ctx: Ctx): Promise<MonthWithOut[]> {
  return monthsWith(ctx, null, sql`null`)
}

/** `more` is counted of the lines that are not posted, l, in the same walk over them. */
async function monthsWith<More>(
  ctx: Ctx,
  only: string | null,
  more: RawBuilder<unknown>,
): Promise<(MonthWithOut & { more: More })[]> {
  const whole =
    ctx.scope.kind === 'territory'
      ? sql`select 0 as batch_count, coalesce(sum(t.line_count), 0)::int + o.waiting + o.excluded + o.rejected as line_count,
          coalesce(sum(t.amount_fen), 0)::bigint as amount_fen
          from flow_territory_totals t where t.company_id = m.company_id and t.month = m.month and t.version_no = m.version_no
            and m.state = 'released' and t.territory_id = any(${ctx.scope.territoryIds as string[]}::uuid[])`
      : sql`select count(*)::int as batch_count, coalesce(sum(line_count), 0)::int as line_count,
          coalesce(sum(amount_fen), 0)::bigint as amount_fen
          from flow_batches b where b.company_id = m.company_id and b.month = m.month and b.state <> 'discarded'`
  const { rows } = await sql<MonthWithOut & { more: More }>`
    select to_char(m.month, 'YYYY-MM') as month, m.starts_on, m.ends_on, m.state, m.version_no, m.locked_at,
      m.released_at, b.batch_count, b.line_count, b.line_count - o.waiting - o.excluded - o.rejected as posted_count,
      o.waiting as waiting_count, o.excluded as excluded_count, o.rejected as rejected_count,
      b.amount_fen, o.waiting_amount_fen, o.out_amount_fen, o.more
    from flow_months m
    cross join lateral (
      select count(*) filter (where l.state = 'waiting')::int as waiting,
        count(*) filter (where l.state = 'excluded')::int as excluded,
        count(*) filter (where l.state = 'rejected')::int as rejected,
        coalesce(sum(l.amount_fen) filter (where l.state = 'waiting'), 0)::bigint as waiting_amount_fen,
        coalesce(sum(l.amount_fen) filter (where l.state in ('excluded', 'rejected')), 0)::bigint as out_amount_fen,
        ${more} as more
      from flow_lines l where l.company_id = m.company_id and l.month = m.month and l.state <> 'posted') o
    cross join lateral (${whole}) b
    where m.company_id = ${ctx.companyId} and (${only ? firstDay(only) : null}::date is null or m.month = ${only ? firstDay(only) : null}::date)
    order by m.month desc`.execute(ctx.db)
  return rows
}

/**
 * What stands in the way of closing; empty when nothing does. Running work comes first. `month` is its first day; who has
 * counted the waiting lines already says how many there are.
 */
export async function blockersOf(
  ctx: Ctx,
  month: string,
  waiting?: number,
): Promise<{ code: string; count: number }[]> {
  const waitingLines =
    waiting === undefined
      ? sql`count(*)::int from flow_lines
        where company_id = ${ctx.companyId} and month = ${month} and state = 'waiting'`
      : sql`${waiting}::int`
  const { rows } = await sql<{ code: string; count: number }>`
    select * from (
      select 1 as place, 'jobs-running' as code, count(*)::int as count from flow_batches
        where company_id = ${ctx.companyId} and month = ${month} and state in ('received', 'reading', 'cleaning')
      union all
      select 2, 'mapping-open', count(*)::int from flow_batches
        where company_id = ${ctx.companyId} and month = ${month} and state = 'mapping'
      union all
      select 3, 'lines-waiting', ${waitingLines}
      union all
      select 4, 'no-lines', case when exists (select 1 from flow_batches where company_id = ${ctx.companyId}
        and month = ${month} and state <> 'discarded' and line_count > 0) then 0 else 1 end
    ) found where count > 0 order by place`.execute(ctx.db)
  return rows.map(({ code, count }) => ({ code, count }))
}

/** Everything the month board shows. */
export async function getMonth(ctx: Ctx, month: string): Promise<MonthPage> {
  const [row] = await monthsWith<ReasonFigures>(ctx, month, waitingReasons())
  const day = firstDay(month)
  const { more, ...head } = found(row, 'month')
  const files = await sql<{ state: string; n: number }>`select state, count(*)::int as n from flow_batches
    where company_id = ${ctx.companyId} and month = ${day} and state <> 'discarded' group by state`.execute(
    ctx.db,
  )
  const waiting = heldOf(more)
  const { files_due_on, close_due_on } = await monthDaysOf(ctx, month)
  return {
    ...head,
    stations: stationsOf(head, files.rows, waiting),
    files_due_on,
    close_due_on,
    waiting_reasons: waiting,
    blockers: head.state === 'open' ? await blockersOf(ctx, day, head.waiting_count) : [],
    versions: await versionsOf(ctx, day),
    approval_id: await openApproval(ctx, month),
    missing: await missingDistributors(ctx, day),
  }
}

type Held = { reason: string; line_count: number; amount_fen: number }

/** What passed each station of the month and what waits there, in files, lines and money. */
function stationsOf(head: MonthWithOut, files: { state: string; n: number }[], held: Held[]) {
  const count = (...states: string[]) =>
    files.filter((file) => states.includes(file.state)).reduce((sum, file) => sum + file.n, 0)
  const holds = (...reasons: string[]) => {
    const those = held.filter(({ reason }) => reasons.includes(reason))
    return {
      waiting: those.reduce((sum, one) => sum + one.line_count, 0),
      waiting_amount_fen: those.reduce((sum, one) => sum + one.amount_fen, 0),
    }
  }
  const filesWait = (waiting: number) => ({ waiting, waiting_amount_fen: 0 })
  const { line_count, amount_fen, posted_count, waiting_count, waiting_amount_fen } = head
  const all = { line_count, amount_fen }
  const posted = {
    line_count: posted_count,
    amount_fen: amount_fen - waiting_amount_fen - head.out_amount_fen,
  }
  const none = { line_count: 0, amount_fen: 0 }
  const done = count('done')
  const closed = head.state === 'locked' || head.state === 'released'
  return [
    {
      station: 'receive',
      file_count: head.batch_count,
      line_count: 0,
      amount_fen: null,
      ...filesWait(count('received', 'reading')),
    },
    {
      station: 'read',
      file_count: count('mapping', 'cleaning', 'done'),
      ...all,
      ...filesWait(count('failed')),
    },
    { station: 'map', file_count: count('cleaning', 'done'), ...all, ...filesWait(count('mapping')) },
    { station: 'match', file_count: done, ...all, ...holds('customer', 'product') },
    {
      station: 'check',
      file_count: done,
      ...all,
      ...holds('duplicate', 'unknown-unit', 'sign-conflict', 'doubtful'),
    },
    { station: 'post', file_count: done, ...posted, waiting: waiting_count, waiting_amount_fen },
    { station: 'close', file_count: 0, ...(closed ? posted : none), ...filesWait(0) },
    {
      station: 'release',
      file_count: 0,
      ...(head.state === 'released' ? posted : none),
      ...filesWait(0),
    },
  ]
}

const REASONS = {
  customer: sql`l.institution_id is null and l.customer_name_id is not null`,
  product: sql`l.product_id is null`,
  duplicate: sql`'duplicate' = any (l.issues)`,
  'unknown-unit': sql`'unknown-unit' = any (l.issues)`,
  'sign-conflict': sql`'sign-conflict' = any (l.issues)`,
  doubtful: sql`'doubtful' = any (l.issues)`,
}
type ReasonFigures = Record<string, [line_count: number, amount_fen: number]>

/** Why lines wait: lines and money by reason, for `monthsWith`. */
function waitingReasons(): RawBuilder<unknown> {
  const figures = Object.entries(REASONS).map(
    ([name, holds]) => sql`${sql.lit(name)}, jsonb_build_array(
      count(*) filter (where l.state = 'waiting' and ${holds}),
      coalesce(sum(l.amount_fen) filter (where l.state = 'waiting' and ${holds}), 0))`,
  )
  return sql`jsonb_build_object(${sql.join(figures)})`
}

/** What holds most money first. */
function heldOf(figures: ReasonFigures): Held[] {
  return Object.entries(figures)
    .map(([reason, [line_count, amount_fen]]) => ({ reason, line_count, amount_fen }))
    .filter((one) => one.line_count > 0)
    .sort((one, other) => other.amount_fen - one.amount_fen)
}

/** The versions of the month. Who sees a part of it gets the figures of that part: the whole is the company's own. */
async function versionsOf(ctx: Ctx, day: string) {
  const { rows } = await withCompanyEyes(ctx, () =>
    sql<MonthPage['versions'][number]>`
      select v.version_no, v.line_count, v.amount_fen, encode(v.seal, 'hex') as seal, v.locked_at, p.name as locked_by
      from flow_versions v left join people p on p.id = v.locked_by
      where v.company_id = ${ctx.companyId} and v.month = ${day} order by v.version_no desc`.execute(ctx.db),
  )
  if (ctx.scope.kind === 'company') return rows
  const part =
    ctx.scope.kind === 'distributor'
      ? sql`flow_totals where distributor_id = ${ctx.scope.distributorId}`
      : sql`flow_territory_totals where territory_id = any(${ctx.scope.territoryIds as string[]}::uuid[])`
  const own = await sql<{ version_no: number; line_count: number; amount_fen: number }>`
    select version_no, sum(line_count)::int as line_count, sum(amount_fen)::bigint as amount_fen from ${part}
      and company_id = ${ctx.companyId} and month = ${day} group by version_no`.execute(ctx.db)
  return rows.map((version) => {
    const theirs = own.rows.find((one) => one.version_no === version.version_no)
    return {
      ...version,
      line_count: theirs?.line_count ?? 0,
      amount_fen: theirs?.amount_fen ?? 0,
      locked_by: null,
    }
  })
}

async function openApproval(ctx: Ctx, month: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('approvals')
    .where('company_id', '=', ctx.companyId)
    .where('subject_kind', '=', 'flows.month')
    .where('subject_id', '=', month)
    .where('state', 'in', ['pending', 'held'])
    .select('id')
    .executeTakeFirst()
  return row?.id ?? null
}

/** Active distributors from whom no sales file has come this month. */
async function missingDistributors(ctx: Ctx, day: string) {
  const { rows } = await sql<{ id: string; name: string }>`select d.id, d.name from distributors d
    where d.company_id = ${ctx.companyId} and d.state = 'active' and not exists (
      select 1 from flow_batches b where b.company_id = d.company_id and b.distributor_id = d.id and b.month = ${day}
        and b.kind = 'sales' and b.state not in ('discarded', 'failed'))
    order by d.pinyin limit 200`.execute(ctx.db)
  return rows
}
