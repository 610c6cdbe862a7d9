import type { TFunction } from 'i18next'

export type ProblemBody = {
  type?: string
  title?: string
  status: number
  code: string
  detail?: string
  request_id?: string
  params?: Record<string, unknown>
  fields?: Record<string, string>
}

/** An answer that is not 2xx, or no answer at all (`status` 0, code `ui.offline`). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly request_id: string | undefined
  readonly params: Record<string, unknown>
  /** Field path (`lines.0.quantity`) → message code. */
  readonly fields: Record<string, string>
  readonly title: string

  constructor(body: ProblemBody) {
    super(`${body.status} ${body.code}`)
    this.name = 'Problem'
    this.status = body.status
    this.code = body.code
    this.request_id = body.request_id
    this.params = body.params ?? {}
    this.fields = body.fields ?? {}
    this.title = body.detail ?? body.title ?? body.code
  }
}

/** The sentence a person reads: `refusal.<code>` in their language, else the server's title and the request id. */
export function problemText(error: unknown, t: TFunction): string {
  if (!(error instanceof Problem)) return t('ui.fault')
  const sentence = t(`refusal.${error.code}`, { ...error.params, defaultValue: '' })
  if (sentence) return sentence
  if (error.status === 403) return t('ui.denied')
  if (error.status === 404) return t('ui.not_found')
  return error.request_id ? `${error.title} (${error.request_id})` : error.title
}
