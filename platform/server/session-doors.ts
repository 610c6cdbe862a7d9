import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { confirmPassword } from '../auth/confirm-password.ts'
import { hashToken, loadSession, openSession, renewSession, type SignedIn } from '../auth/sessions.ts'
import { sessionAnswer } from '../auth/shapes.ts'
import { signIn } from '../auth/sign-in.ts'
import { asReader } from '../db.ts'
import { authenticate, type Ground, refuseForeignOrigin, sessionCookie } from './authenticate.ts'
import { refuseTooMany, refuseTooManyFrom } from './budgets.ts'

const credentials = z.strictObject({
  login: z.string().min(1).max(120),
  password: z.string().min(1).max(256),
  totp: z.string().max(12).optional(),
})

const rulesOf = ({ config }: Ground) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: config.secureCookies }) as const

/** The doors that are open before anybody is signed in: sign-in, sign-out, which company, demo logins. */
export function registerSessionDoors(
  app: FastifyInstance,
  ground: Ground,
  demoLogins: () => unknown[],
): void {
  const cookieName = sessionCookie(ground.config)
  const cookieRules = rulesOf(ground)

  app.post('/api/session', {
    schema: {
      operationId: 'auth.signIn',
      tags: ['auth'],
      body: credentials,
      response: { 200: sessionAnswer },
    },
    handler: async (request, reply) => {
      refuseForeignOrigin(request)
      refuseTooManyFrom(request.ip, 'sign-in')
      const device = deviceOf(request, reply, cookieRules)
      const body = request.body as z.output<typeof credentials>
      const personId = await signIn(ground, { ...body, device }, new Date())
      const from = { address: request.ip, agent: request.headers['user-agent'] ?? '' }
      const token = await openSession(ground.gate, personId, null, from, ground.config)
      const who = await loadSession(ground, token, ground.config, ground.rolePermissions)
      if (!who) throw new Refusal('auth.no-company', {}, { status: 403 })
      await recordSignIn(ground, who, request.id, from)
      reply.setCookie(cookieName, token, { ...cookieRules, maxAge: ground.config.sessionMaxHours * 3600 })
      return asAnswer(who)
    },
  })
  app.get('/api/session', {
    schema: { operationId: 'auth.getSession', tags: ['auth'], response: { 200: sessionAnswer } },
    handler: async (request) => asAnswer(await authenticate(ground, request)),
  })
  app.delete('/api/session', {
    schema: { operationId: 'auth.signOut', tags: ['auth'] },
    handler: async (request, reply) => {
      refuseForeignOrigin(request)
      const token = request.cookies[cookieName]
      if (token) await ground.gate.deleteFrom('sessions').where('token_hash', '=', hashToken(token)).execute()
      return reply.clearCookie(cookieName, cookieRules).send({})
    },
  })
  registerCompanySwitch(app, ground)
  registerConfirmation(app, ground)
  app.get('/api/demo-logins', { schema: { operationId: 'auth.listDemoLogins', tags: ['auth'] } }, () =>
    demoLogins(),
  )
}

/** Who came in, when and from where stands in the audit trail of the company they came into. */
async function recordSignIn(
  ground: Ground,
  { person, company, scope }: SignedIn,
  requestId: string,
  from: { address: string; agent: string },
): Promise<void> {
  const reader = { companyId: company.id, personId: person.id, scope }
  await asReader(ground.gate, reader, (db) =>
    recordAudit(
      { ...reader, db, requestId, personName: person.name, permissions: new Set(), now: new Date() },
      {
        deed: 'platform.sign-in',
        subject: ['platform.person', person.id],
        new: { address: from.address, agent: from.agent.slice(0, 200) },
      },
    ),
  )
}

const companyChoice = z.strictObject({ company_id: z.uuid() })

function registerCompanySwitch(app: FastifyInstance, ground: Ground): void {
  app.put('/api/session/company', {
    schema: {
      operationId: 'auth.switchCompany',
      tags: ['auth'],
      body: companyChoice,
      response: { 200: sessionAnswer },
    },
    handler: async (request) => {
      refuseForeignOrigin(request)
      const who = await authenticate(ground, request)
      const { company_id } = request.body as z.output<typeof companyChoice>
      if (!who.companies.some((one) => one.id === company_id))
        throw new Refusal('not-found', { subject: 'company' }, { status: 404 })
      const token = request.cookies[sessionCookie(ground.config)] ?? ''
      await ground.gate
        .updateTable('sessions')
        .set({ company_id })
        .where('token_hash', '=', hashToken(token))
        .execute()
      return asAnswer(await authenticate(ground, request))
    },
  })
}

const confirmation = z.strictObject({ password: credentials.shape.password })

/** The password once more, for what may not be done from a screen left open; the session goes on under a new token. */
function registerConfirmation(app: FastifyInstance, ground: Ground): void {
  app.post('/api/session/confirmation', {
    schema: {
      operationId: 'auth.confirmPassword',
      tags: ['auth'],
      body: confirmation,
      response: { 200: z.object({ fresh_minutes: z.number() }) },
    },
    handler: async (request, reply) => {
      refuseForeignOrigin(request)
      const who = await authenticate(ground, request)
      if (!who.session) throw new Refusal('not-allowed', { permission: 'signed-in' }, { status: 403 })
      refuseTooMany(who.person.id, 'sign-in')
      const { password } = request.body as z.output<typeof confirmation>
      await confirmPassword(ground.gate, who.person.id, password)
      const renewed = await renewSession(ground.gate, who.session)
      if (!renewed) throw new Refusal('try-again', {}, { status: 409 })
      reply.setCookie(sessionCookie(ground.config), renewed.token, {
        ...rulesOf(ground),
        expires: renewed.expires_at,
      })
      return { fresh_minutes: ground.config.freshMinutes }
    },
  })
}

function deviceOf(request: FastifyRequest, reply: FastifyReply, rules: { secure: boolean }): string {
  const known = request.cookies['qc-device']
  if (known && /^[A-Za-z0-9_-]{22}$/.test(known)) return known
  const device = randomBytes(16).toString('base64url')
  reply.setCookie('qc-device', device, {
    ...rules,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    maxAge: 31_536_000,
  })
  return device
}

function asAnswer(who: SignedIn): z.input<typeof sessionAnswer> {
  return {
    person: who.person,
    company: who.company,
    companies: who.companies,
    roles: who.roles,
    scope: who.scope.kind,
    distributor: who.distributor,
    permissions: [...who.permissions].sort(),
    must_change_password: who.mustChangePassword,
    must_set_totp: who.mustSetTotp,
  }
}
