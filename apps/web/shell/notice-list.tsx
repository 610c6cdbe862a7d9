import { useText } from '#ui/i18n.ts'
import { DateText } from '#ui/show/figures.tsx'
import { type Notice, noticeTitle } from './notices.ts'

export function NoticeList({
  notices,
  onOpen,
}: {
  notices: readonly Notice[]
  onOpen: (notice: Notice) => void
}) {
  const t = useText()
  if (notices.length === 0)
    return (
      <div>
        <p>{t('notifications.empty')}</p>
        <p className="qc-muted">{t('notifications.empty_text')}</p>
      </div>
    )
  return (
    <ul className="qc-notices">
      {notices.map((notice) => (
        <li key={notice.id}>
          <button
            type="button"
            onClick={() => onOpen(notice)}
            className={notice.read_at ? 'qc-read' : undefined}
          >
            <span>{noticeTitle(notice, t)}</span>
            {notice.body && <span className="qc-muted">{notice.body}</span>}
            <span className="qc-muted">
              <DateText value={notice.created_at} moment />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
