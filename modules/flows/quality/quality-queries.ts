import { sql } from 'kysely'
import { autoFrom, decisionsMin, estimateQuality, suggestThreshold } from '#engines/matching/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { currentThreshold } from './current-threshold.ts'
import { type SettledName, settledNames } from './settled-decisions.ts'
import { type Advice, type Confusion, confusions, type MonthOfQuality, type Quality } from './shapes.ts'

/** How well customers are matched, by the month of the file that brought a text first; newest month last. */
export async function readQuality(ctx: Ctx): Promise<Quality> {
  const settled = await settledNames(ctx)
  const estimates = new Map(estimateQuality(settled).map((one) => [one.month, one]))
  const months = (await monthCounts(ctx)).map((month): MonthOfQuality => {
    const found = estimates.get(month.month)
    const known = found?.precision != null
    return {
      ...month,
      precision: found?.precision ?? null,
      precision_low: found?.precision_low ?? null,
      precision_high: found?.precision_high ?? null,
      // Without a sample nothing is known of what was taken, so nothing of what was missed.
      recall: known ? (found?.recall ?? null) : null,
      decisions: found?.decisions ?? 0,
    }
  })
  return {
    months,
    confusions: countConfusions(settled),
    threshold: await currentThreshold(ctx),
    engine_threshold: autoFrom,
    thresholds: await listThresholds(ctx),
  }
}

/** The lowest threshold from which the wished precision (0 … 1) held in what people settled. */
export async function adviseThreshold(ctx: Ctx, precision: number): Promise<Advice> {
  const settled = await settledNames(ctx)
  // Twins are asked whatever the threshold: they are missed by every one.
  const advice = suggestThreshold(
    settled.map((one) => (one.held ? { ...one, proposed_id: null } : one)),
    precision,
  )
  const threshold =
    advice.threshold === null ? null : Math.max(0.3, Math.floor(advice.threshold * 1000) / 1000)
  return { ...advice, threshold, decisions_min: decisionsMin }
}

type Counts = Omit<MonthOfQuality, 'precision' | 'precision_low' | 'precision_high' | 'recall' | 'decisions'>

async function monthCounts(ctx: Ctx): Promise<Counts[]> {
  const { rows } = await sql<Counts>`
    with names as (
      select n.month, count(*) filter (where n.said = 'auto')::int as auto_count,
        count(*) filter (where n.said = 'review')::int as review_count,
        count(*) filter (where n.said = 'none')::int as none_count,
        count(*) filter (where n.said is null)::int as alias_count,
        count(*) filter (where n.said = 'auto' and n.decision_id is not null and n.target_id is distinct from n.said_id)::int
          as overridden
      from flow_names n where n.company_id = ${ctx.companyId} and n.kind = 'customer' and n.month is not null
      group by n.month
    ), samples as (
      select month, count(*)::int as drawn, count(*) filter (where verdict in ('right', 'wrong'))::int as judged,
        count(*) filter (where verdict = 'wrong')::int as wrong
      from flow_match_samples where company_id = ${ctx.companyId} group by month
    )
    select to_char(m.month, 'YYYY-MM') as month, coalesce(n.auto_count, 0) as auto_count,
      coalesce(n.review_count, 0) as review_count, coalesce(n.none_count, 0) as none_count,
      coalesce(n.alias_count, 0) as alias_count, coalesce(n.overridden, 0) as overridden,
      jsonb_build_object('drawn', coalesce(s.drawn, 0), 'judged', coalesce(s.judged, 0), 'wrong', coalesce(s.wrong, 0)) as sample,
      b.first_file_at, m.locked_at,
      round((extract(epoch from m.locked_at - b.first_file_at) / 86400)::numeric, 1)::float8 as days_to_close
    from flow_months m
    left join names n on n.month = m.month
    left join samples s on s.month = m.month
    left join lateral (select min(received_at) as first_file_at from flow_batches b
      where b.company_id = m.company_id and b.month = m.month and b.state <> 'discarded') b on true
    where m.company_id = ${ctx.companyId} and (n.month is not null or b.first_file_at is not null)
    order by m.month desc limit 24`.execute(ctx.db)
  return rows.reverse()
}

async function listThresholds(ctx: Ctx): Promise<Quality['thresholds']> {
  const { rows } = await sql<Quality['thresholds'][number]>`
    select t.id, t.auto_from, t.previous, t.reason, t.name_count, t.line_count, p.name as person_name, t.applied_at, t.undone_at
    from flow_match_thresholds t left join people p on p.id = t.person_id
    where t.company_id = ${ctx.companyId} order by t.id desc limit 20`.execute(ctx.db)
  return rows
}

/** Which reason of the proposal tells what it is about; the first that fits counts. */
const about: readonly (readonly [Confusion, RegExp])[] = [
  ['identity', /^(tax-id|customer-code)-conflicts$/],
  ['number', /^ordinal-(conflicts|one-sided)$/],
  ['campus', /^(branch-(conflicts|one-sided)|part-of)$/],
  ['kind', /^kind-(conflicts|differs)$/],
  ['specialty', /^trade-differs$/],
  [
    'county',
    /^(division-(conflicts|wider|narrower|unknown)|address-conflicts|province-differs|prefix-(dropped|added))$/,
  ],
  ['characters', /^(sounds-alike|looks-alike|characters-.*|cut-off)$/],
]

function countConfusions(settled: readonly SettledName[]): Quality['confusions'] {
  const counts = new Map(confusions.map((confusion) => [confusion, { wrong: 0, asked: 0 }]))
  for (const one of settled) {
    const wrong = one.decision === 'auto' && one.proposed_id !== one.settled_id
    if (one.decision === 'auto' && !wrong) continue
    const count = counts.get(confusionOf(one))
    if (count) count[wrong ? 'wrong' : 'asked'] += 1
  }
  return [...counts].map(([confusion, count]) => ({ confusion, ...count }))
}

function confusionOf({ settled_id, reasons }: SettledName): Confusion {
  if (settled_id === null) return 'not-in-master'
  return about.find(([, codes]) => reasons.some((code) => codes.test(code)))?.[0] ?? 'other'
}
