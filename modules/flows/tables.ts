import type { ColumnType, Generated } from 'kysely'
import type { Candidate, Reason } from '#engines/matching/public.ts'
import type { Field, LayoutChange, ReadingNote, TableKind, TableLayout } from '#engines/reading/public.ts'
import type { SampleVerdict } from './quality/shapes.ts'
import type { BatchState, DecisionScope, LineState, MonthState, NameKind, NameState } from './shapes.ts'

type Stamp = ColumnType<Date, Date | undefined, Date>
type NullableStamp = ColumnType<Date | null, Date | null | undefined, Date | null>
type Json<T> = ColumnType<T, string, string>
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>

/** Column number (0-based, as text) → what the column is; null: not read. */
export type Mapping = Record<string, Field | null>

declare module '#platform/db.ts' {
  interface Tables {
    flow_months: {
      company_id: string
      month: string
      starts_on: string
      ends_on: string
      state: ColumnType<MonthState, MonthState | undefined, MonthState>
      version_no: Generated<number>
      opened_at: Stamp
      locked_at: NullableStamp
      released_at: NullableStamp
    }
    flow_batches: {
      company_id: string
      id: Generated<string>
      month: string
      distributor_id: string
      kind: ColumnType<TableKind, TableKind | undefined, TableKind>
      channel: ColumnType<string, string | undefined, string>
      file_id: string
      file_name: string
      sha256: string
      sheet_index: Generated<number>
      table_no: Generated<number>
      state: BatchState
      layout: NullableJson<TableLayout>
      mapping: NullableJson<Mapping>
      fingerprint: string | null
      failure_code: string | null
      failure_params: NullableJson<Record<string, string | number>>
      row_count: Generated<number>
      skipped_count: Generated<number>
      line_count: Generated<number>
      amount_fen: Generated<number>
      seconds: ColumnType<Record<string, number>, string | undefined, string>
      notes: ColumnType<ReadingNote[], string | undefined, string>
      drift: ColumnType<LayoutChange[], string | undefined, string>
      job_id: string | null
      person_id: string | null
      received_at: Stamp
      ended_at: NullableStamp
    }
    flow_raw_chunks: {
      company_id: string
      batch_id: string
      chunk_no: number
      distributor_id: string
      first_line_no: number
      line_count: number
      sheet: string
      cells: Buffer
    }
    flow_layouts: {
      company_id: string
      distributor_id: string
      fingerprint: string
      kind: string
      mapping: Json<Mapping>
      headers: string[]
      confirmed_by: string | null
      confirmed_at: Stamp
    }
    flow_names: {
      company_id: string
      id: Generated<string>
      distributor_id: string
      kind: NameKind
      normal_text: string
      raw_text: string
      raw_spec: Generated<string>
      state: NameState
      target_id: string | null
      via: 'exact' | 'alias' | 'fuzzy' | 'person' | 'none'
      score: Generated<number>
      reasons: Json<Reason[]>
      candidates: Json<Candidate[]>
      decision_id: string | null
      first_seen_at: Stamp
      decided_at: NullableStamp
      month: string | null
      customer_code: Generated<string>
      said: Said['said']
      said_id: string | null
      said_score: number | null
      said_lead: number | null
      said_held: Generated<boolean>
      engine: string | null
      features: NullableJson<Record<string, number>>
    }
    flow_name_sums: {
      company_id: string
      month: string
      name_id: string
      batch_id: string
      distributor_id: string
      waiting_count: number
      waiting_fen: number
      posted_count: number
      posted_fen: number
    }
    flow_match_samples: {
      company_id: string
      id: Generated<string>
      month: string
      name_id: string
      stratum: number
      proposed_id: string
      verdict: SampleVerdict | null
      person_id: string | null
      drawn_at: Stamp
      judged_at: NullableStamp
    }
    flow_match_thresholds: {
      company_id: string
      id: Generated<string>
      auto_from: number
      previous: number
      reason: string
      before: Json<MovedName[]>
      name_count: Generated<number>
      line_count: Generated<number>
      person_id: string
      applied_at: Stamp
      undone_at: NullableStamp
      undone_by: string | null
    }
    flow_decisions: {
      company_id: string
      id: Generated<string>
      kind: NameKind | 'issue'
      action: 'choose' | 'ignore' | 'keep' | 'exclude'
      normal_text: string | null
      alias_scope: DecisionScope | null
      distributor_id: string | null
      province: string | null
      target_id: string | null
      created_id: string | null
      issue_code: string | null
      name_count: Generated<number>
      line_count: Generated<number>
      before: Json<DecisionBefore>
      person_id: string
      decided_at: Stamp
      undone_at: NullableStamp
      undone_by: string | null
    }
    flow_aliases: {
      company_id: string
      kind: NameKind
      normal_text: string
      /** '' means every province. */
      province: Generated<string>
      target_id: string
      decision_id: string
    }
    flow_lines: {
      company_id: string
      month: string
      id: Generated<string>
      batch_id: string
      line_no: number
      sheet_row: number
      distributor_id: string
      occurred_on: string | null
      customer_name_id: string | null
      product_name_id: string | null
      institution_id: string | null
      product_id: string | null
      territory_id: string | null
      qty: string | null
      unit: string
      base_qty: string | null
      price: string | null
      amount_fen: number | null
      lot: string
      doc_no: string
      is_return: boolean
      state: LineState
      issues: string[]
      alike_key: string
    }
    flow_versions: {
      company_id: string
      month: string
      version_no: number
      line_count: number
      qty: string
      amount_fen: number
      seal: Buffer
      previous_seal: Buffer | null
      locked_by: string | null
      locked_at: Stamp
      approval_id: string | null
    }
    flow_totals: {
      company_id: string
      month: string
      id: Generated<string>
      version_no: number
      distributor_id: string
      institution_id: string
      product_id: string
      territory_id: string | null
      line_count: number
      base_qty: string
      amount_fen: number
    }
    flow_territory_totals: Omit<Tables['flow_totals'], 'distributor_id' | 'institution_id'>
    flow_institution_totals: Omit<Tables['flow_totals'], 'distributor_id' | 'product_id' | 'base_qty'> & {
      /** '' for none; null: of all groups together. */
      product_group: string | null
    }
    flow_distributor_totals: Omit<Tables['flow_institution_totals'], 'institution_id'> & {
      distributor_id: string
    }
    flow_version_groups: {
      company_id: string
      month: string
      version_no: number
      product_id: string
      product_group: string
    }
  }
}

/** What the engine said of a text when it met it; null for what an alias settled. */
export interface Said {
  said: 'auto' | 'review' | 'none' | null
  said_id: string | null
  said_score: number | null
  said_lead: number | null
  engine: string | null
  features: Record<string, number> | null
  candidate_ids: string[]
}

/** A name that another threshold moved, and what it was before. */
export interface MovedName {
  id: string
  state: 'auto' | 'waiting'
  target_id: string | null
  via: string
  score: number
}

/** What a decision found, so that it can be undone: names as they were, or lines as they were. */
export interface DecisionBefore {
  names?: ({
    id: string
    state: NameState
    target_id: string | null
    via: string
    score: number
    decision_id: string | null
    decided_at: string | null
  } & Partial<Said>)[]
  lines?: { month: string; id: string; state: LineState; issues: string[]; base_qty: string | null }[]
  /** The aliases of the text that this decision replaced. */
  aliases?: { province: string; target_id: string; decision_id: string }[]
}
