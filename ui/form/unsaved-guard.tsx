import { useBlocker } from '@tanstack/react-router'
import { Modal } from 'antd'
import { useText } from '../i18n.ts'

/** Asks before a changed form is left by a link, the back button or closing the tab. */
export function UnsavedGuard({ dirty }: { dirty: () => boolean }) {
  const t = useText()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty() && current.pathname !== next.pathname,
    enableBeforeUnload: dirty,
    withResolver: true,
  })
  return (
    <Modal
      open={blocker.status === 'blocked'}
      title={t('ui.unsaved_title')}
      okText={t('ui.stay')}
      cancelText={t('ui.leave')}
      onOk={blocker.reset}
      onCancel={blocker.proceed}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
    >
      {t('ui.unsaved_text')}
    </Modal>
  )
}
