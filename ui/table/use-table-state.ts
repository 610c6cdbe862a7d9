import type { Query } from '../api.ts'
import { type UrlState, useUrlState } from '../use-url-state.ts'

export type TableState = {
  page: number
  size: number
  sort: string
  q: string
  filter: (key: string) => string
  set: (change: Record<string, string>) => void
  turnTo: (page: number, size: number) => void
  sortBy: (sort: string) => void
  clear: () => void
  /** How many filters and searches are on. */
  active: number
  /** What the list is asked with; `filtersOnly` is the same without page and size, for exports and batches. */
  query: Query
  filtersOnly: Query
}

type TableStateOptions = { filterKeys: readonly string[]; prefix: string; sort: string; size: number }

/** Page, order, search and filters of one table, kept in the address. Changing a filter goes back to page one. */
export function useTableState(options: TableStateOptions): TableState {
  const { prefix } = options
  const defaults: UrlState = {
    [`${prefix}page`]: '1',
    [`${prefix}size`]: String(options.size),
    [`${prefix}sort`]: options.sort,
    [`${prefix}q`]: '',
  }
  const [url, setUrl] = useUrlState(defaults)
  const value = (key: string) => url[prefix + key] ?? ''
  const set = (change: Record<string, string>) => {
    const renamed = Object.fromEntries(Object.entries(change).map(([key, text]) => [prefix + key, text]))
    setUrl({ [`${prefix}page`]: '1', ...renamed })
  }
  const filters = Object.fromEntries(options.filterKeys.map((key) => [key, value(key)]))
  const filtersOnly: Query = { sort: value('sort'), q: value('q'), ...filters }
  const page = Math.max(1, Math.trunc(Number(value('page'))) || 1)
  const size = Math.min(200, Math.max(10, Math.trunc(Number(value('size'))) || options.size))
  return {
    page,
    size,
    sort: value('sort'),
    q: value('q'),
    filter: value,
    set,
    turnTo: (nextPage, nextSize) =>
      setUrl({ [`${prefix}page`]: String(nextPage), [`${prefix}size`]: String(nextSize) }, 'push'),
    sortBy: (sort) => set({ sort }),
    clear: () => set({ q: '', ...Object.fromEntries(options.filterKeys.map((key) => [key, ''])) }),
    active: [value('q'), ...Object.values(filters)].filter((text) => text !== '').length,
    query: { page, size, ...filtersOnly },
    filtersOnly,
  }
}
