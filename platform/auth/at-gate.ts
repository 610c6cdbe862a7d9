import type { Ctx } from '../ctx.ts'
import { asReader } from '../db.ts'
import type { Ground } from '../server/authenticate.ts'

/**
 * Work on people and their ways in, which the app role cannot touch: a transaction of the gate role that knows who
 * asks, so that the change and its audit row are one. Committed before the request's own transaction.
 */
export function atGate<T>(ground: Ground, ctx: Ctx, work: (gate: Ctx) => Promise<T>): Promise<T> {
  return asReader(ground.gate, ctx, (tx) => work({ ...ctx, db: tx }))
}
