/**
 * A refusal: the caller asks for what the business does not allow. Seen as a 4xx problem+json with this code;
 * the web app holds one sentence a code in both languages. `params` fill that sentence, `fields` name the
 * inputs that are wrong (path → message code).
 */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly params: Record<string, string | number>
  readonly fields: Record<string, string> | undefined

  constructor(
    code: string,
    params: Record<string, string | number> = {},
    options: { status?: number; fields?: Record<string, string> } = {},
  ) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.params = params
    this.status = options.status ?? 422
    this.fields = options.fields
  }
}

/** The row does not exist, or is not the reader's to see: both read alike from outside. */
export function notFound(subject: string): Refusal {
  return new Refusal('not-found', { subject }, { status: 404 })
}

/** Returns the value, or refuses as not found when there is none. */
export function found<T>(value: T | undefined | null, subject: string): T {
  if (value === undefined || value === null) throw notFound(subject)
  return value
}
