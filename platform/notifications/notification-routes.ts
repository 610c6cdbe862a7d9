import { sql } from 'kysely'
import { z } from 'zod'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '../ctx.ts'
import { type Route, route } from '../http.ts'
import { page } from '../lists.ts'
import { listOf, listQuery } from '../shapes.ts'
import { notificationRow } from './shapes.ts'

/** What the reader was told, and that they have read it. */
export function notificationRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/notifications',
      id: 'platform.listNotifications',
      summary: 'What I was told, newest first',
      permission: 'signed-in',
      rate: 'read',
      data: 'personal',
      query: listQuery.extend({ unread: z.stringbool().optional() }),
      answer: listOf(notificationRow),
      handle: (ctx, { query: list }) => {
        let query = own(ctx).select(['id', 'kind', 'params', 'href', 'created_at', 'read_at'])
        if (list.unread !== undefined) query = query.where('read_at', list.unread ? 'is' : 'is not', null)
        return page(ctx.db, query, list, { created_at: 'id' }, '-created_at')
      },
    }),
    route({
      method: 'GET',
      path: '/notifications/count',
      id: 'platform.countNotifications',
      summary: 'How many I have not read',
      permission: 'signed-in',
      rate: 'read',
      data: 'personal',
      answer: z.object({ unread: z.number().int() }),
      handle: (ctx) =>
        own(ctx)
          .where('read_at', 'is', null)
          .select(sql<number>`count(*)::int`.as('unread'))
          .executeTakeFirstOrThrow(),
    }),
    route({
      method: 'PUT',
      path: '/notifications/:id/read',
      id: 'platform.readNotification',
      summary: 'I have read this one',
      permission: 'signed-in',
      rate: 'write',
      data: 'personal',
      params: z.strictObject({ id: z.uuid() }),
      answer: 'nothing',
      handle: async (ctx, { params }) => {
        found(await own(ctx).where('id', '=', params.id).select('id').executeTakeFirst(), 'notification')
        await markRead(ctx, params.id)
      },
    }),
    route({
      method: 'PUT',
      path: '/notifications/read-all',
      id: 'platform.readAllNotifications',
      summary: 'I have read all of them',
      permission: 'signed-in',
      rate: 'write',
      data: 'personal',
      answer: 'nothing',
      handle: (ctx) => markRead(ctx),
    }),
  ]
}

function own(ctx: Ctx) {
  return ctx.db
    .selectFrom('notifications')
    .where('company_id', '=', ctx.companyId)
    .where('person_id', '=', ctx.personId)
}

async function markRead(ctx: Ctx, id?: string): Promise<void> {
  let query = ctx.db
    .updateTable('notifications')
    .set({ read_at: ctx.now })
    .where('company_id', '=', ctx.companyId)
    .where('person_id', '=', ctx.personId)
    .where('read_at', 'is', null)
  if (id) query = query.where('id', '=', id)
  await query.execute()
}
