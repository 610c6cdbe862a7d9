import { sql } from 'kysely'
import type { SettledDecision } from '#engines/matching/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { SampleVerdict } from './shapes.ts'

/** Scores at which one stratum of the audit sample ends and the next begins. */
export const STRATA = [0.85, 0.95, 0.995] as const
/** Which of the strata 0 … 3 the score `column` of SQL is in. */
export const stratumOf = (column: string) =>
  sql<number>`(case when ${sql.ref(column)} < ${STRATA[0]} then 0 when ${sql.ref(column)} < ${STRATA[1]} then 1
    when ${sql.ref(column)} < ${STRATA[2]} then 2 else 3 end)`

/** A customer text whose outcome is known beside what the engine said of it. */
export interface SettledName extends SettledDecision {
  held: boolean
  /** Reasons that stood by the proposal. */
  reasons: string[]
  judged: boolean
}

interface Row {
  month: string
  said: SettledDecision['decision']
  said_id: string | null
  said_score: number
  said_held: boolean
  decided: boolean
  target_id: string | null
  verdict: SampleVerdict | null
  stratum: number
  reasons: string[]
}

/** Wrong, and nobody has said yet what would have been right. */
const SOMEBODY_ELSE = 'somebody else'

/**
 * Customer texts of the last months whose outcome a person has settled: by a decision, or in an audit sample. Each has the
 * weight of those it stands for. People look at autos when they seem wrong, so their own choice of autos says little of the
 * rest: autos count in the months and strata that were sampled, where what people changed on their own stands for itself and
 * the sample for all the others. Doubtful texts that wait stand behind those that were decided.
 */
export async function settledNames(ctx: Ctx, months = 24): Promise<SettledName[]> {
  const { rows } = await sql<Row>`
    select to_char(n.month, 'YYYY-MM') as month, n.said, n.said_id, n.said_score, n.said_held, n.target_id,
      n.decision_id is not null as decided, s.verdict, ${stratumOf('n.said_score')} as stratum,
      array(select r ->> 'code' from jsonb_array_elements(n.reasons) r) as reasons
    from flow_names n left join flow_match_samples s on s.company_id = n.company_id and s.name_id = n.id
    where n.company_id = ${ctx.companyId} and n.kind = 'customer' and n.said is not null
      and n.month > (select max(month) - make_interval(months => ${months}) from flow_months where company_id = ${ctx.companyId})
      and (n.decision_id is not null or s.verdict in ('right', 'wrong'))
    order by n.id`.execute(ctx.db)
  const populations = await populationsOf(ctx)
  const groupOf = (row: Pick<Row, 'month' | 'said' | 'stratum'>) =>
    row.said === 'auto' ? `${row.month} ${row.stratum}` : `${row.month} asked`
  const isJudged = (row: Row) => row.said === 'auto' && (row.verdict === 'right' || row.verdict === 'wrong')
  const counted = new Map<string, { judged: number; own: number }>()
  for (const row of rows) {
    const group = counted.get(groupOf(row)) ?? { judged: 0, own: 0 }
    counted.set(groupOf(row), group)
    if (isJudged(row) || row.said !== 'auto') group.judged += 1
    else group.own += 1
  }
  return rows.flatMap((row) => {
    const group = groupOf(row)
    const { judged = 0, own = 0 } = counted.get(group) ?? {}
    if (judged === 0) return []
    const standsFor =
      row.said === 'auto' && !isJudged(row) ? 1 : Math.max(1, ((populations.get(group) ?? 0) - own) / judged)
    return [
      {
        month: row.month,
        decision: row.said,
        score: row.said_score,
        proposed_id: row.said_id,
        settled_id: settledAs(row),
        weight: standsFor,
        held: row.said_held,
        reasons: row.reasons,
        judged: isJudged(row),
      },
    ]
  })
}

function settledAs({ decided, target_id, verdict, said_id }: Row): string | null {
  if (decided) return target_id
  return verdict === 'right' ? said_id : SOMEBODY_ELSE
}

/** How many texts there are of each group that decisions and samples stand for. */
async function populationsOf(ctx: Ctx): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; count: number }>`
    select to_char(month, 'YYYY-MM') || ' ' || case said when 'auto' then ${stratumOf('said_score')}::text else 'asked' end as name,
      count(*)::int as count
    from flow_names where company_id = ${ctx.companyId} and kind = 'customer' and said is not null and month is not null
    group by 1`.execute(ctx.db)
  return new Map(rows.map((row) => [row.name, row.count]))
}
