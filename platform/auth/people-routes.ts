import { z } from 'zod'
import { found } from '#kit/refusal.ts'
import { type Route, route } from '../http.ts'
import type { Ground } from '../server/authenticate.ts'
import { listOf, listQuery } from '../shapes.ts'
import { addPerson } from './add-person.ts'
import { changePerson } from './change-person.ts'
import { listPeople, loadPerson } from './people-queries.ts'
import { resetPassword } from './reset-password.ts'
import { resetTotp } from './reset-totp.ts'
import type { RolePermissions } from './sessions.ts'
import { oneTimePassword, personAdded, personChange, personInput, personRow } from './shapes.ts'

const byId = z.strictObject({ id: z.uuid() })
const permission = 'platform.manage-people'
const reads = 'platform.read-people'

/** The people of the company and what each role may do. */
export function peopleRoutes(ground: Ground): Route[] {
  return [
    route({
      method: 'GET',
      path: '/people',
      id: 'platform.listPeople',
      summary: 'The people of the company',
      permission: reads,
      rate: 'read',
      data: 'personal',
      query: listQuery.extend({ role: z.string().max(60).optional(), disabled: z.stringbool().optional() }),
      answer: listOf(personRow),
      handle: async (ctx, { query }) => {
        const { rows, ...rest } = await listPeople(ctx, query)
        return { ...rest, rows: await withTotp(ground, rows) }
      },
    }),
    route({
      method: 'POST',
      path: '/people',
      id: 'platform.addPerson',
      summary: 'Give a person a place in the company',
      permission,
      rate: 'write',
      fresh: true,
      data: 'secret',
      body: personInput,
      answer: personAdded,
      status: 201,
      handle: (ctx, { body }) => addPerson(ground, ctx, body),
    }),
    route({
      method: 'PATCH',
      path: '/people/:id',
      id: 'platform.changePerson',
      summary: 'Change a person, their roles or scope, or shut them out',
      permission,
      rate: 'write',
      fresh: true,
      data: 'personal',
      params: byId,
      body: personChange,
      answer: personRow,
      handle: async (ctx, { params, body }) => {
        await changePerson(ground, ctx, params.id, body)
        const [row] = await withTotp(ground, [await loadPerson(ctx, params.id)])
        return found(row, 'person')
      },
    }),
    ...waysInRoutes(ground),
    rolesRoute(ground.rolePermissions),
  ]
}

/** Ways in are known at the gate alone; these people have been seen with the reader's eyes. */
async function withTotp<R extends { person_id: string }>(ground: Ground, rows: R[]) {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.person_id)
  const on = await ground.gate
    .selectFrom('credentials')
    .where('person_id', 'in', ids)
    .where('totp_confirmed_at', 'is not', null)
    .select('person_id')
    .execute()
  const having = new Set(on.map((row) => row.person_id))
  return rows.map((row) => ({ ...row, totp_on: having.has(row.person_id) }))
}

/** For who has forgotten their password or lost their phone. */
function waysInRoutes(ground: Ground): Route[] {
  return [
    route({
      method: 'PUT',
      path: '/people/:id/password',
      id: 'platform.resetPassword',
      summary: 'Give a person a password for the next sign-in',
      permission: 'platform.manage-access',
      rate: 'write',
      fresh: true,
      data: 'secret',
      params: byId,
      answer: oneTimePassword,
      handle: async (ctx, { params }) => ({
        one_time_password: await resetPassword(ground, ctx, params.id),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/people/:id/totp',
      id: 'platform.resetTotp',
      summary: 'Take the second factor of a person away',
      permission: 'platform.manage-access',
      rate: 'write',
      fresh: true,
      data: 'secret',
      params: byId,
      answer: 'nothing',
      handle: (ctx, { params }) => resetTotp(ground, ctx, params.id),
    }),
  ]
}

function rolesRoute(of: RolePermissions): Route {
  return route({
    method: 'GET',
    path: '/roles',
    id: 'platform.listRoles',
    summary: 'What each role may do',
    permission: reads,
    rate: 'read',
    data: 'internal',
    answer: z.object({
      rows: z.array(z.object({ role: z.string(), permissions: z.array(z.string()) })),
    }),
    handle: async () => ({
      rows: Object.entries(of).map(([role, permissions]) => ({
        role,
        permissions: [...permissions],
      })),
    }),
  })
}
