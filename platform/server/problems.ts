import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { Refusal } from '#kit/refusal.ts'
import { DATA_CLASSES, type DataClass } from '../data-classes.ts'

/** Refusals and faults become problem+json: a code, what a sentence needs, the request's id; never SQL or a stack. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = asProblem(error)
    if (problem.status >= 500)
      request.log.error({ err: mayBeLogged(request) ? error : nameless(error) }, 'fault')
    if (problem.status === 503) reply.header('retry-after', '2')
    if (problem.status === 429) reply.header('retry-after', String(retryAfter(problem)))
    sendProblem(request, reply, problem)
  })
  app.setNotFoundHandler((request, reply) => {
    sendProblem(request, reply, { status: 404, code: 'not-found', params: { subject: 'page' } })
  })
}

interface Problem {
  status: number
  code: string
  params?: Record<string, string | number> | undefined
  fields?: Record<string, string> | undefined
}

/** Where a route answers with people or secrets, the words of an error may hold them: its kind and place stay. */
function mayBeLogged(request: FastifyRequest): boolean {
  const { data } = request.routeOptions.config as { data?: DataClass }
  return data === undefined || DATA_CLASSES[data].kept
}

function nameless(error: FastifyError): Error {
  const { name, code, stack = '' } = error
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return Object.assign(new Error('not told'), { name, code, stack: [name, ...places].join('\n') })
}

function retryAfter({ params }: Problem): number {
  return Number(params?.seconds ?? Number(params?.minutes ?? 1) * 60)
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  void reply
    .status(problem.status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({
      type: 'about:blank',
      title: STATUS_CODES[problem.status] ?? 'Error',
      status: problem.status,
      code: problem.code,
      request_id: request.id,
      params: problem.params,
      fields: problem.fields,
    })
}

// What the database refuses by its own rules, told without its words.
const DATABASE_CODES: Record<string, Problem> = {
  '23505': { status: 409, code: 'already-exists' },
  '23503': { status: 409, code: 'still-in-use' },
  '23514': { status: 422, code: 'invalid-request' },
  '23001': { status: 409, code: 'closed-for-change' },
  '42501': { status: 403, code: 'not-allowed' },
  '40001': { status: 503, code: 'try-again' },
  '40P01': { status: 503, code: 'try-again' },
  '57014': { status: 503, code: 'took-too-long' },
  '22P02': { status: 400, code: 'invalid-request' },
  '22P05': { status: 400, code: 'invalid-request' },
  '22021': { status: 400, code: 'invalid-request' },
  '22003': { status: 400, code: 'invalid-request' },
}

function asProblem(error: FastifyError): Problem {
  if (error instanceof Refusal) {
    return { status: error.status, code: error.code, params: error.params, fields: error.fields }
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields: Record<string, string> = {}
    for (const issue of error.validation)
      fields[issue.instancePath.replace(/^\//, '').replaceAll('/', '.')] = issue.keyword
    return { status: 400, code: 'invalid-request', fields }
  }
  const code = typeof error.code === 'string' ? error.code : ''
  if (DATABASE_CODES[code]) return DATABASE_CODES[code]
  if (code.startsWith('08') || code.startsWith('57P') || /ECONNREFUSED|ECONNRESET|ENOENT|EPIPE/.test(code)) {
    return { status: 503, code: 'not-ready' }
  }
  // No connection came free in time.
  if (error.message?.startsWith('timeout exceeded when trying to connect'))
    return { status: 503, code: 'not-ready' }
  if (code.startsWith('FST_') && error.statusCode && error.statusCode < 500) {
    return {
      status: error.statusCode,
      code: error.statusCode === 413 ? 'files.too-large' : 'invalid-request',
    }
  }
  return { status: 500, code: 'fault' }
}
