import type { ReviewGroup } from '../../shapes.ts'

/** From here on a candidate is likely enough that texts which share it are taken for spellings of one name. */
const LIKELY = 0.3

const bestOf = (group: ReviewGroup) => {
  const [best] = group.candidates
  return best && best.score >= LIKELY ? best.id : undefined
}

/** Puts groups with the same likely candidate behind the first of them; the order is otherwise kept. */
export function togetherByCandidate(groups: readonly ReviewGroup[]): ReviewGroup[] {
  const families = new Map<string, ReviewGroup[]>()
  for (const group of groups) {
    const name = bestOf(group) ?? `alone ${group.normal_text}`
    families.set(name, [...(families.get(name) ?? []), group])
  }
  return [...families.values()].flat()
}

/** The other groups that are likely to mean the same target. */
export function alikeTo(
  group: ReviewGroup,
  groups: readonly ReviewGroup[],
  targetId: string | undefined,
): ReviewGroup[] {
  if (!targetId || bestOf(group) !== targetId) return []
  return groups.filter((one) => one !== group && bestOf(one) === targetId)
}
