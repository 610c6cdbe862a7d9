import { Button, Checkbox } from 'antd'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { useList } from '#ui/use-list.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import { NoticeList } from '../shell/notice-list.tsx'
import { type Notice, useNoticeActs } from '../shell/notices.ts'

export function NotificationsPage() {
  const t = useText()
  const [url, setUrl] = useUrlState({ unread: '', size: '50' })
  const size = Math.min(200, Number(url.size) || 50)
  const list = useList<Notice>('/api/notifications', undefined, { unread: url.unread, page: 1, size })
  const acts = useNoticeActs()
  return (
    <>
      <PageHeader
        title={t('shell.notifications')}
        actions={
          <>
            <Checkbox
              checked={url.unread === '1'}
              onChange={(event) => setUrl({ unread: event.target.checked ? '1' : '' })}
            >
              {t('notifications.unread_only')}
            </Checkbox>
            <Button onClick={acts.readAll}>{t('notifications.all_read')}</Button>
          </>
        }
      />
      {list.isPending && <Skeleton />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && <NoticeList notices={list.data.rows} onOpen={acts.open} />}
      {list.data && list.data.total > list.data.rows.length && size < 200 && (
        <Button onClick={() => setUrl({ size: String(size + 50) })}>{t('ui.next')}</Button>
      )}
    </>
  )
}
