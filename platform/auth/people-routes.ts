import { z } from 'zod'
import { type Route, route } from '../http.ts'
import type { Ground } from '../server/authenticate.ts'
import { listOf, listQuery } from '../shapes.ts'
import { addPerson } from './add-person.ts'
import { changePerson } from './change-person.ts'
import { listPeople, loadPerson } from './people-queries.ts'
import { resetPassword } from './reset-password.ts'
import type { RolePermissions } from './sessions.ts'
import { oneTimePassword, personAdded, personChange, personInput, personRow } from './shapes.ts'

const byId = z.strictObject({ id: z.uuid() })
const permission = 'platform.manage-people'

/** The people of the company and what each role may do. */
export function peopleRoutes(ground: Ground): Route[] {
  return [
    route({
      method: 'GET',
      path: '/people',
      id: 'platform.listPeople',
      summary: 'The people of the company',
      permission,
      subject: 'personal',
      query: listQuery.extend({ role: z.string().max(60).optional(), disabled: z.stringbool().optional() }),
      answer: listOf(personRow),
      handle: (ctx, { query }) => listPeople(ctx, query),
    }),
    route({
      method: 'POST',
      path: '/people',
      id: 'platform.addPerson',
      summary: 'Give a person a place in the company',
      permission,
      subject: 'secret',
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
      subject: 'personal',
      params: byId,
      body: personChange,
      answer: personRow,
      handle: async (ctx, { params, body }) => {
        await changePerson(ground, ctx, params.id, body)
        return loadPerson(ctx, params.id)
      },
    }),
    route({
      method: 'PUT',
      path: '/people/:id/password',
      id: 'platform.resetPassword',
      summary: 'Give a person a password for the next sign-in',
      permission,
      subject: 'secret',
      params: byId,
      answer: oneTimePassword,
      handle: async (ctx, { params }) => ({
        one_time_password: await resetPassword(ground, ctx, params.id),
      }),
    }),
    rolesRoute(ground.rolePermissions),
  ]
}

function rolesRoute(of: RolePermissions): Route {
  return route({
    method: 'GET',
    path: '/roles',
    id: 'platform.listRoles',
    summary: 'What each role may do',
    permission,
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
