import { sql } from 'kysely'
import { engineVersion, type MatchResult } from '#engines/matching/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { KEEP_PLAN } from '#platform/db.ts'
import { booleanArray, pgArray, textArray } from '../clean/pg-binary.ts'
import type { NameKind, NameState } from '../shapes.ts'

/** A raw text of this distributor and what it is taken to mean. */
export interface KnownName {
  id: string
  state: NameState
  target_id: string | null
}

/** A text that this distributor never sent before, and what it was matched to. */
export interface NewName {
  kind: NameKind
  normal_text: string
  raw_text: string
  raw_spec: string
  customer_code: string
  result: MatchResult
}

export type FoundName = KnownName & { kind: NameKind; normal_text: string }

/** Keeps texts met for the first time, what they were taken for, and what the engine said of them. */
export async function saveNames(
  ctx: Ctx,
  batch: { distributor_id: string; month: string },
  names: readonly NewName[],
): Promise<FoundName[]> {
  if (names.length === 0) return []
  const targets = names.map(({ result }) =>
    result.decision === 'auto' && result.best ? result.best.id : null,
  )
  const texts = (pick: (name: NewName) => string) => textArray(names.map(pick))
  // An alias is what people said, not the engine.
  const said = names.map(({ result }) => (result.via === 'alias' ? null : result))
  const lead = ({ candidates: [best, next] }: MatchResult) => (best?.score ?? 0) - (next?.score ?? 0)
  const { rows } = await sql<FoundName>`${KEEP_PLAN}
    insert into flow_names (company_id, distributor_id, month, kind, normal_text, raw_text, raw_spec, customer_code, state,
      target_id, via, score, reasons, candidates, said, said_id, said_score, said_lead, said_held, engine, features)
    select ${ctx.companyId}::uuid, ${batch.distributor_id}::uuid, ${batch.month}::date, n.kind, n.normal_text, n.raw_text,
      n.raw_spec, n.customer_code, case when n.target_id is null then 'waiting' else 'auto' end, n.target_id, n.via, n.score,
      n.reasons::jsonb, n.candidates::jsonb, n.said, n.said_id, n.said_score, n.said_lead, n.said_held,
      case when n.said is not null then ${engineVersion} end, nullif(n.features, '')::jsonb
    from (select unnest(${texts((name) => name.kind)}::text[]) as kind,
      unnest(${texts((name) => name.normal_text)}::text[]) as normal_text,
      unnest(${texts((name) => name.raw_text)}::text[]) as raw_text,
      unnest(${texts((name) => name.raw_spec)}::text[]) as raw_spec,
      unnest(${texts((name) => name.customer_code)}::text[]) as customer_code,
      unnest(${pgArray(targets)}::uuid[]) as target_id,
      unnest(${texts(({ result }) => result.via)}::text[]) as via,
      unnest(${pgArray(names.map(({ result }) => result.best?.score ?? 0))}::real[]) as score,
      unnest(${texts(({ result }) => JSON.stringify(result.best?.reasons ?? []))}::text[]) as reasons,
      unnest(${texts(({ result }) => JSON.stringify(result.candidates))}::text[]) as candidates,
      unnest(${pgArray(said.map((one) => one?.decision ?? null))}::text[]) as said,
      unnest(${pgArray(said.map((one) => one?.best?.id ?? null))}::uuid[]) as said_id,
      unnest(${pgArray(said.map((one) => one && (one.best?.score ?? 0)))}::real[]) as said_score,
      unnest(${pgArray(said.map((one) => one && lead(one)))}::real[]) as said_lead,
      unnest(${booleanArray(said.map((one) => one?.held === true))}::boolean[]) as said_held,
      unnest(${textArray(said.map((one) => (one?.features ? JSON.stringify(one.features) : '')))}::text[]) as features) n
    returning id, kind, normal_text, state, target_id`.execute(ctx.db)
  return rows
}
