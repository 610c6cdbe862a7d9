import type { ReadingErrorCode } from './shapes.ts'

/** The file as a whole cannot be read. What is doubtful in a row never throws: it is an issue on the line. */
export class ReadingError extends Error {
  readonly code: ReadingErrorCode
  readonly params: Record<string, string | number>

  constructor(code: ReadingErrorCode, params: Record<string, string | number> = {}) {
    super(`reading.${code} ${JSON.stringify(params)}`)
    this.name = 'ReadingError'
    this.code = code
    this.params = params
  }
}
