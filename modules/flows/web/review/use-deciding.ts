import type { ReviewGroup } from '../../shapes.ts'
import { alikeTo } from './alike-groups.ts'
import type { GroupState } from './choose/use-group.ts'
import { useAlike } from './use-alike.ts'
import type { Target, useDecisions } from './use-decisions.ts'
import { useSure } from './use-sure.ts'

type Bench = {
  groups: readonly ReviewGroup[]
  here: number
  group: GroupState
  decisions: ReturnType<typeof useDecisions>
  moveTo: (next: ReviewGroup | undefined) => void
}

/** Settles the group in the middle, alone or with those alike to it, and goes on to the next. */
export function useDeciding({ groups, here, group, decisions, moveTo }: Bench) {
  const { sure, asking } = useSure()
  const { sureOfAll, askingAlike } = useAlike()
  const current = groups[here]
  const alike = current ? alikeTo(current, groups, group.marked?.id) : []
  return {
    alike,
    asking: asking || askingAlike,
    decide: async (target: Target | null) => {
      if (!current || !group.ready || !(await sure(group, current))) return
      decisions.decide(current, target, group.scope)
      group.forget()
      moveTo(groups[here + 1] ?? groups[here - 1])
    },
    decideAlike: async () => {
      const { marked } = group
      if (!current || !marked || !group.ready) return
      const chosen = await sureOfAll([current, ...alike], marked.name)
      if (chosen.length === 0) return
      decisions.decideAll(chosen, marked)
      moveTo(groups.find((one) => !chosen.includes(one)))
    },
  }
}
