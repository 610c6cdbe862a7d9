import {
  keepPreviousData,
  type QueryClient,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ZodType } from 'zod'
import { type ApiPath, api, type Query, queryString } from './api.ts'

export type ListAnswer<Row> = { rows: Row[]; total: number; total_capped?: boolean }
type ReadOptions = { enabled?: boolean; refetchInterval?: number | false }

/** One object. `path` null waits. Cached by path and query; `useRefresh` or `useAct` invalidates by path prefix. */
export function useRead<Answer>(
  path: ApiPath | null,
  shape?: ZodType<Answer>,
  query?: Query,
  options: ReadOptions = {},
): UseQueryResult<Answer, Error> {
  return useQuery({
    queryKey: [path, queryString(query)],
    queryFn: ({ signal }) => api.get<Answer>(path ?? '/api/', shape, query, signal),
    enabled: path !== null && (options.enabled ?? true),
    refetchInterval: options.refetchInterval,
  })
}

/** A page of rows; the previous page stays visible while the next one loads. `shape` is the shape of the whole answer. */
export function useList<Row, Answer extends ListAnswer<Row> = ListAnswer<Row>>(
  path: ApiPath | null,
  shape?: ZodType<Answer>,
  query?: Query,
): UseQueryResult<Answer, Error> {
  return useQuery({
    queryKey: [path, queryString(query)],
    queryFn: ({ signal }) => api.get<Answer>(path ?? '/api/', shape, query, signal),
    enabled: path !== null,
    placeholderData: keepPreviousData,
  })
}

export function invalidate(client: QueryClient, prefixes: readonly string[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => prefixes.some((prefix) => String(queryKey[0]).startsWith(prefix)),
  })
}

/** Reads everything under these paths again. */
export function useRefresh(): (...prefixes: ApiPath[]) => Promise<void> {
  const client = useQueryClient()
  return useCallback((...prefixes: ApiPath[]) => invalidate(client, prefixes), [client])
}
