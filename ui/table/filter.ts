import type { ReactNode } from 'react'

export type FilterOption = { value: string; label: string }

export type Filter = {
  /** The query name; a range uses `<key>_from` and `<key>_to`. */
  key: string
  label: string
} & (
  | { kind: 'select' | 'multi'; options: readonly FilterOption[] }
  | { kind: 'text' }
  | { kind: 'date' | 'month' | 'range' }
  | { kind: 'own'; render: (value: string, set: (value: string) => void) => ReactNode }
)

export function filterKeys(filters: readonly Filter[]): string[] {
  return filters.flatMap(({ kind, key }) => (kind === 'range' ? [`${key}_from`, `${key}_to`] : [key]))
}
