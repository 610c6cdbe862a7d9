import { Input } from 'antd'
import { z } from 'zod'
import { api } from '#ui/api.ts'
import { Field, FormKit } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'

const passwordShape = z.strictObject({ current: z.string().min(1), next: z.string().min(8).max(256) })

/** The server knows how strong a password must be and says so at the field. */
export function PasswordForm() {
  const t = useText()
  return (
    <FormKit
      shape={passwordShape}
      submit={(values) => api.put('/api/profile/password', values)}
      refresh={['/api/session', '/api/profile']}
      done={() => t('profile.password_changed')}
    >
      <Field name="current" label={t('profile.current')}>
        <Input.Password autoComplete="current-password" />
      </Field>
      <Field name="next" label={t('profile.next')} help={t('profile.next_help')}>
        <Input.Password autoComplete="new-password" />
      </Field>
    </FormKit>
  )
}
