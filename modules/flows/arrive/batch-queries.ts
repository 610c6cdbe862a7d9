import { sql } from 'kysely'
import type { z } from 'zod'
import { fields } from '#engines/reading/public.ts'
import { firstDay } from '#kit/period.ts'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { page } from '#platform/lists.ts'
import type { BatchPage, BatchRow, batchQuery, completenessRow } from '../shapes.ts'
import { missingFields } from './mapping.ts'

/** Batches with their counters, newest first. */
export async function listBatches(ctx: Ctx, query: z.output<typeof batchQuery>) {
  let batches = ctx.db.selectFrom('flow_batches as b').where('b.company_id', '=', ctx.companyId)
  if (query.month) batches = batches.where('b.month', '=', firstDay(query.month))
  if (query.distributor_id) batches = batches.where('b.distributor_id', '=', query.distributor_id)
  if (query.state) batches = batches.where('b.state', '=', query.state)
  else batches = batches.where('b.state', '!=', 'discarded')
  if (query.q)
    batches = batches.where('b.file_name', 'ilike', `%${query.q.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`)
  const keys = await page(
    ctx.db,
    batches.select(['b.id', 'b.month']),
    query,
    { received_at: 'b.received_at', file_name: 'b.file_name', line_count: 'b.line_count', month: 'b.month' },
    '-received_at',
    'b.id',
  )
  return {
    ...keys,
    rows: await batchesByKey(ctx, keys.rows),
  }
}

async function batchesByKey(ctx: Ctx, keys: readonly { id: string; month: string }[]): Promise<BatchRow[]> {
  if (keys.length === 0) return []
  const ids = keys.map((key) => key.id)
  const months = [...new Set(keys.map((key) => key.month))]
  const { rows } = await sql<BatchRow>`
    select b.id, to_char(b.month, 'YYYY-MM') as month, b.distributor_id, coalesce(d.name, '') as distributor_name, b.kind,
      b.channel, b.file_id, b.file_name, b.layout ->> 'sheet' as sheet, b.state, b.failure_code, b.failure_params,
      b.row_count, b.skipped_count, b.line_count, b.amount_fen, coalesce(o.waiting_count, 0) as waiting_count,
      coalesce(o.excluded_count, 0) as excluded_count, coalesce(o.rejected_count, 0) as rejected_count, b.job_id, b.received_at
    from unnest(${ids}::uuid[]) with ordinality k(id, n)
    join flow_batches b on b.company_id = ${ctx.companyId} and b.id = k.id
    left join distributors d on d.company_id = b.company_id and d.id = b.distributor_id
    left join (
      select l.batch_id, count(*) filter (where l.state = 'waiting')::int as waiting_count,
        count(*) filter (where l.state = 'excluded')::int as excluded_count,
        count(*) filter (where l.state = 'rejected')::int as rejected_count
      from flow_lines l where l.company_id = ${ctx.companyId} and l.month = any(${months}::date[])
        and l.batch_id = any(${ids}::uuid[]) and l.state <> 'posted' group by l.batch_id
    ) o on o.batch_id = b.id order by k.n`.execute(ctx.db)
  return rows
}

/** One batch with its mapping on its own first rows. */
export async function getBatch(ctx: Ctx, id: string): Promise<BatchPage> {
  const key = await ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .select(['id', 'month'])
    .executeTakeFirst()
  const row = found((await batchesByKey(ctx, key ? [key] : []))[0], 'batch')
  const batch = await ctx.db
    .selectFrom('flow_batches as b')
    .leftJoin('flow_layouts as y', (join) =>
      join
        .onRef('y.company_id', '=', 'b.company_id')
        .onRef('y.distributor_id', '=', 'b.distributor_id')
        .onRef('y.fingerprint', '=', 'b.fingerprint'),
    )
    .leftJoin('files as f', (join) =>
      join.onRef('f.company_id', '=', 'b.company_id').onRef('f.id', '=', 'b.file_id'),
    )
    .where('b.company_id', '=', ctx.companyId)
    .where('b.id', '=', id)
    .select([
      'b.layout',
      'b.mapping',
      'b.kind',
      'b.seconds',
      'b.month',
      'b.notes',
      'b.drift',
      'f.active_content',
      'y.fingerprint as remembered',
    ])
    .executeTakeFirstOrThrow()
  const issues = await sql<{ issue: string; line_count: number }>`
    select issue, count(*)::int as line_count from flow_lines l cross join lateral unnest(l.issues) issue
    where l.company_id = ${ctx.companyId} and l.month = ${batch.month} and l.batch_id = ${id}
      and l.issues <> '{}'
    group by issue order by line_count desc`.execute(ctx.db)
  return {
    ...row,
    columns: batch.layout?.columns ?? [],
    mapping: batch.mapping ?? {},
    remembered: batch.remembered !== null,
    sample_rows: batch.layout?.sample_rows ?? [],
    missing_fields:
      batch.layout && batch.mapping ? missingFields(batch.kind, batch.mapping, batch.layout) : [],
    fields: [...fields],
    notes: batch.notes,
    drift: batch.drift,
    active_content: batch.active_content ?? [],
    seconds: batch.seconds,
    issues: issues.rows,
  }
}

type Completeness = Omit<z.input<typeof completenessRow>, 'late_days'>

/** Distributor × table: what has come in a month. A file that failed beside one that arrived is told, and no more. */
export async function completenessOf(ctx: Ctx, month: string): Promise<Completeness[]> {
  const { rows } = await sql<Completeness>`
    select d.id as distributor_id, d.name as distributor_name, coalesce(jsonb_object_agg(b.kind, jsonb_build_object(
      'batch_count', b.n, 'line_count', b.line_count, 'failed_count', b.failed, 'state', b.state)) filter (where b.kind is not null), '{}') as tables,
      min(b.came_on) filter (where b.kind = 'sales') as sales_on
    from distributors d left join (
      select distributor_id, kind, count(*)::int as n, sum(line_count)::int as line_count,
        count(*) filter (where state = 'failed')::int as failed,
        (min(received_at) filter (where state <> 'failed') at time zone
          (select time_zone from companies where id = ${ctx.companyId}))::date as came_on,
        case when bool_or(state in ('received', 'reading', 'cleaning')) then 'running'
          when bool_or(state = 'mapping') then 'mapping' when bool_or(state = 'done') then 'done'
          else 'failed' end as state
      from flow_batches where company_id = ${ctx.companyId} and month = ${firstDay(month)} and state <> 'discarded'
      group by distributor_id, kind
    ) b on b.distributor_id = d.id
    where d.company_id = ${ctx.companyId} and d.state <> 'exited'
    group by d.id, d.name, d.pinyin order by d.pinyin`.execute(ctx.db)
  return rows
}
