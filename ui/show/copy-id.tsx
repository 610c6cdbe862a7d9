import { CopyOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useText } from '../i18n.ts'

/** A code or id that one click copies. */
export function CopyId({ value }: { value: string }) {
  const { message } = App.useApp()
  const t = useText()
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    void message.success(t('ui.copied'))
  }
  return (
    <span className="qc-copy">
      <code>{value}</code>
      <Button type="text" size="small" icon={<CopyOutlined />} aria-label={t('ui.copy')} onClick={copy} />
    </span>
  )
}
