import { Input, Select } from 'antd'
import { z } from 'zod'
import { api } from '#ui/api.ts'
import { Field, FormKit } from '#ui/form/form-kit.tsx'
import { setLocale, useText } from '#ui/i18n.ts'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { useSession } from '#ui/session.ts'
import { TotpPanel } from './totp-panel.tsx'

const personShape = z.strictObject({ name: z.string().min(1).max(60), locale: z.enum(['zh-CN', 'en']) })
const passwordShape = z.strictObject({ current: z.string().min(1), next: z.string().min(12).max(256) })

/** My name, language, password and second factor. */
export function ProfilePage() {
  const t = useText()
  const { person } = useSession()
  return (
    <>
      <PageHeader title={t('profile.title')} text={person.login} />
      <div className="qc-panel">
        <Section title={t('profile.person')}>
          <FormKit
            shape={personShape}
            initial={{ name: person.name, locale: person.locale }}
            submit={async (values) => {
              await api.patch('/api/profile', values)
              setLocale(values.locale)
            }}
            refresh={['/api/session']}
            done={() => t('profile.saved')}
          >
            <Field name="name" label={t('profile.name')}>
              <Input autoComplete="name" />
            </Field>
            <Field name="locale" label={t('profile.language')}>
              <Select
                options={[
                  { value: 'zh-CN', label: '中文' },
                  { value: 'en', label: 'English' },
                ]}
              />
            </Field>
          </FormKit>
        </Section>
      </div>
      <div className="qc-panel">
        <Section title={t('profile.password')}>
          <FormKit
            shape={passwordShape}
            submit={(values) => api.put('/api/profile/password', values)}
            done={() => t('profile.password_changed')}
          >
            <Field name="current" label={t('profile.current')}>
              <Input.Password autoComplete="current-password" />
            </Field>
            <Field name="next" label={t('profile.next')} help={t('profile.next_help')}>
              <Input.Password autoComplete="new-password" />
            </Field>
          </FormKit>
        </Section>
      </div>
      <div className="qc-panel">
        <Section title={t('profile.totp')}>
          <TotpPanel />
        </Section>
      </div>
    </>
  )
}
