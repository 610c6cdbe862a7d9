import type { TFunction } from 'i18next'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useGo } from '#ui/link-to.tsx'
import { useRead } from '#ui/use-list.ts'

export type Notice = {
  id: string
  kind: string
  params: Record<string, unknown> | null
  title?: string | null
  body?: string | null
  href: string | null
  created_at: string
  read_at: string | null
}

/** `notice.<kind>` in the words of the module that sent it. */
export function noticeTitle(notice: Notice, t: TFunction): string {
  return t(`notice.${notice.kind}`, { ...notice.params, defaultValue: notice.title ?? notice.kind })
}

/** Asked every half minute while the page is seen. */
export function useUnread(): number {
  return (
    useRead<{ unread: number }>('/api/notifications/count', undefined, undefined, { refetchInterval: 30_000 })
      .data?.unread ?? 0
  )
}

/** Marks a notice as read and goes where it points. */
export function useNoticeActs() {
  const go = useGo()
  const refresh = ['/api/notifications'] as const
  const read = useAct({ run: (notice: Notice) => api.put(`/api/notifications/${notice.id}/read`), refresh })
  const readAll = useAct({ run: () => api.put('/api/notifications/read-all'), refresh })
  return {
    open: (notice: Notice) => {
      if (!notice.read_at) read.run(notice)
      if (notice.href) go(notice.href)
    },
    readAll: () => readAll.run(),
  }
}
