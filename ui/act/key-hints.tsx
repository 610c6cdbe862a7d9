import { Modal } from 'antd'
import { useText } from '../i18n.ts'
import { keySign, useKeyGroups } from './keys.ts'

/** All keys that work right now, page's keys first. */
export function KeyHints({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText()
  const groups = useKeyGroups()
  const tableKeys = [
    { key: 'ArrowDown', label: t('ui.keys.rows') },
    { key: 'Enter', label: t('ui.keys.open_row') },
    { key: ' ', label: t('ui.keys.select_row') },
    { key: 'mod+c', label: t('ui.keys.copy_rows') },
    { key: 'mod+Enter', label: t('ui.keys.send_form') },
  ]
  const all = [...groups.toReversed(), { id: 0, title: t('ui.keys.tables'), acts: tableKeys }]
  return (
    <Modal open={open} onCancel={onClose} title={t('ui.keys.title')} footer={null} width={560}>
      {all.map((group) => (
        <section key={group.id} className="qc-keys">
          <h3>{group.title}</h3>
          <dl>
            {group.acts.map(({ key, label }) => (
              <div key={key + label}>
                <dt>
                  <kbd>{keySign(key)}</kbd>
                </dt>
                <dd>{label}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  )
}
