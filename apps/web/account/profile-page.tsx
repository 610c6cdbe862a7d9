import { Input, Select } from 'antd'
import { z } from 'zod'
import { locales, profileAnswer } from '#platform/auth/shapes.ts'
import { api } from '#ui/api.ts'
import { Field, FormKit } from '#ui/form/form-kit.tsx'
import { setLocale, useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { useRead } from '#ui/use-list.ts'
import { PasswordForm } from './password-form.tsx'
import { TotpPanel } from './totp-panel.tsx'

const personShape = z.strictObject({ name: z.string().min(1).max(60), locale: z.enum(locales) })

/** My name, language, password and second factor. */
export function ProfilePage() {
  const t = useText()
  const { data: profile, error, refetch } = useRead('/api/profile', profileAnswer)
  if (error && !profile) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!profile) return <Skeleton />
  return (
    <>
      <PageHeader title={t('profile.title')} text={profile.login} />
      <div className="qc-panel">
        <Section title={t('profile.person')}>
          <FormKit
            shape={personShape}
            initial={{ name: profile.name, locale: profile.locale }}
            submit={async (values) => {
              await api.patch('/api/profile', values)
              setLocale(values.locale)
            }}
            refresh={['/api/session', '/api/profile']}
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
          <PasswordForm />
        </Section>
      </div>
      <div className="qc-panel">
        <Section title={t('profile.totp')}>
          <TotpPanel on={profile.totp_on} />
        </Section>
      </div>
    </>
  )
}
