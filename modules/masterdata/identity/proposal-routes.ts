import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { idParams } from '../route-shapes.ts'
import { listProposals } from './proposal-queries.ts'
import { type IdentityKind, identityFields, proposalRow } from './shapes.ts'

const names: Record<IdentityKind, string> = {
  institutions: 'Institution',
  products: 'Product',
  distributors: 'Distributor',
}

export const proposalRoutes: readonly Route[] = (Object.keys(identityFields) as IdentityKind[]).map((kind) =>
  route({
    method: 'GET',
    path: `/${kind}/:id/proposals`,
    id: `masterdata.list${names[kind]}Proposals`,
    summary: 'Changes of identity that wait for approval, and what became of earlier ones',
    permission: 'masterdata.read',
    rate: 'read',
    data: 'internal',
    params: idParams,
    answer: z.object({ rows: z.array(proposalRow) }),
    handle: (ctx, { params }) => listProposals(ctx, kind, params.id),
  }),
)
