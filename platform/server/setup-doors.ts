import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type FirstRule, foundCompany, isSetupNeeded } from '../auth/found-company.ts'
import { type SetupInput, setupAnswer, setupInput } from '../auth/shapes.ts'
import { type Ground, refuseForeignOrigin } from './authenticate.ts'
import { refuseTooManyFrom } from './budgets.ts'

/** The way in to a system without a company, for who holds the link that the console showed. */
export function registerSetupDoors(app: FastifyInstance, ground: Ground, rules: readonly FirstRule[]): void {
  app.get('/api/setup', {
    schema: { operationId: 'auth.getSetup', tags: ['auth'], response: { 200: setupAnswer } },
    handler: async () => ({ needed: await isSetupNeeded(ground) }),
  })
  app.post('/api/setup', {
    schema: {
      operationId: 'auth.foundCompany',
      tags: ['auth'],
      body: setupInput,
      response: { 200: z.object({}) },
    },
    handler: async (request) => {
      refuseForeignOrigin(request)
      refuseTooManyFrom(request.ip, 'sign-in')
      const about = { now: new Date(), requestId: request.id }
      await foundCompany(ground, request.body as SetupInput, rules, about)
      return {}
    },
  })
}
