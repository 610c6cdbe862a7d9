import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { kindRoutes, retirementRoutes } from '../kind-routes.ts'
import { idParams, institutionFacets, resolved, stateChange } from '../route-shapes.ts'
import {
  institutionChange,
  institutionDetail,
  institutionInput,
  institutionMerger,
  institutionRow,
} from '../shapes.ts'
import { changeInstitution } from './change-institution.ts'
import { createInstitution } from './create-institution.ts'
import { findInstitution } from './find-institution.ts'
import {
  institutionList,
  institutionSorts,
  selectInstitutions,
  selectInstitutionsForExport,
} from './institution-queries.ts'
import { institutionSheet } from './institution-sheet.ts'
import { mergeInstitutions } from './merge-institutions.ts'
import { readFacets } from './read-facets.ts'
import { resolveInstitution } from './resolve-institution.ts'
import { unmergeInstitution } from './unmerge-institution.ts'

const read = { permission: 'masterdata.read' } as const
const write = { permission: 'masterdata.write' } as const

export const institutionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/institutions/facets',
    id: 'masterdata.readInstitutionFacets',
    summary: 'Number of institutions by province, kind and state',
    ...read,
    rate: 'read',
    data: 'internal',
    query: z.strictObject({ q: z.string().max(100).optional() }),
    answer: institutionFacets,
    handle: (ctx, { query }) => readFacets(ctx, query),
  }),
  ...kindRoutes({
    path: '/institutions',
    one: 'Institution',
    many: 'Institutions',
    sheet: institutionSheet,
    list: institutionList,
    input: institutionInput,
    change: institutionChange,
    row: institutionRow,
    sorts: institutionSorts,
    fallback: 'name',
    idColumn: 'i.id',
    select: selectInstitutions,
    selectForExport: selectInstitutionsForExport,
    everything: { state: ['active', 'retired', 'merged'] },
    create: createInstitution,
    edit: changeInstitution,
  }),
  ...retirementRoutes(institutionSheet, '/institutions', 'Institution'),
  route({
    method: 'GET',
    path: '/institutions/:id/whole',
    id: 'masterdata.findWholeInstitution',
    summary: 'One institution with its campuses and merged rows',
    ...read,
    rate: 'read',
    data: 'internal',
    params: idParams,
    answer: institutionDetail,
    handle: (ctx, { params }) => findInstitution(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/institutions/:id/resolution',
    id: 'masterdata.resolveInstitution',
    summary: 'The institution an id means today, through merges',
    ...read,
    rate: 'read',
    data: 'internal',
    params: idParams,
    answer: resolved,
    handle: (ctx, { params }) => resolveInstitution(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/institutions/:id/merger',
    id: 'masterdata.mergeInstitutions',
    summary: 'Make this row a name of another institution',
    ...write,
    rate: 'write',
    data: 'internal',
    params: idParams,
    body: institutionMerger,
    answer: 'nothing',
    handle: (ctx, { params, body }) => mergeInstitutions(ctx, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/institutions/:id/merger',
    id: 'masterdata.unmergeInstitution',
    summary: 'Take a merge back',
    ...write,
    rate: 'write',
    data: 'internal',
    params: idParams,
    body: stateChange,
    answer: 'nothing',
    handle: (ctx, { params, body }) => unmergeInstitution(ctx, params.id, body),
  }),
]
