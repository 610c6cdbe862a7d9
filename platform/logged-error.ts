type LoggedError = {
  type: string
  message: string
  stack: string
  code?: unknown
  constraint?: unknown
  cause?: LoggedError
}

/**
 * What of an error goes into the log: what it is and where it came from. Not what the database adds in `detail` and `where`,
 * which are values of rows.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: '' }
  const { name, message, stack = '' } = error
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const cause = error.cause === undefined ? {} : { cause: loggedError(error.cause) }
  return { type: name, message, stack, code, constraint, ...cause }
}
