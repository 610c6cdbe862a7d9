import { BellOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { useList } from '#ui/use-list.ts'
import { NoticeList } from './notice-list.tsx'
import { type Notice, useNoticeActs, useUnread } from './notices.ts'

/** Unread notices; the whole list has a page of its own. */
export function Bell() {
  const t = useText()
  const unread = useUnread()
  const [open, setOpen] = useState(false)
  const list = useList<Notice>(open ? '/api/notifications' : null, undefined, {
    unread: 1,
    page: 1,
    size: 10,
  })
  const acts = useNoticeActs()
  const close = () => setOpen(false)
  const content = (
    <div className="qc-bell">
      {list.isPending ? (
        <Skeleton lines={3} />
      ) : (
        <NoticeList
          notices={list.data?.rows ?? []}
          onOpen={(notice) => {
            close()
            acts.open(notice)
          }}
        />
      )}
      <div className="qc-actions">
        <LinkTo to="/notifications" onFollow={close}>
          {t('notifications.see_all')}
        </LinkTo>
        <span className="qc-grow" />
        {unread > 0 && (
          <Button size="small" onClick={acts.readAll}>
            {t('notifications.all_read')}
          </Button>
        )}
      </div>
    </div>
  )
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={content}>
      <Button
        type="text"
        aria-label={`${t('shell.notifications')}: ${unread}`}
        icon={
          <span className="qc-bell-icon">
            <BellOutlined />
            {unread > 0 && <span className="qc-badge">{unread > 99 ? '99+' : unread}</span>}
          </span>
        }
      />
    </Popover>
  )
}
