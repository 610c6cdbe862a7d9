import { Modal } from 'antd'
import { useText } from '../i18n.ts'
import { useKeyGroups } from './keys.ts'

const signs: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: 'Enter',
  Escape: 'Esc',
  ' ': 'Space',
}

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

/** How a key is written on this machine: `mod+k` → `⌘K` or `Ctrl K`. */
export function keySign(key: string): string {
  const bare = key.replace(/^mod\+/, '')
  const sign = signs[bare] ?? bare.toUpperCase()
  return bare === key ? sign : isApple ? `⌘${sign}` : `Ctrl ${sign}`
}

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
