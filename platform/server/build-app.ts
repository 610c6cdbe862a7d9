import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { FirstRule } from '../auth/found-company.ts'
import type { Route } from '../http.ts'
import { loggedError } from '../logged-error.ts'
import type { Ground } from './authenticate.ts'
import { closeFilesHost, rewriteTicket } from './files-host.ts'
import { measure } from './measure.ts'
import { answerWithProblems } from './problems.ts'
import { refuseHiddenCharacters } from './refuse-hidden.ts'
import { registerRoutes } from './register-routes.ts'
import { registerSessionDoors } from './session-doors.ts'
import { registerSetupDoors } from './setup-doors.ts'

/** Builds the HTTP program over the routes of all modules; it listens when the caller says so. */
export async function buildApp(
  ground: Ground,
  routes: readonly Route[],
  options: {
    logLevel: string
    /** Where log lines go; to stdout when not told. */
    logTo?: { write(line: string): void }
    webDir?: string | undefined
    isReady: () => Promise<string | null>
    /** Names of what is configured and not there, though work goes on: told in health. */
    doesWithout?: () => Promise<string[]>
    demoLogins: () => unknown[]
    /** What a first company begins with. */
    firstRules?: readonly FirstRule[]
  },
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: {
      level: options.logLevel,
      redact: ['req.headers.cookie', 'req.headers.authorization'],
      serializers: { err: loggedError },
      ...(options.logTo && { stream: options.logTo }),
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    // The one line a request is ours (measure.ts).
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: ground.config.trustedProxies.length > 0 ? ground.config.trustedProxies : false,
    rewriteUrl: rewriteTicket(ground),
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerWithProblems(app)
  await app.register(cookie)
  await app.register(multipart)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: '渠成 Qucheng API', version: '1' } },
    transform: createJsonSchemaTransform({}),
  })
  secure(app)
  closeFilesHost(app, ground)
  refuseHiddenCharacters(app)
  measure(app, options.isReady, options.doesWithout ?? (async () => []))
  registerSessionDoors(app, ground, options.demoLogins)
  registerSetupDoors(app, ground, options.firstRules ?? [])
  registerRoutes(app, ground, routes)
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
  if (options.webDir) {
    const { serveWeb } = await import('./serve-web.ts')
    await serveWeb(app, options.webDir)
  }
  return app
}

/** Headers on every reply, errors and static files included. */
function secure(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
      'strict-transport-security': 'max-age=31536000',
      'x-request-id': request.id,
    })
    if (request.url.startsWith('/api/')) {
      reply.headers({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      })
    }
  })
}
