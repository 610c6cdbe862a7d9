import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { api } from './api.ts'
import { remember, remembered } from './preferences.ts'

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export type Job<Result = unknown> = {
  id: string
  kind: string
  state: JobState
  stage: string | null
  progress_done: number | null
  progress_total: number | null
  /** Units a second. */
  rate?: number | null
  error_code?: string | null
  result?: Result
}

export const isOver = (job: Pick<Job, 'state'>): boolean =>
  job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'

/** Follows one job: every second while it runs, never again when it is over. */
export function useJob<Result = unknown>(id: string | null | undefined) {
  return useQuery({
    queryKey: [`/api/jobs/${id}`, ''],
    queryFn: ({ signal }) => api.get<Job<Result>>(`/api/jobs/${id}`, undefined, undefined, signal),
    enabled: Boolean(id),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 1000),
    refetchIntervalInBackground: true,
  })
}

/** A job that the shell keeps in sight after its page was left. */
export type FollowedJob = {
  id: string
  title: string
  href?: string
  since: number
  /** The page it was started on, which shows it itself. */
  from: string
}

const storageKey = 'qucheng.jobs'
const listeners = new Set<() => void>()
let followed: FollowedJob[] | undefined

function all(): FollowedJob[] {
  followed ??= remembered<FollowedJob[]>(storageKey, []).filter((job) => Date.now() - job.since < 86_400_000)
  return followed
}

function change(next: FollowedJob[]): void {
  followed = next
  remember(storageKey, next)
  for (const listener of listeners) listener()
}

/** Puts a job in the tray of the shell: progress stays visible on every other page, and its end is told there. */
export function followJob(job: Omit<FollowedJob, 'since' | 'from'>): void {
  const from = window.location.pathname
  change([...all().filter(({ id }) => id !== job.id), { ...job, since: Date.now(), from }])
}

export function forgetJob(id: string): void {
  change(all().filter((job) => job.id !== id))
}

export function useFollowedJobs(): FollowedJob[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, all)
}
