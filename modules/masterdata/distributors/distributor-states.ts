import type { DistributorState } from '../shapes.ts'

/** From this state, to these. An exited distributor comes back as active; its history stays. */
export const distributorMoves: Readonly<Record<DistributorState, readonly DistributorState[]>> = {
  active: ['suspended', 'exited'],
  suspended: ['active', 'exited'],
  exited: ['active'],
}
