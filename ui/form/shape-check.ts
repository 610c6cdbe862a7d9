import type { TFunction } from 'i18next'
import type { ZodType } from 'zod'

export type FieldIssue = { path: string[]; text: string }
type Values = Record<string, unknown>
type Issue = {
  code?: string
  path: readonly PropertyKey[]
  message: string
  input?: unknown
  minimum?: unknown
  maximum?: unknown
  origin?: string
  format?: string
}

/** The shape of one field of an object shape, if it can be seen. */
export function fieldShape(shape: ZodType | undefined, name: string): ZodType | undefined {
  const fields = shape && 'shape' in shape ? (shape.shape as Record<string, ZodType | undefined>) : undefined
  return fields?.[name]
}

export function isRequired(shape: ZodType | undefined, name: string): boolean {
  const field = fieldShape(shape, name)
  return field ? !field.safeParse(undefined).success : false
}

/** An emptied input means null where the shape knows null, else that the field is left out. */
export function withoutBlanks(values: Values, shape: ZodType | undefined): Values {
  const kept: Values = {}
  for (const [name, value] of Object.entries(values)) {
    const trimmed = typeof value === 'string' ? value.trim() : value
    if (trimmed !== '' && trimmed !== undefined) kept[name] = trimmed
    else if (fieldShape(shape, name)?.safeParse(null).success) kept[name] = null
  }
  return kept
}

/** One sentence for one issue; a shape may carry an i18n key as its own message. */
export function issueText(issue: Issue, missing: boolean, t: TFunction): string {
  if (missing) return t('field.required')
  const own = t(issue.message, { defaultValue: '' })
  if (own) return own
  const origin = issue.origin === 'string' ? 'text' : issue.origin === 'array' ? 'list' : 'number'
  if (issue.code === 'too_small') return t(`field.too_small_${origin}`, { limit: String(issue.minimum) })
  if (issue.code === 'too_big') return t(`field.too_big_${origin}`, { limit: String(issue.maximum) })
  if (issue.code === 'invalid_format')
    return t(`field.format_${issue.format}`, { defaultValue: t('field.format') })
  return t('field.invalid')
}

/** Checks values against the shape the server also uses; either the parsed values or the issues by field. */
export function checkShape<Answer>(
  values: Values,
  shape: ZodType<Answer>,
  t: TFunction,
): { values: Answer } | { issues: FieldIssue[] } {
  const parsed = shape.safeParse(values)
  if (parsed.success) return { values: parsed.data }
  const issues = parsed.error.issues as Issue[]
  return {
    issues: issues.map((issue) => ({
      path: issue.path.map(String),
      text: issueText(issue, valueAt(values, issue.path) === undefined, t),
    })),
  }
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  let value = values
  for (const step of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step]
  return value
}

/** The server's `fields`: path → message code. */
export function serverIssues(fields: Record<string, string>, t: TFunction): FieldIssue[] {
  return Object.entries(fields).map(([path, code]) => ({
    path: path.split('.'),
    text: t(`field.${code}`, { defaultValue: t(`refusal.${code}`, { defaultValue: t('field.invalid') }) }),
  }))
}
