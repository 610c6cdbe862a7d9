import { useState } from 'react'
import type { ReviewGroup } from '../../../shapes.ts'
import { keyOf } from '../use-made.ts'
import type { Candidate } from './candidate-card.tsx'
import { diffCharacters } from './diff-characters.ts'
import { detailOf, type PickedName } from './picked-name.ts'
import type { ScopeKey } from './scopes.ts'
import { useKnown } from './use-known.ts'
import { useScope } from './use-scope.ts'

/** `scope`: not chosen by the person when null. */
type Own = { key: string; marked: number; scope: ScopeKey | null; picked: Candidate | null }

/** What a person is choosing for the group in the middle, for whom, and the lines it settles. */
export function useGroup(group: ReviewGroup | undefined, month: string, distributorId: string) {
  const key = group ? keyOf(group) : ''
  const [kept, setKept] = useState<Own>({ key: '', marked: 0, scope: null, picked: null })
  const fresh: Own = { key, marked: 0, scope: distributorId ? `d:${distributorId}` : null, picked: null }
  const own = kept.key === key ? kept : fresh
  const change = (part: Partial<Own>) => setKept({ ...own, ...part })
  const scope = useScope(group, month, own.scope)

  const known = useKnown(group)
  const candidates: Candidate[] = [...(own.picked ? [own.picked] : []), ...(group?.candidates ?? [])]
  return {
    ...scope,
    candidates,
    known,
    marked: candidates[Math.min(own.marked, candidates.length - 1)],
    mark: (at: number) => change({ marked: at }),
    pick: (row: PickedName) => {
      const bare = { score: 0, reasons: [] }
      const picked = { ...bare, id: row.id, name: row.name, detail: detailOf(row), picked: true }
      change({ picked, marked: 0 })
    },
    compare: (name: string) => diffCharacters(group?.raw_text ?? '', name),
    /** The text is looked at anew: what was chosen for it is decided, or taken back. */
    forget: () => setKept({ ...fresh, key: '' }),
    setScope: (next: ScopeKey) => change({ scope: next }),
    turnScope: () => {
      const order = scope.choices.map((choice) => choice.key)
      change({ scope: order[(order.indexOf(scope.scope) + 1) % order.length] ?? '' })
    },
  }
}

export type GroupState = ReturnType<typeof useGroup>
