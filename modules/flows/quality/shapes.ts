import { z } from 'zod'

export const sampleVerdicts = ['right', 'wrong', 'skip'] as const
export type SampleVerdict = (typeof sampleVerdicts)[number]

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const figures = { line_count: z.number(), amount_fen: z.number() }
const share = z.number().nullable()

/** One month of names first met in it. Shares are 0 … 1, null where nothing is known. */
export const monthOfQuality = z.object({
  month: z.string(),
  auto_count: z.number(),
  review_count: z.number(),
  none_count: z.number(),
  /** Settled by an alias, so not by the engine. */
  alias_count: z.number(),
  precision: share,
  precision_low: share,
  precision_high: share,
  recall: share,
  /** Judgements and decisions the two rest on. */
  decisions: z.number(),
  sample: z.object({ drawn: z.number(), judged: z.number(), wrong: z.number() }),
  /** Autos that a person changed, sampled or not. */
  overridden: z.number(),
  first_file_at: z.coerce.date().nullable(),
  locked_at: z.coerce.date().nullable(),
  days_to_close: z.number().nullable(),
})
export type MonthOfQuality = z.output<typeof monthOfQuality>

export const confusions = [
  'number',
  'campus',
  'county',
  'kind',
  'specialty',
  'characters',
  'identity',
  'not-in-master',
  'other',
] as const
export type Confusion = (typeof confusions)[number]

export const qualityAnswer = z.object({
  months: z.array(monthOfQuality),
  /** What wrong autos and doubtful texts were about: of those settled by a person. */
  confusions: z.array(z.object({ confusion: z.enum(confusions), wrong: z.number(), asked: z.number() })),
  threshold: z.number(),
  engine_threshold: z.number(),
  thresholds: z.array(
    z.object({
      id: z.string(),
      auto_from: z.number(),
      previous: z.number(),
      reason: z.string(),
      name_count: z.number(),
      line_count: z.number(),
      person_name: z.string().nullable(),
      applied_at: z.coerce.date(),
      undone_at: z.coerce.date().nullable(),
    }),
  ),
})
export type Quality = z.output<typeof qualityAnswer>

export const adviceQuery = z.strictObject({ precision: z.coerce.number().min(0.5).max(0.9999) })
export const adviceAnswer = z.object({
  threshold: z.number().nullable(),
  precision: share,
  recall: share,
  /** Settled decisions it rests on, and how many it takes at least. */
  decisions: z.number(),
  decisions_min: z.number(),
})
export type Advice = z.output<typeof adviceAnswer>

const autoFrom = z.number().min(0.3).max(0.999)
export const impactQuery = z.strictObject({ auto_from: z.coerce.number().pipe(autoFrom) })
const moved = z.object({ name_count: z.number(), ...figures })
export const thresholdImpact = z.object({
  current: z.number(),
  /** Undecided names that would be taken without asking, and those that would be asked; lines and money in open months. */
  to_auto: moved,
  to_review: moved,
  /** Wrong lines among those taken in addition, by their scores; and wrong ones that would be asked instead. */
  errors_added: z.number(),
  errors_avoided: z.number(),
})
export type ThresholdImpact = z.output<typeof thresholdImpact>
export const thresholdBody = z.strictObject({
  auto_from: autoFrom,
  reason: z.string().trim().min(2).max(300),
})
export const thresholdAnswer = z.object({ id: z.string(), name_count: z.number(), line_count: z.number() })

export const sampleQuery = z.strictObject({ month: month.optional() })
export const drawBody = z.strictObject({ month, size: z.number().int().min(8).max(200).default(40) })
export const drawAnswer = z.object({ drawn: z.number() })
const reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export const sampleRow = z.object({
  id: z.string(),
  month: z.string(),
  raw_text: z.string(),
  normal_text: z.string(),
  distributor_name: z.string().nullable(),
  distributor_id: z.string(),
  proposed_id: z.string(),
  proposed_name: z.string(),
  proposed_detail: z.string(),
  score: z.number(),
  reasons: z.array(reason),
  ...figures,
  verdict: z.enum(sampleVerdicts).nullable(),
})
export type SampleRow = z.output<typeof sampleRow>
export const sampleAnswer = z.object({
  month: z.string().nullable(),
  /** Months in which something was taken without asking, newest first, and how many of them wait to be checked. */
  months: z.array(
    z.object({ month: z.string(), auto_count: z.number(), drawn: z.number(), judged: z.number() }),
  ),
  rows: z.array(sampleRow),
})
export type Samples = z.output<typeof sampleAnswer>
export const verdictBody = z.strictObject({ verdict: z.enum(sampleVerdicts).nullable() })
