import { useParams as useRouteParams, useRouter, useSearch } from '@tanstack/react-router'

export type UrlState = Record<string, string>

/** Search values are plain text, so that an address can be read and typed by a person. */
export function parseSearch(text: string): UrlState {
  return Object.fromEntries(new URLSearchParams(text))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  const text = params.toString()
  return text ? `?${text}` : ''
}

/** The parameters of the path: `/institutions/:id` → `const { id = '' } = useParams()`. */
export function useParams(): Partial<Record<string, string>> {
  return useRouteParams({ strict: false }) as Partial<Record<string, string>>
}

/**
 * State that lives in the address: `const [url, setUrl] = useUrlState({ tab: 'lines' })`.
 * Values are text; a value equal to its default leaves the address. `setUrl({ tab: '' })` goes back to the default.
 * `push` makes a step that the back button undoes; otherwise the address is replaced.
 */
export function useUrlState<Defaults extends UrlState>(
  defaults: Defaults,
): [Defaults & UrlState, (change: Partial<Record<string, string>>, how?: 'push' | 'replace') => void] {
  const search = useSearch({ strict: false }) as UrlState
  const { history } = useRouter()
  const set = (change: Partial<Record<string, string>>, how: 'push' | 'replace' = 'replace') => {
    const { pathname, search: before } = history.location
    const next: Partial<UrlState> = { ...parseSearch(before), ...change }
    for (const key of Object.keys(change)) if (next[key] === defaults[key]) delete next[key]
    const href = pathname + stringifySearch(next)
    if (how === 'push') history.push(href)
    else history.replace(href)
  }
  return [{ ...defaults, ...search }, set]
}
