import type { ReactNode } from 'react'

export type FilterOption = { value: string; label: string }

export type Filter = {
  /** The query name; a range asks `<key>_from` and `<key>_to` unless it names its own `keys`. */
  key: string
  label: string
} & (
  | { kind: 'select' | 'multi'; options: readonly FilterOption[] }
  | { kind: 'text' }
  | { kind: 'date' | 'month' }
  | { kind: 'range'; keys?: readonly [from: string, to: string] }
  | { kind: 'own'; render: (value: string, set: (value: string) => void) => ReactNode }
)

export function filterKeys(filters: readonly Filter[]): string[] {
  return filters.flatMap((filter) => (filter.kind === 'range' ? rangeKeys(filter) : [filter.key]))
}

export function rangeKeys({
  key,
  keys,
}: {
  key: string
  keys?: readonly [string, string]
}): readonly [string, string] {
  return keys ?? [`${key}_from`, `${key}_to`]
}
