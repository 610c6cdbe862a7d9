import type { FastifyRequest } from 'fastify'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { asReader } from '../db.ts'
import type { Route } from '../http.ts'
import type { Ground } from './authenticate.ts'

/**
 * Who tried what the state of a thing does not allow stands in the audit trail; in a transaction of its own, since that
 * of the deed is gone. Throws on what was refused, or that it could not be written down.
 */
export async function recordRefusedMove(
  ground: Ground,
  route: Route,
  request: FastifyRequest,
  asker: Omit<Ctx, 'db'>,
  error: unknown,
): Promise<never> {
  if (!(error instanceof Refusal) || error.status !== 409 || route.method === 'GET') throw error
  const [subjectId] = Object.values((request.params ?? {}) as Record<string, string>)
  await asReader(ground.app, asker, (tx) =>
    recordAudit(
      { ...asker, db: tx },
      {
        deed: 'platform.refuse-move',
        subject: [route.id, subjectId ?? ''],
        new: { code: error.code, ...error.params },
      },
    ),
  )
  throw error
}
