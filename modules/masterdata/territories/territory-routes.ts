import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { page } from '#platform/lists.ts'
import { listOf } from '#platform/shapes.ts'
import { exportList } from '../export-list.ts'
import { kindRoutes, retirementRoutes } from '../kind-routes.ts'
import { exportQuery } from '../list-filters.ts'
import { created, idParams, postHolderEnd } from '../route-shapes.ts'
import {
  postChange,
  postHolderInput,
  postHolderRow,
  postInput,
  postRow,
  territoryChange,
  territoryInput,
  territoryInstitutionChange,
  territoryInstitutionInput,
  territoryInstitutionRow,
  territoryRow,
} from '../shapes.ts'
import { changePost, createPost, refuseSeatedPost } from './keep-post.ts'
import { changeTerritory, createTerritory, refuseTerritoryInUse } from './keep-territory.ts'
import { changeOwnership, ownInstitution } from './own-institution.ts'
import { seatPerson } from './seat-person.ts'
import {
  holderList,
  holderSorts,
  postList,
  postSorts,
  relationList,
  relationSorts,
  selectHolders,
  selectPosts,
  selectRelations,
  selectTerritories,
  territoryList,
  territorySorts,
} from './territory-queries.ts'
import { postHolderSheet, postSheet, territoryInstitutionSheet, territorySheet } from './territory-sheets.ts'
import { unseatPerson } from './unseat-person.ts'

const read = { permission: 'masterdata.read' } as const
const write = { permission: 'masterdata.write' } as const

export const territoryRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/territories/tree',
    id: 'masterdata.readTerritoryTree',
    summary: 'All territories at once, to be shown as a tree',
    ...read,
    rate: 'read',
    data: 'internal',
    answer: z.object({ rows: z.array(territoryRow) }),
    handle: async (ctx) => ({ rows: await selectTerritories(ctx, {}).orderBy('t.code').execute() }),
  }),
  ...kindRoutes({
    path: '/territories',
    one: 'Territory',
    many: 'Territories',
    sheet: territorySheet,
    list: territoryList,
    input: territoryInput,
    change: territoryChange,
    row: territoryRow,
    sorts: territorySorts,
    fallback: 'code',
    idColumn: 't.id',
    select: selectTerritories,
    create: createTerritory,
    edit: changeTerritory,
  }),
  ...retirementRoutes(territorySheet, '/territories', 'Territory', refuseTerritoryInUse),
  ...kindRoutes({
    path: '/posts',
    one: 'Post',
    many: 'Posts',
    sheet: postSheet,
    list: postList,
    input: postInput,
    change: postChange,
    row: postRow,
    sorts: postSorts,
    fallback: 'code',
    idColumn: 'p.id',
    select: selectPosts,
    create: createPost,
    edit: changePost,
  }),
  ...retirementRoutes(postSheet, '/posts', 'Post', refuseSeatedPost),
  route({
    method: 'GET',
    path: '/post-holders',
    id: 'masterdata.listPostHolders',
    summary: 'Who sat on which post, and when',
    ...read,
    rate: 'read',
    data: 'internal',
    query: holderList,
    answer: listOf(postHolderRow),
    handle: (ctx, { query }) =>
      page(ctx.db, selectHolders(ctx, query), query, holderSorts, '-valid_from', 'h.id'),
  }),
  route({
    method: 'GET',
    path: '/post-holders/export',
    id: 'masterdata.exportPostHolders',
    summary: 'Who sat on which post, as a workbook or CSV',
    ...read,
    data: 'internal',
    rate: 'costly',
    writes: true,
    query: exportQuery(holderList),
    answer: 'download',
    handle: (ctx, { query }) =>
      exportList(
        ctx,
        postHolderSheet,
        selectHolders(ctx, query).orderBy('p.code').orderBy('h.valid_from'),
        query,
      ),
  }),
  route({
    method: 'POST',
    path: '/posts/:id/holders',
    id: 'masterdata.seatPerson',
    summary: 'Put a person on a post from a day on',
    ...write,
    rate: 'write',
    data: 'internal',
    params: idParams,
    body: postHolderInput,
    answer: created,
    status: 201,
    handle: (ctx, { params, body }) => seatPerson(ctx, params.id, body),
  }),
  route({
    method: 'PUT',
    path: '/post-holders/:id/end',
    id: 'masterdata.unseatPerson',
    summary: 'Say until which day a person sits on a post',
    ...write,
    rate: 'write',
    data: 'internal',
    params: idParams,
    body: postHolderEnd,
    answer: 'nothing',
    handle: (ctx, { params, body }) => unseatPerson(ctx, params.id, body),
  }),
  ...kindRoutes({
    path: '/territory-institutions',
    one: 'Ownership',
    many: 'Ownerships',
    sheet: territoryInstitutionSheet,
    list: relationList,
    input: territoryInstitutionInput,
    change: territoryInstitutionChange,
    row: territoryInstitutionRow,
    sorts: relationSorts,
    fallback: 'institution_name',
    idColumn: 'r.id',
    select: selectRelations,
    create: ownInstitution,
    edit: changeOwnership,
  }),
]
