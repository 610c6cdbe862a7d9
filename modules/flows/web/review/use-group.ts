import { useMemo, useState } from 'react'
import type { z } from 'zod'
import { useList, useRead } from '#ui/use-list.ts'
import type { impactAnswer, LineRow, ReviewGroup } from '../../shapes.ts'
import type { Candidate } from './candidate-card.tsx'
import { diffCharacters } from './diff-characters.ts'
import { detailOf, type PickedName } from './picked-name.ts'
import { keyOf } from './use-decisions.ts'

type Impact = z.output<typeof impactAnswer>
type Own = { key: string; marked: number; scope: string; picked: Candidate | null }

/** What a person is choosing for the group in the middle, the lines it settles and what it would change. */
export function useGroup(group: ReviewGroup | undefined, month: string, distributorId: string) {
  const key = group ? keyOf(group) : ''
  const [kept, setKept] = useState<Own>({ key: '', marked: 0, scope: '', picked: null })
  const own: Own = kept.key === key ? kept : { key, marked: 0, scope: distributorId, picked: null }
  const change = (part: Partial<Own>) => setKept({ ...own, ...part })

  const candidates: Candidate[] = [...(own.picked ? [own.picked] : []), ...(group?.candidates ?? [])]
  const marked = candidates[Math.min(own.marked, candidates.length - 1)]
  const text = { kind: group?.kind, normal_text: group?.normal_text }
  const lines = useList<LineRow>(group ? '/api/flow-reviews/lines' : null, undefined, {
    ...text,
    month,
    size: 50,
  })
  const impact = useRead<Impact>(group ? '/api/flow-reviews/impact' : null, undefined, {
    ...text,
    distributor_id: own.scope,
  })
  const rows = lines.data?.rows
  const distributors = useMemo(
    () => [...new Map(rows?.map((line) => [line.distributor_id, line.distributor_name ?? '']))],
    [rows],
  )
  const compare = (name: string) => diffCharacters(group?.raw_text ?? '', name)

  return {
    candidates,
    marked,
    mark: (at: number) => change({ marked: at }),
    pick: (row: PickedName) => {
      const picked = {
        id: row.id,
        name: row.name,
        detail: detailOf(row),
        score: 0,
        reasons: [],
        line_count: 0,
        picked: true,
      }
      change({ picked, marked: 0 })
    },
    compare,
    scope: own.scope,
    setScope: (scope: string) => change({ scope }),
    turnScope: () => {
      const order = ['', ...distributors.map(([id]) => id)]
      change({ scope: order[(order.indexOf(own.scope) + 1) % order.length] ?? '' })
    },
    distributors,
    impact: impact.data,
    lines: rows,
    lineTotal: lines.data?.total ?? 0,
    linesStale: lines.isPlaceholderData,
  }
}

export type GroupState = ReturnType<typeof useGroup>
