export type SigningErrorCode =
  | 'missing-glyph'
  | 'text-differs'
  | 'bad-document'
  | 'not-typeset'
  | 'bad-picture'
  | 'picture-too-large'
  | 'bad-strokes'
  | 'bad-pdf'
  | 'no-field'
  | 'already-signed'
  | 'not-first'
  | 'signature-too-long'
  | 'bad-certificate'
  | 'timestamp-refused'

/** What the caller gave cannot be typeset, drawn or signed. `params` name the place (characters, party, reason). */
export class SigningError extends Error {
  readonly code: SigningErrorCode
  readonly params: Record<string, string | number>

  constructor(code: SigningErrorCode, params: Record<string, string | number> = {}) {
    super(`signing.${code} ${JSON.stringify(params)}`)
    this.name = 'SigningError'
    this.code = code
    this.params = params
  }
}
