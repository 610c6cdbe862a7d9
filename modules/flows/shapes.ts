import { z } from 'zod'
import { institutionInput, institutionKinds } from '#modules/masterdata/shapes.ts'
import { listQuery } from '#platform/shapes.ts'

export const monthStates = ['open', 'approving', 'locking', 'locked', 'released'] as const
export type MonthState = (typeof monthStates)[number]
export const batchStates = [
  'received',
  'reading',
  'mapping',
  'cleaning',
  'done',
  'failed',
  'discarded',
] as const
export type BatchState = (typeof batchStates)[number]
export const lineStates = ['posted', 'waiting', 'excluded', 'rejected'] as const
export type LineState = (typeof lineStates)[number]
export const nameKinds = ['customer', 'product'] as const
export type NameKind = (typeof nameKinds)[number]
export const nameStates = ['auto', 'waiting', 'confirmed', 'ignored'] as const
export type NameState = (typeof nameStates)[number]
export const decisionScopes = ['distributor', 'province', 'company'] as const
export type DecisionScope = (typeof decisionScopes)[number]

/** Issues that hold a line back until a person decides; every other issue is told and holds nothing. */
export const holdingIssues = ['duplicate', 'unknown-unit', 'sign-conflict', 'doubtful'] as const

/** May a month go from this state to that one? */
export const monthMoves: Readonly<Record<MonthState, readonly MonthState[]>> = {
  open: ['approving'],
  approving: ['open', 'locking'],
  locking: ['locked', 'open'],
  locked: ['released'],
  released: [],
}

export const monthParam = z.strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) })
export const pageParam = z.strictObject({ id: z.uuid(), page: z.coerce.number().int().min(1).max(9999) })
export const idParam = z.strictObject({ id: z.uuid() })
const isoMonth = z.string()
const text = z.string().max(200)

export const monthRow = z.object({
  month: isoMonth,
  starts_on: z.string(),
  ends_on: z.string(),
  state: z.enum(monthStates),
  version_no: z.number(),
  locked_at: z.coerce.date().nullable(),
  released_at: z.coerce.date().nullable(),
  batch_count: z.number(),
  line_count: z.number(),
  posted_count: z.number(),
  waiting_count: z.number(),
  excluded_count: z.number(),
  rejected_count: z.number(),
  amount_fen: z.number(),
  waiting_amount_fen: z.number(),
})
export type MonthRow = z.output<typeof monthRow>

export const newMonth = z.strictObject({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  starts_on: z.iso.date().optional(),
  ends_on: z.iso.date().optional(),
})

export const monthPage = monthRow.extend({
  stations: z.array(
    z.object({
      station: z.string(),
      file_count: z.number(),
      line_count: z.number(),
      waiting: z.number(),
      /** What has passed it, and of it what waits there; null where lines are not read yet. */
      amount_fen: z.number().nullable(),
      waiting_amount_fen: z.number(),
    }),
  ),
  waiting_reasons: z.array(z.object({ reason: z.string(), line_count: z.number(), amount_fen: z.number() })),
  blockers: z.array(z.object({ code: z.string(), count: z.number() })),
  /** By when the calendar wants the files and the close. */
  files_due_on: z.string(),
  close_due_on: z.string(),
  versions: z.array(
    z.object({
      version_no: z.number(),
      line_count: z.number(),
      amount_fen: z.number(),
      seal: z.string(),
      locked_at: z.coerce.date(),
      locked_by: z.string().nullable(),
    }),
  ),
  approval_id: z.string().nullable(),
  missing: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type MonthPage = z.output<typeof monthPage>

export const batchQuery = listQuery.extend({
  month: monthParam.shape.month.optional(),
  distributor_id: z.uuid().optional(),
  state: z.enum(batchStates).optional(),
})
export const batchRow = z.object({
  id: z.string(),
  month: isoMonth,
  distributor_id: z.string(),
  distributor_name: z.string(),
  kind: z.enum(['sales', 'purchase', 'stock']),
  channel: z.string(),
  file_id: z.string(),
  file_name: z.string(),
  sheet: z.string().nullable(),
  state: z.enum(batchStates),
  failure_code: z.string().nullable(),
  failure_params: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  row_count: z.number(),
  skipped_count: z.number(),
  line_count: z.number(),
  amount_fen: z.number(),
  waiting_count: z.number(),
  excluded_count: z.number(),
  rejected_count: z.number(),
  job_id: z.string().nullable(),
  received_at: z.coerce.date(),
})
export type BatchRow = z.output<typeof batchRow>

const columnGuess = z.object({
  column: z.number(),
  header: z.string(),
  field: z.string().nullable(),
  confidence: z.number(),
  why: z.string(),
  unit_hint: z.string().optional(),
})
const printedRow = z.object({
  row: z.number(),
  cells: z.array(z.string()),
  /** Of a row on a page: 1-based, and where each cell stands (left, top, right, bottom) on that page's picture. */
  page: z.number().optional(),
  boxes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable()).optional(),
})
export type PrintedRow = z.output<typeof printedRow>
const readingNote = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
/** A difference from the layout before; columns 0-based. */
const layoutChange = z.object({
  change: z.enum(['moved', 'added', 'missing', 'renamed']),
  header: z.string(),
  before: z.string().optional(),
  field: z.string().nullable(),
  from: z.number().optional(),
  to: z.number().optional(),
})
export const batchPage = batchRow.extend({
  columns: z.array(columnGuess),
  mapping: z.record(z.string(), z.string().nullable()),
  remembered: z.boolean(),
  sample_rows: z.array(printedRow),
  missing_fields: z.array(z.string()),
  fields: z.array(z.string()),
  notes: z.array(readingNote),
  drift: z.array(layoutChange),
  /** What the file holds besides its rows, and nobody runs: script, launch, attachment, macros. */
  active_content: z.array(z.string()),
  seconds: z.record(z.string(), z.number()),
  issues: z.array(z.object({ issue: z.string(), line_count: z.number() })),
})
export type BatchPage = z.output<typeof batchPage>

export const uploadAnswer = z.object({
  batches: z.array(
    z.object({ id: z.string(), file_name: z.string(), distributor_id: z.string(), job_id: z.string() }),
  ),
})
export const mappingBody = z.strictObject({
  kind: z.enum(['sales', 'purchase', 'stock']),
  mapping: z.record(z.string().regex(/^\d{1,3}$/), z.string().max(40).nullable()),
})

export const lineQuery = listQuery.extend({
  month: monthParam.shape.month.optional(),
  from: monthParam.shape.month.optional(),
  to: monthParam.shape.month.optional(),
  state: z.enum(lineStates).optional(),
  issue: text.optional(),
  batch_id: z.uuid().optional(),
  distributor_id: z.uuid().optional(),
  institution_id: z.uuid().optional(),
  product_id: z.uuid().optional(),
  product_group: text.optional(),
  territory_id: z.uuid().optional(),
  owned: z.enum(['yes', 'no']).optional(),
  customer_name_id: z.uuid().optional(),
  product_name_id: z.uuid().optional(),
})
export const lineRow = z.object({
  id: z.string(),
  month: isoMonth,
  batch_id: z.string(),
  line_no: z.number(),
  sheet_row: z.number(),
  occurred_on: z.string().nullable(),
  distributor_id: z.string(),
  distributor_name: z.string().nullable(),
  customer_raw: z.string().nullable(),
  institution_id: z.string().nullable(),
  institution_name: z.string().nullable(),
  product_raw: z.string().nullable(),
  spec_raw: z.string().nullable(),
  product_id: z.string().nullable(),
  product_name: z.string().nullable(),
  territory_id: z.string().nullable(),
  territory_name: z.string().nullable(),
  qty: z.string().nullable(),
  unit: z.string(),
  base_qty: z.string().nullable(),
  base_unit: z.string().nullable(),
  price: z.string().nullable(),
  amount_fen: z.number().nullable(),
  lot: z.string(),
  doc_no: z.string(),
  is_return: z.boolean(),
  state: z.enum(lineStates),
  issues: z.array(z.string()),
})
export type LineRow = z.output<typeof lineRow>

const reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
const nameLife = z.object({
  id: z.string(),
  raw_text: z.string(),
  raw_spec: z.string(),
  state: z.enum(nameStates),
  via: z.string(),
  score: z.number(),
  /** What the engine gave it when it met the text, null for what an alias settled; and from where it takes one now. */
  said_score: z.number().nullable(),
  auto_from: z.number().nullable(),
  reasons: z.array(reason),
  decided_by: z.string().nullable(),
  decided_at: z.coerce.date().nullable(),
  alias_scope: z.string().nullable(),
})
/** The whole life of one line: where it came from, what was made of it and why, where it counts. */
export const lineLife = z.object({
  line: lineRow,
  file: z.object({
    file_id: z.string(),
    file_name: z.string(),
    channel: z.string(),
    received_at: z.coerce.date(),
    received_by: z.string().nullable(),
    sheet: z.string(),
    row: z.number(),
    /** Whose picture may be asked for; null where there are no pages, or the reader may not see all of one. */
    page: z.number().nullable(),
  }),
  cells: z.array(
    z.object({ column: z.number(), header: z.string(), field: z.string().nullable(), text: z.string() }),
  ),
  /** Rows around it, for the picture of the sheet; only for readers of the whole file. */
  around: z.array(printedRow),
  customer: nameLife.nullable(),
  product: nameLife.nullable(),
  version: z
    .object({
      version_no: z.number(),
      locked_at: z.coerce.date(),
      seal: z.string(),
      state: z.enum(monthStates),
    })
    .nullable(),
})
export type LineLife = z.output<typeof lineLife>

export const reviewQuery = listQuery.extend({
  month: monthParam.shape.month.optional(),
  kind: z.enum(nameKinds).default('customer'),
  distributor_id: z.uuid().optional(),
  state: z.enum(nameStates).default('waiting'),
  /** By what they settle: the most money, or the most lines first. */
  sort: z.enum(['-amount_fen', '-line_count']).default('-amount_fen'),
})
/** A group of alike raw texts that wait for one decision; lines and money are those that wait for it. */
export const reviewGroup = z.object({
  kind: z.enum(nameKinds),
  normal_text: z.string(),
  raw_text: z.string(),
  raw_spec: z.string(),
  name_count: z.number(),
  distributor_count: z.number(),
  distributor_names: z.array(z.string()),
  line_count: z.number(),
  amount_fen: z.number(),
  /** What all of them mean now; null while they wait, are ignored, or mean different things. */
  target_id: z.string().nullable(),
  target_name: z.string().nullable(),
  candidates: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      detail: z.string(),
      score: z.number(),
      reasons: z.array(reason),
    }),
  ),
})
export type ReviewGroup = z.output<typeof reviewGroup>

/** Whose text is meant: one distributor's, that of a province's distributors, or of all when neither is said. */
const textOf = {
  kind: z.enum(nameKinds),
  normal_text: z.string().min(1).max(400),
  distributor_id: z.uuid().optional(),
  province: z.string().min(1).max(40).optional(),
}
export const textQuery = z.strictObject(textOf)
export type TextQuery = z.output<typeof textQuery>
export const decisionBody = z.strictObject({
  ...textOf,
  action: z.enum(['choose', 'ignore']),
  target_id: z.uuid().optional(),
})
/** A new institution, and the decision that the text means it. */
export const creationBody = z.strictObject({
  normal_text: textOf.normal_text,
  distributor_id: textOf.distributor_id,
  province: textOf.province,
  institution: institutionInput,
})
/** What may be read out of a raw text for the institution it names. */
export const institutionDraft = z.object({
  name: z.string(),
  code: z.string(),
  kind: z.enum(institutionKinds),
  category: z.string().nullable(),
  level: z.string().nullable(),
  province: z.string().nullable(),
  city: z.string().nullable(),
  county: z.string().nullable(),
  /** What it is a part of, when the master has it. */
  parent_id: z.string().nullable(),
  parent_name: z.string().nullable(),
})
export type InstitutionDraft = z.output<typeof institutionDraft>
/** An institution of the master that a new one may be the double of. */
export const lookAlike = z.object({
  id: z.string(),
  name: z.string(),
  detail: z.string(),
  likeness: z.number(),
})
export type LookAlike = z.output<typeof lookAlike>
const figures = { line_count: z.number(), amount_fen: z.number() }
/** What is known of a candidate: spellings that mean it, and sales of the last twelve locked months. */
export const knownTarget = z.object({ id: z.string(), name_count: z.number(), ...figures })
export type KnownTarget = z.output<typeof knownTarget>
export const impactAnswer = z.object({
  name_count: z.number(),
  distributor_count: z.number(),
  ...figures,
  confirmed_count: z.number(),
  /** The same, distributor by distributor: what a decision for a part would settle. Most money first. */
  parts: z.array(
    z.object({
      distributor_id: z.string(),
      distributor_name: z.string(),
      province: z.string().nullable(),
      state: z.enum(nameStates),
      target_name: z.string().nullable(),
      ...figures,
    }),
  ),
})
export type Impact = z.output<typeof impactAnswer>
export const decisionAnswer = z.object({ id: z.string(), name_count: z.number(), line_count: z.number() })
export const issueDecisionBody = z.strictObject({
  month: monthParam.shape.month,
  issue: z.enum(holdingIssues),
  action: z.enum(['keep', 'exclude']),
  line_ids: z.array(z.uuid()).max(1000).optional(),
  batch_id: z.uuid().optional(),
})
export const decisionRow = z.object({
  id: z.string(),
  kind: z.string(),
  action: z.string(),
  /** As a distributor wrote it. */
  raw_text: z.string().nullable(),
  alias_scope: z.string().nullable(),
  /** The distributor or province it holds for. */
  scope_name: z.string().nullable(),
  created: z.boolean(),
  issue_code: z.string().nullable(),
  target_name: z.string().nullable(),
  name_count: z.number(),
  line_count: z.number(),
  person_name: z.string().nullable(),
  decided_at: z.coerce.date(),
  undone_at: z.coerce.date().nullable(),
})
export type DecisionRow = z.output<typeof decisionRow>

export const completenessRow = z.object({
  distributor_id: z.string(),
  distributor_name: z.string(),
  tables: z.record(
    z.string(),
    z.object({
      batch_count: z.number(),
      line_count: z.number(),
      failed_count: z.number(),
      state: z.string(),
    }),
  ),
  /** The day its first readable sales file came. */
  sales_on: z.string().nullable(),
  /** Working days of the calendar between the day files are due and then, or now where none came. */
  late_days: z.number(),
})

/** What a lock now would hold, and what it would leave out. Sales only, as the lock counts them. */
export const lockOutlook = z.object({
  /** Posted lines; of them those that some territory owns, which alone count for attainment. */
  counted: z.object(figures),
  owned: z.object(figures),
  waiting: z.object(figures),
  left_out: z.object(figures),
  /** Distributors from whom no sales came, and what they had in the last locked month. */
  missing: z.object({ count: z.number(), amount_fen: z.number() }),
  /** The last locked month before this one. */
  before: z.object({ month: isoMonth, ...figures }).nullable(),
})
export type LockOutlook = z.output<typeof lockOutlook>
