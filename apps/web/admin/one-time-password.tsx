import { Modal } from 'antd'
import { useText } from '#ui/i18n.ts'
import { CopyId } from '#ui/show/copy-id.tsx'

type OneTimePasswordProps = { password: string | null; onClose: () => void }

/** Shown once, to be handed over; its owner must change it when they first come in. */
export function OneTimePassword({ password, onClose }: OneTimePasswordProps) {
  const t = useText()
  return (
    <Modal
      open={password !== null}
      title={t('people.one_time')}
      onOk={onClose}
      onCancel={onClose}
      cancelButtonProps={{ hidden: true }}
    >
      <p>{t('people.one_time_text')}</p>
      <CopyId value={password ?? ''} />
    </Modal>
  )
}
