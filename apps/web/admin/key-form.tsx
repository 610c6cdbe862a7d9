import { Input, Select } from 'antd'
import { apiKeyInput } from '#platform/auth/shapes.ts'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { useSession } from '#ui/session.ts'

/** A key may not do what only a person at the keyboard may. */
const byPersonOnly = /^platform\.(manage-people|decide-approvals|manage-keys)$/
const lifetimes = [30, 90, 180, 365]

type KeyFormProps = { onClose: () => void; onMade: (key: string) => void }

export function KeyForm({ onClose, onMade }: KeyFormProps) {
  const t = useText()
  const { permissions } = useSession()
  const choices = permissions
    .filter((permission) => !byPersonOnly.test(permission))
    .map((value) => ({ value, label: t(`permission.${value}`, { defaultValue: value }) }))
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={t('keys.add')}
      shape={apiKeyInput}
      initial={{ days: 180, permissions: [] }}
      refresh={['/api/api-keys']}
      submit={(values) => api.post<{ key: string }>('/api/api-keys', values)}
      after={(answer) => onMade(answer.key)}
    >
      <Field name="name" label={t('keys.name')} help={t('keys.name_help')}>
        <Input />
      </Field>
      <Field name="permissions" label={t('keys.permissions')} help={t('keys.permissions_help')}>
        <Select mode="multiple" options={choices} showSearch={{ optionFilterProp: 'label' }} />
      </Field>
      <Field name="days" label={t('keys.days')}>
        <Select
          options={lifetimes.map((value) => ({ value, label: t('keys.days_count', { count: value }) }))}
        />
      </Field>
    </FormDrawer>
  )
}
