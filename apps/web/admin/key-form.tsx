import { Input, Select } from 'antd'
import { apiKeyInput } from '#platform/auth/shapes.ts'
import { api } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { useSession } from '#ui/session.ts'

/** A key may not do what only a person at the keyboard may. */
const byPersonOnly = /^platform\.(manage-people|manage-access|read-people|decide-approvals|manage-keys)$/
const usualDays = 180

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
      initial={{ expires_on: dayAfter(usualDays), permissions: [], addresses: [] }}
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
      <Field name="addresses" label={t('keys.addresses')} help={t('keys.addresses_help')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', '，', ';']} />
      </Field>
      <Field name="expires_on" label={t('keys.expires_at')} help={t('keys.expires_help')}>
        <DayInput />
      </Field>
    </FormDrawer>
  )
}

function dayAfter(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
