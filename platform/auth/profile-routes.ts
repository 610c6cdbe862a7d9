import { z } from 'zod'
import { assert } from '#kit/assert.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { type Route, route } from '../http.ts'
import type { Ground } from '../server/authenticate.ts'
import { atGate } from './at-gate.ts'
import { changePassword } from './change-password.ts'
import { beginTotp, confirmTotp, removeTotp } from './set-totp.ts'
import { profileAnswer, profileInput } from './shapes.ts'

const password = z.string().min(1).max(256)
const code = z.strictObject({ code: z.string().regex(/^\d{6}$/) })

/** What people do about themselves: name, language, password, second factor. */
export function profileRoutes(ground: Ground): Route[] {
  return [
    route({
      method: 'GET',
      path: '/profile',
      id: 'platform.getProfile',
      summary: 'My own name, language and ways in',
      permission: 'signed-in',
      rate: 'read',
      data: 'personal',
      answer: profileAnswer,
      handle: (ctx) => loadProfile(ground, me(ctx)),
    }),
    route({
      method: 'PATCH',
      path: '/profile',
      id: 'platform.changeProfile',
      summary: 'Change my name or language',
      permission: 'signed-in',
      rate: 'write',
      data: 'personal',
      body: profileInput,
      answer: profileAnswer,
      handle: async (ctx, { body }) => {
        if (Object.keys(body).length > 0) {
          await atGate(ground, ctx, async (gate) => {
            const old = await loadProfile({ gate: gate.db }, me(ctx))
            await gate.db.updateTable('people').set(body).where('id', '=', me(ctx)).execute()
            await recordAudit(gate, {
              deed: 'platform.change-profile',
              subject: ['platform.person', me(ctx)],
              old: { name: old.name, locale: old.locale },
              new: body,
            })
          })
        }
        return loadProfile(ground, me(ctx))
      },
    }),
    route({
      method: 'PUT',
      path: '/profile/password',
      id: 'platform.changePassword',
      summary: 'Change my password and end my other sessions',
      permission: 'signed-in',
      data: 'secret',
      rate: 'sign-in',
      body: z.strictObject({ current: password, next: password }),
      answer: 'nothing',
      handle: (ctx, { body }) => changePassword(ground, ctx, me(ctx), body),
    }),
    ...totpRoutes(ground),
  ]
}

function totpRoutes(ground: Ground): Route[] {
  return [
    route({
      method: 'POST',
      path: '/profile/totp',
      id: 'platform.beginTotp',
      summary: 'Begin the second factor',
      permission: 'signed-in',
      fresh: true,
      data: 'secret',
      rate: 'sign-in',
      answer: z.object({ secret: z.string(), uri: z.string() }),
      status: 201,
      handle: (ctx) => beginTotp(ground, me(ctx)),
    }),
    route({
      method: 'PUT',
      path: '/profile/totp',
      id: 'platform.confirmTotp',
      summary: 'Confirm the second factor with a code',
      permission: 'signed-in',
      fresh: true,
      data: 'secret',
      rate: 'sign-in',
      body: code,
      answer: 'nothing',
      handle: (ctx, { body }) => confirmTotp(ground, ctx, me(ctx), body.code),
    }),
    route({
      method: 'DELETE',
      path: '/profile/totp',
      id: 'platform.removeTotp',
      summary: 'Take the second factor away',
      permission: 'signed-in',
      fresh: true,
      data: 'secret',
      rate: 'sign-in',
      body: code,
      answer: 'nothing',
      handle: (ctx, { body }) => removeTotp(ground, ctx, me(ctx), body.code),
    }),
  ]
}

function me(ctx: Ctx): string {
  assert(ctx.personId, 'a signed-in person')
  return ctx.personId
}

async function loadProfile(dbs: Pick<Ground, 'gate'>, personId: string) {
  const row = await dbs.gate
    .selectFrom('people as p')
    .innerJoin('credentials as c', 'c.person_id', 'p.id')
    .where('p.id', '=', personId)
    .select(['p.id', 'p.login', 'p.name', 'p.email', 'p.locale', 'c.password_set_at', 'c.totp_confirmed_at'])
    .executeTakeFirstOrThrow()
  const { totp_confirmed_at, locale, ...rest } = row
  return {
    ...rest,
    locale: locale === 'en' ? ('en' as const) : ('zh-CN' as const),
    totp_on: totp_confirmed_at !== null,
  }
}
