import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { kindRoutes } from '../kind-routes.ts'
import { distributorStanding, idParams } from '../route-shapes.ts'
import { setState } from '../set-state.ts'
import {
  distributorChange,
  distributorContact,
  distributorInput,
  distributorRow,
  distributorStates,
} from '../shapes.ts'
import { changeDistributor } from './change-distributor.ts'
import { createDistributor } from './create-distributor.ts'
import { distributorList, distributorSorts, selectDistributors } from './distributor-queries.ts'
import { distributorSheet } from './distributor-sheet.ts'
import { distributorMoves } from './distributor-states.ts'
import { revealContact } from './reveal-contact.ts'

export const distributorRoutes: readonly Route[] = [
  ...kindRoutes({
    path: '/distributors',
    one: 'Distributor',
    many: 'Distributors',
    sheet: distributorSheet,
    list: distributorList,
    input: distributorInput,
    change: distributorChange,
    row: distributorRow,
    sorts: distributorSorts,
    fallback: 'name',
    idColumn: 'd.id',
    select: selectDistributors,
    create: createDistributor,
    edit: changeDistributor,
  }),
  route({
    method: 'PUT',
    path: '/distributors/:id/standing',
    id: 'masterdata.setDistributorStanding',
    summary: 'Suspend a distributor, let it exit, or take it back',
    permission: 'masterdata.write',
    rate: 'write',
    data: 'internal',
    params: idParams,
    body: distributorStanding,
    answer: 'nothing',
    handle: (ctx, { params, body }) =>
      setState(ctx, 'distributors', params.id, body, {
        state: body.state,
        from: distributorStates.filter((state) => distributorMoves[state].includes(body.state)),
        deed: body.state === 'active' ? 'restore' : 'retire',
      }),
  }),
  route({
    method: 'POST',
    path: '/distributors/:id/contact',
    id: 'masterdata.revealContact',
    summary: 'Whom to call at a distributor, in full, for a reason that is written down',
    permission: 'masterdata.read-personal',
    rate: 'write',
    data: 'personal',
    params: idParams,
    body: z.strictObject({ reason: z.string().trim().min(2).max(300) }),
    answer: distributorContact,
    handle: (ctx, { params, body }) => revealContact(ctx, params.id, body.reason),
  }),
]
