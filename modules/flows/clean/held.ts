import { type RawBuilder, sql } from 'kysely'
import { holdingIssues } from '../shapes.ts'

const list = (codes: readonly string[]): RawBuilder<string[]> =>
  sql.raw(`array[${codes.map((code) => `'${code}'`).join(', ')}]`)

/** The issues that hold a line back until a person settles them. */
export const HELD = list(holdingIssues)

/** What they are called once a person has taken the line out. */
export const TAKEN_OUT = list(holdingIssues.map((code) => `${code}-excluded`))
