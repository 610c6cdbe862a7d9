import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import { type Route, route } from '#platform/http.ts'
import { page } from '#platform/lists.ts'
import { listOf, listQuery } from '#platform/shapes.ts'
import { exportList } from '../export-list.ts'
import { exportQuery } from '../list-filters.ts'
import { readHistory } from '../read-history.ts'
import { created, history, idParams, listName } from '../route-shapes.ts'
import { folded } from '../search-text.ts'
import { codeValueChange, codeValueInput, codeValueRow, knownCodeLists } from '../shapes.ts'
import { codeListSheet } from './code-list-sheet.ts'
import { changeCodeValue, createCodeValue } from './keep-code-value.ts'

const read = { permission: 'masterdata.read' } as const
const write = { permission: 'masterdata.write' } as const
const listParams = z.strictObject({ list: listName })
const valueList = listQuery.extend({ active: z.enum(['true', 'false']).optional() })
const sorts = { sort_no: 'c.sort_no', code: 'c.code', label_zh: 'c.label_zh', label_en: 'c.label_en' }

function selectValues(ctx: Ctx, list: string, filter: { q?: string; active?: string }) {
  let query = ctx.db
    .selectFrom('code_values as c')
    .where('c.company_id', '=', ctx.companyId)
    .where('c.list', '=', list)
  if (filter.active) query = query.where('c.active', '=', filter.active === 'true')
  const q = folded(filter.q ?? '')
  if (q !== '')
    query = query.where(
      sql<boolean>`position(${q} in lower(c.code || ' ' || c.label_zh || ' ' || c.label_en)) > 0`,
    )
  return query.select([
    'c.id',
    'c.list',
    'c.code',
    'c.label_zh',
    'c.label_en',
    'c.sort_no',
    'c.active',
    'c.version',
  ])
}

/** The lists there are: those the product reads, and those the company added. */
async function countLists(ctx: Ctx): Promise<{ rows: { list: string; count: number }[] }> {
  const { rows } = await sql<{ list: string; count: number }>`
    select list, count(*)::int as count from code_values where company_id = ${ctx.companyId} group by list`.execute(
    ctx.db,
  )
  const missing = knownCodeLists.filter((list) => !rows.some((row) => row.list === list))
  return { rows: [...rows, ...missing.map((list) => ({ list, count: 0 }))] }
}

export const codeListRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/code-lists',
    id: 'masterdata.countCodeLists',
    summary: 'The code lists and how many values each has',
    ...read,
    rate: 'read',
    data: 'internal',
    answer: z.object({ rows: z.array(z.object({ list: z.string(), count: z.number() })) }),
    handle: (ctx) => countLists(ctx),
  }),
  route({
    method: 'GET',
    path: '/code-lists/:list',
    id: 'masterdata.listCodeValues',
    summary: 'Values of a code list',
    ...read,
    rate: 'read',
    data: 'internal',
    params: listParams,
    query: valueList,
    answer: listOf(codeValueRow),
    handle: (ctx, { params, query }) =>
      page(ctx.db, selectValues(ctx, params.list, query), query, sorts, 'sort_no', 'c.code'),
  }),
  route({
    method: 'GET',
    path: '/code-lists/:list/export',
    id: 'masterdata.exportCodeValues',
    summary: 'Values of a code list as a workbook or CSV',
    ...read,
    data: 'internal',
    rate: 'costly',
    writes: true,
    params: listParams,
    query: exportQuery(valueList),
    answer: 'download',
    handle: (ctx, { params, query }) =>
      exportList(
        ctx,
        codeListSheet,
        selectValues(ctx, params.list, query).orderBy('c.sort_no').orderBy('c.code'),
        query,
      ),
  }),
  route({
    method: 'POST',
    path: '/code-lists/:list',
    id: 'masterdata.createCodeValue',
    summary: 'Add a value to a code list',
    ...write,
    rate: 'write',
    data: 'internal',
    params: listParams,
    body: codeValueInput,
    answer: created,
    status: 201,
    handle: (ctx, { params, body }) => createCodeValue(ctx, params.list, body),
  }),
  route({
    method: 'PUT',
    path: '/code-values/:id',
    id: 'masterdata.changeCodeValue',
    summary: 'Change a value of a code list, or switch it off',
    ...write,
    rate: 'write',
    data: 'internal',
    params: idParams,
    body: codeValueChange,
    answer: 'nothing',
    handle: (ctx, { params, body }) => changeCodeValue(ctx, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/code-values/:id/history',
    id: 'masterdata.readCodeValueHistory',
    summary: 'Who did what to a value of a code list',
    ...read,
    rate: 'read',
    data: 'internal',
    params: idParams,
    answer: history,
    handle: (ctx, { params }) => readHistory(ctx, 'code-lists', params.id),
  }),
]
