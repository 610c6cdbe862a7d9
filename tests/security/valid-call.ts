import { z } from 'zod'
import type { Route } from '#platform/http.ts'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** The parts of a JSON schema that our shapes make. */
interface Schema {
  type?: string
  const?: Json
  enum?: Json[]
  anyOf?: Schema[]
  format?: string
  pattern?: string
  minLength?: number
  minItems?: number
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

/** Texts of which one fits every pattern in use; a new kind of text is added here. */
const TEXTS = [
  '2026-10',
  '2026',
  '2026-10-01',
  'A1',
  '12',
  '1.5',
  'ab',
  'someone@example.test',
  'flows.month',
  '0',
  '123456',
]

/**
 * A body or query that its route's shape accepts, with every optional field left out and every id taken from `idFor`:
 * so a call gets past the shape, to where it is decided whose rows these are.
 */
export function validFor(shape: Route['body'], idFor: (field: string) => string): Json | undefined {
  if (!shape) return undefined
  const schema = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema
  // A shape behind a coercion does not say how large a number may be: a share comes next.
  const whole = sample(schema, '', idFor)
  const value = shape.safeParse(whole).success ? whole : asShares(whole)
  const parsed = shape.safeParse(value)
  if (!parsed.success)
    throw new Error(`no valid call could be made up: ${JSON.stringify(value)} ${parsed.error.message}`)
  return value
}

const asShares = (value: Json): Json =>
  JSON.parse(JSON.stringify(value, (_, inner) => (inner === 1 ? 0.95 : inner)))

function sample(schema: Schema, field: string, idFor: (field: string) => string): Json {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0] ?? null
  if (schema.anyOf) return sample(schema.anyOf[0] ?? {}, field, idFor)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name))
          .map(([name, inner]) => [name, sample(inner, name, idFor)]),
      )
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, field, idFor))
    case 'number':
    case 'integer':
      return Math.min(
        schema.maximum ?? Number.POSITIVE_INFINITY,
        Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1, 1),
      )
    case 'boolean':
      return true
    default:
      return textFor(schema, field, idFor)
  }
}

function textFor(schema: Schema, field: string, idFor: (field: string) => string): string {
  // Several ids in one parameter are text that the shape takes apart.
  if (schema.format === 'uuid' || /^(.+_)?ids$/.test(field)) return idFor(field)
  const pattern = schema.pattern ? new RegExp(schema.pattern, 'u') : /^/
  const fits = (text: string) => pattern.test(text) && text.length >= (schema.minLength ?? 0)
  const found = TEXTS.find(fits) ?? 'words that are long enough for a reason or a password'
  if (!fits(found)) throw new Error(`no text for ${field}: add one that fits ${schema.pattern} to TEXTS`)
  return found
}
