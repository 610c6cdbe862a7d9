import { type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { found } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { type Route, route } from '#platform/http.ts'
import { page } from '#platform/lists.ts'
import { listOf, type listQuery } from '#platform/shapes.ts'
import { exportList } from './export-list.ts'
import { changed } from './identity/shapes.ts'
import type { MasterSheet } from './imports/sheet.ts'
import { exportQuery, orderOf } from './list-filters.ts'
import { readHistory } from './read-history.ts'
import { created, history, idParams, stateChange } from './route-shapes.ts'
import { setState } from './set-state.ts'

/** Which tables a query is over does not matter to its door. */
type AnyQuery<Row> = SelectQueryBuilder<never, never, Row>

export interface Kind<
  L extends typeof listQuery,
  I extends z.ZodType,
  C extends z.ZodType,
  R extends z.ZodType,
> {
  path: string
  /** As route ids say it: 'Product', 'Products'. */
  one: string
  many: string
  sheet: MasterSheet
  list: L
  input: I
  change: C
  row: R
  sorts: Record<string, string>
  fallback: string
  idColumn: string
  select(ctx: Ctx, filter: z.output<L>): AnyQuery<z.input<R>>
  /** The rows of a file; those of the list unless told. */
  selectForExport?(ctx: Ctx, filter: z.output<L>): AnyQuery<unknown>
  /** A filter that leaves nothing out, for finding one row by its id. */
  everything?: Partial<z.output<L>>
  create(ctx: Ctx, input: z.output<I>): Promise<{ id: string }>
  /** Where a change of identity waits, the approval it waits for. */
  edit(ctx: Ctx, id: string, input: z.output<C>): Promise<{ approval_id: string | null } | undefined>
}

const read = { permission: 'masterdata.read', data: 'internal' } as const
const write = { permission: 'masterdata.write', data: 'internal' } as const

/** The doors that every kind of master data has alike: list, export, create, one row, change, history. */
export function kindRoutes<
  L extends typeof listQuery,
  I extends z.ZodType,
  C extends z.ZodType,
  R extends z.ZodType,
>(kind: Kind<L, I, C, R>): Route[] {
  return [...readingRoutes(kind), ...writingRoutes(kind), historyRoute(kind)]
}

function readingRoutes<
  L extends typeof listQuery,
  I extends z.ZodType,
  C extends z.ZodType,
  R extends z.ZodType,
>(kind: Kind<L, I, C, R>): Route[] {
  const { path, one, many, sheet } = kind
  return [
    route({
      method: 'GET',
      path,
      id: `masterdata.list${many}`,
      summary: `${sheet.en}, filtered and sorted`,
      ...read,
      rate: 'read',
      query: kind.list,
      answer: listOf(kind.row),
      handle: async (ctx, { query }) =>
        (await page(
          ctx.db,
          kind.select(ctx, query as z.output<L>),
          query as { page: number; size: number; sort?: string },
          kind.sorts,
          kind.fallback,
          kind.idColumn,
        )) as never,
    }),
    route({
      method: 'GET',
      path: `${path}/export`,
      id: `masterdata.export${many}`,
      summary: `${sheet.en}, filtered, as a workbook or CSV`,
      ...read,
      rate: 'costly',
      writes: true,
      query: exportQuery(kind.list),
      answer: 'download',
      handle: (ctx, { query }) => {
        const filter = query as unknown as z.output<L>
        const rows = (kind.selectForExport ?? kind.select)(ctx, filter)
        return exportList(
          ctx,
          sheet,
          rows.orderBy(orderOf(query.sort as string | undefined, kind.sorts, kind.fallback)),
          query as { format: 'xlsx' | 'csv' },
        )
      },
    }),
    route({
      method: 'GET',
      path: `${path}/:id`,
      id: `masterdata.find${one}`,
      summary: `One of ${sheet.en.toLowerCase()}`,
      ...read,
      rate: 'read',
      params: idParams,
      answer: kind.row,
      handle: async (ctx, { params }) => {
        const all = (kind.everything ?? {}) as z.output<L>
        const row = await kind
          .select(ctx, all)
          .where(sql<boolean>`${sql.ref(kind.idColumn)} = ${params.id}`)
          .executeTakeFirst()
        return found(row, one) as never
      },
    }),
  ]
}

function historyRoute({ path, one, sheet }: { path: string; one: string; sheet: MasterSheet }): Route {
  return route({
    method: 'GET',
    path: `${path}/:id/history`,
    id: `masterdata.read${one}History`,
    summary: `Who did what to one of ${sheet.en.toLowerCase()}`,
    ...read,
    rate: 'read',
    params: idParams,
    answer: history,
    handle: (ctx, { params }) => readHistory(ctx, sheet.kind, params.id),
  })
}

function writingRoutes<
  L extends typeof listQuery,
  I extends z.ZodType,
  C extends z.ZodType,
  R extends z.ZodType,
>(kind: Kind<L, I, C, R>): Route[] {
  const { path, one, sheet } = kind
  return [
    route({
      method: 'POST',
      path,
      id: `masterdata.create${one}`,
      summary: `Create one of ${sheet.en.toLowerCase()}`,
      ...write,
      rate: 'write',
      body: kind.input,
      answer: created,
      status: 201,
      handle: (ctx, { body }) => kind.create(ctx, body as z.output<I>),
    }),
    route({
      method: 'PUT',
      path: `${path}/:id`,
      id: `masterdata.change${one}`,
      summary: `Change one of ${sheet.en.toLowerCase()}`,
      ...write,
      rate: 'write',
      params: idParams,
      body: kind.change,
      answer: changed,
      handle: async (ctx, { params, body }) =>
        (await kind.edit(ctx, params.id, body as z.output<C>)) ?? { approval_id: null },
    }),
  ]
}

/** POST and DELETE …/:id/retirement, for kinds with the states active and retired. */
export function retirementRoutes(
  sheet: MasterSheet,
  path: string,
  one: string,
  refuse?: (ctx: Ctx, id: string) => Promise<void>,
): Route[] {
  const door = { path: `${path}/:id/retirement`, ...write, params: idParams, body: stateChange } as const
  return [
    route({
      method: 'POST',
      ...door,
      rate: 'write',
      id: `masterdata.retire${one}`,
      summary: `Take one of ${sheet.en.toLowerCase()} out of use`,
      answer: 'nothing',
      handle: async (ctx, { params, body }) => {
        await refuse?.(ctx, params.id)
        return setState(ctx, sheet.kind, params.id, body, {
          state: 'retired',
          from: ['active'],
          deed: 'retire',
        })
      },
    }),
    route({
      method: 'DELETE',
      ...door,
      rate: 'write',
      id: `masterdata.restore${one}`,
      summary: `Take one of ${sheet.en.toLowerCase()} back into use`,
      answer: 'nothing',
      handle: (ctx, { params, body }) =>
        setState(ctx, sheet.kind, params.id, body, { state: 'active', from: ['retired'], deed: 'restore' }),
    }),
  ]
}
