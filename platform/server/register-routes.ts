import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { Refusal } from '#kit/refusal.ts'
import { isFresh } from '../auth/confirm-password.ts'
import type { SignedIn } from '../auth/sessions.ts'
import type { Ctx } from '../ctx.ts'
import { DATA_CLASSES } from '../data-classes.ts'
import { asReader } from '../db.ts'
import { recordFile, type StoredFile } from '../files/public.ts'
import type { Download, Route } from '../http.ts'
import { maskPersonal } from '../personal-columns.ts'
import { RATES } from '../rates.ts'
import { authenticate, type Ground, refuseForeignOrigin } from './authenticate.ts'
import { refuseTooMany, refuseTooManyFrom } from './budgets.ts'
import { linkToFilesHost, sessionOfTicket } from './files-host.ts'
import { costlyTurns } from './in-turn.ts'
import { receiveUpload } from './receive-upload.ts'
import { recordRefusedMove } from './record-refused-move.ts'

/** All that a person may do whose password was set by somebody else or is too old. */
const OPEN_BEFORE_CHANGE = new Set(['platform.getProfile', 'platform.changePassword'])
/** And all that may be done before a second factor that must be is there. */
const OPEN_BEFORE_TOTP = new Set([...OPEN_BEFORE_CHANGE, 'platform.beginTotp', 'platform.confirmTotp'])
const PERMISSION = /^(signed-in|[a-z]+\.[a-z][a-z-]*)$/

/** Puts every route behind its door: who, may they, how often, in which transaction. */
export function registerRoutes(app: FastifyInstance, ground: Ground, routes: readonly Route[]): void {
  const seen = new Set<string>()
  const { inTurn } = costlyTurns()
  for (const route of routes) {
    refuseUndeclared(route, seen)
    app.route({
      method: route.method,
      url: `/api${route.path}`,
      schema: {
        operationId: route.id,
        summary: route.summary,
        tags: [route.id.split('.')[0] ?? ''],
        description: `Permission: ${route.permission}. Rate: ${route.rate}. Holds: ${route.data} data${route.fresh ? '. Asks for a fresh password' : ''}.`,
        ...(route.params && { params: route.params }),
        ...(route.query && { querystring: route.query }),
        ...(route.body && { body: route.body }),
        ...(route.upload && { consumes: ['multipart/form-data'] }),
        response: responseOf(route),
      },
      config: { data: route.data },
      handler: async (request, reply) => {
        const who = await admit(ground, route, request)
        const work = () =>
          answer(ground, route, who, request, reply).catch((error) =>
            recordRefusedMove(ground, route, request, askerOf(who, request), error),
          )
        return route.rate === 'costly' ? inTurn(who.company.id, work) : work()
      },
    })
  }
}

function responseOf(route: Route): Record<number, z.ZodType> {
  const status = route.status ?? 200
  if (route.answer === 'download') return {}
  return { [status]: route.answer === 'nothing' ? z.object({}) : route.answer }
}

/** A route that does not say who may call it, or lets unknown fields in, does not start. */
function refuseUndeclared(route: Route, seen: Set<string>): void {
  if (!PERMISSION.test(route.permission ?? '')) throw new Error(`route ${route.id} declares no permission`)
  if (!Object.hasOwn(RATES, route.rate ?? '')) throw new Error(`route ${route.id} declares no rate class`)
  if (!Object.hasOwn(DATA_CLASSES, route.data ?? ''))
    throw new Error(`route ${route.id} declares no data class`)
  if (!route.answer) throw new Error(`route ${route.id} declares no shape of its answer`)
  if (!/^[a-z]+\.[a-z][A-Za-z]*$/.test(route.id))
    throw new Error(`route id ${route.id} is not module.verbNoun`)
  if (seen.has(route.id)) throw new Error(`two routes are called ${route.id}`)
  seen.add(route.id)
  for (const shape of [route.params, route.query, route.body]) {
    if (shape instanceof z.ZodObject && !(shape.def.catchall instanceof z.ZodNever)) {
      throw new Error(`route ${route.id} takes unknown fields: use z.strictObject`)
    }
  }
}

async function admit(ground: Ground, route: Route, request: FastifyRequest): Promise<SignedIn> {
  refuseForeignOrigin(request)
  refuseTooManyFrom(request.ip, route.rate)
  const who = await authenticate(ground, request)
  refuseTooMany(who.person.id, route.rate)
  await refuseUnlessAllowed(ground, route, who)
  return who
}

async function answer(
  ground: Ground,
  route: Route,
  who: SignedIn,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (
    route.answer === 'download' &&
    !route.drawn &&
    ground.config.filesOrigin &&
    who.session &&
    !sessionOfTicket(request.raw)
  ) {
    return reply.redirect(linkToFilesHost(ground, who.session, request.url), 303)
  }
  const asker = askerOf(who, request)
  const upload = route.upload
    ? await receiveUpload(request, route.upload, ground, asker)
    : { stored: [], fields: {} }
  const result = await asReader(
    ground.app,
    asker,
    async (tx) => {
      const ctx: Ctx = { ...asker, db: tx, now: new Date() }
      const work = async () => {
        const files: StoredFile[] = []
        for (const bytes of upload.stored) {
          const { file_name } = bytes
          files.push(await recordFile(ctx, bytes, { file_name, purpose: route.upload?.purpose ?? '' }))
        }
        return route.handle(ctx, {
          params: request.params as never,
          query: request.query as never,
          body: request.body as never,
          files,
          fields: upload.fields,
        })
      }
      // Neither a password's print, nor a key shown once, nor a file is kept for a second call.
      if (!DATA_CLASSES[route.data].kept || route.answer === 'download') return work()
      return once(ctx, request, who, upload, work)
    },
    { readOnly: route.method === 'GET' && !route.writes },
  )
  return send(route, reply, result)
}

/** Whether what the route holds is for the caller at all, whatever their roles say. */
function mayBeAnswered(route: Route, who: SignedIn): boolean {
  const rules = DATA_CLASSES[route.data]
  if (who.via === 'key') return rules.keys
  return who.scope.kind !== 'distributor' || rules.distributors || route.permission === 'signed-in'
}

async function refuseUnlessAllowed(ground: Ground, route: Route, who: SignedIn): Promise<void> {
  const allowed =
    route.permission === 'signed-in' ? who.via === 'session' : who.permissions.has(route.permission)
  if (!allowed || !mayBeAnswered(route, who)) {
    throw new Refusal('not-allowed', { permission: route.permission }, { status: 403 })
  }
  if (who.mustChangePassword && !OPEN_BEFORE_CHANGE.has(route.id)) {
    throw new Refusal('auth.password-must-change', {}, { status: 403 })
  }
  if (who.mustSetTotp && !OPEN_BEFORE_TOTP.has(route.id)) {
    throw new Refusal('auth.totp-must-set', {}, { status: 403 })
  }
  if (!route.fresh) return
  const fresh = who.session && (await isFresh(ground.gate, who.session, ground.config.freshMinutes))
  if (!fresh) throw new Refusal('fresh-password-needed', {}, { status: 403 })
}

function askerOf(who: SignedIn, request: FastifyRequest): Omit<Ctx, 'db'> {
  return {
    companyId: who.company.id,
    personId: who.person.id,
    personName: who.person.name,
    scope: who.scope,
    permissions: who.permissions,
    now: new Date(),
    requestId: request.id,
    ...(who.session && { session: who.session }),
  }
}

/**
 * A write with an Idempotency-Key happens once: the same key and body get the first answer again, another body
 * is refused. The key's row is written in the deed's own transaction, so a lost reply loses nothing.
 */
async function once(
  ctx: Ctx,
  request: FastifyRequest,
  who: SignedIn,
  upload: unknown,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers['idempotency-key']
  if (request.method === 'GET' || typeof key !== 'string' || key.length > 100) return work()
  const hash = createHash('sha256')
    .update(`${request.method} ${request.url} ${JSON.stringify([request.body ?? null, upload])}`)
    .digest()
  const fresh = await ctx.db
    .insertInto('idempotency_keys')
    .values({ company_id: ctx.companyId, person_id: who.person.id, key, request_hash: hash })
    .onConflict((conflict) => conflict.columns(['company_id', 'person_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  const mine = ctx.db
    .selectFrom('idempotency_keys')
    .where('company_id', '=', ctx.companyId)
    .where('person_id', '=', who.person.id)
    .where('key', '=', key)
  if (!fresh) {
    const earlier = await mine.select(['request_hash', 'answer']).executeTakeFirstOrThrow()
    if (!earlier.request_hash.equals(hash)) throw new Refusal('idempotency-key-reused', {}, { status: 422 })
    return earlier.answer ?? undefined
  }
  const result = await work()
  await ctx.db
    .updateTable('idempotency_keys')
    .set({ answer: sql`${JSON.stringify(result ?? null)}::jsonb` })
    .where('company_id', '=', ctx.companyId)
    .where('person_id', '=', who.person.id)
    .where('key', '=', key)
    .execute()
  return result
}

function send(route: Route, reply: FastifyReply, result: unknown) {
  if (route.answer === 'download') {
    const download = result as Download
    if (route.drawn) reply.header('cache-control', 'private, max-age=600')
    const plain = download.file_name.replace(/[^\x20-\x7e]|["\\]/g, '_')
    return reply
      .header(
        'content-disposition',
        `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(download.file_name)}`,
      )
      .header('content-security-policy', "sandbox; default-src 'none'; frame-ancestors 'none'")
      .type(download.media_type)
      .send(download.body)
  }
  const full = DATA_CLASSES[route.data].unmasked
  return reply.status(route.status ?? 200).send((full ? result : maskPersonal(result)) ?? {})
}
