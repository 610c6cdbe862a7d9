import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** /api/health (200 only when work can be done), /metrics for Prometheus, one log line a request. */
export function measure(
  app: FastifyInstance,
  isReady: () => Promise<string | null>,
  doesWithout: () => Promise<string[]>,
): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'qucheng_http_request_seconds',
    help: 'Time to answer a request, by operation and status class',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.15, 0.3, 1, 3, 10, 30],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const schema = request.routeOptions.schema as { operationId?: string } | undefined
    const operation = schema?.operationId
    if (!operation) return
    seconds.observe(
      { operation, status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    )
    request.log.info(
      { operation, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 },
      'answered',
    )
  })
  app.get('/api/health', { schema: { hide: true } }, async (_request, reply) => {
    const lacking = await isReady().catch(() => 'database')
    // What stands still while the rest goes on: no reason to take the whole system out of service.
    const without = lacking ? [] : await doesWithout()
    return reply.status(lacking ? 503 : 200).send({ ok: !lacking, lacking, without })
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    // Numbers for the operator: from this machine only, and not through a proxy that runs on it.
    const proxied =
      request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
    if (proxied || !/^(::1|127\.|::ffff:127\.)/.test(request.ip)) return reply.status(404).send()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
