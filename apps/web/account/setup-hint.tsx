import { Alert } from 'antd'
import { useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'

/** Where nobody can sign in yet, says how that begins. */
export function SetupHint() {
  const t = useText()
  const { data } = useRead<{ needed: boolean }>('/api/setup')
  return data?.needed ? <Alert type="info" showIcon title={t('setup.hint')} /> : null
}
