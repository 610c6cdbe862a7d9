import type { Impact } from '../../../shapes.ts'

/** For whom a decision holds: '' for all, `p:浙江省` for the distributors of a province, `d:<id>` for one. */
export type ScopeKey = string

export type ScopeChoice = {
  key: ScopeKey
  kind: 'all' | 'province' | 'distributor'
  name: string
  line_count: number
  amount_fen: number
  /** Spellings in it that a person confirmed earlier, and that the decision would change. */
  confirmed_count: number
  waits: boolean
  /** What the text means here by now, when it does not wait. */
  target_name: string | null
}

/** What a request says for a scope. */
export function bodyOf(key: ScopeKey): { distributor_id?: string; province?: string } {
  if (key.startsWith('d:')) return { distributor_id: key.slice(2) }
  return key.startsWith('p:') ? { province: key.slice(2) } : {}
}

/**
 * The scopes that a text may be decided for, each with what it settles: all, then the provinces (if there are several),
 * then the distributors; where it waits comes first, so that one key reaches it.
 */
export function scopesOf(parts: Impact['parts']): ScopeChoice[] {
  const choice = (
    kind: ScopeChoice['kind'],
    key: string,
    name: string,
    of: Impact['parts'],
  ): ScopeChoice => ({
    key,
    kind,
    name,
    line_count: of.reduce((sum, part) => sum + part.line_count, 0),
    amount_fen: of.reduce((sum, part) => sum + part.amount_fen, 0),
    confirmed_count: of.filter(({ state }) => state === 'confirmed').length,
    waits: of.some(({ state }) => state === 'waiting'),
    target_name: of.length === 1 ? (of[0]?.target_name ?? null) : null,
  })
  const names = [...new Set(parts.map(({ province }) => province))]
  const provinces = names.flatMap((name) =>
    name && names.length > 1
      ? [
          choice(
            'province',
            `p:${name}`,
            name,
            parts.filter(({ province }) => province === name),
          ),
        ]
      : [],
  )
  const distributors = parts.map((part) =>
    choice('distributor', `d:${part.distributor_id}`, part.distributor_name, [part]),
  )
  const some = [...provinces, ...distributors]
  return [
    choice('all', '', '', parts),
    ...some.filter(({ waits }) => waits),
    ...some.filter(({ waits }) => !waits),
  ]
}
