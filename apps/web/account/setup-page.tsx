import { Alert, Button, Input } from 'antd'
import { setupAnswer, setupInput } from '#platform/auth/shapes.ts'
import { api } from '#ui/api.ts'
import { Field, FormKit } from '#ui/form/form-kit.tsx'
import { setLocale, useLocale, useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'
import { Mark } from '../shell/mark.tsx'

// Behind the # it reaches no server and no log.
const token = location.hash.slice(1)

/** A system without a company: makes the first one and its administrator, who then is signed in. */
export function SetupPage() {
  const t = useText()
  const locale = useLocale()
  const needed = useRead('/api/setup', setupAnswer).data?.needed
  return (
    <main className="qc-sign-in">
      <div className="qc-sign-in-card">
        <div className="qc-brand">
          <Mark />
          <span>渠成</span>
          <span className="qc-grow" />
          <Button type="text" onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}>
            {t('shell.language')}
          </Button>
        </div>
        <h1>{t('setup.title')}</h1>
        {needed === false && (
          <>
            <Alert type="info" showIcon title={t('setup.done')} />
            <a href="/">{t('setup.to_sign_in')}</a>
          </>
        )}
        {needed && !token && <Alert type="warning" showIcon title={t('setup.no_link')} />}
        {needed && token && <SetupForm />}
      </div>
    </main>
  )
}

function SetupForm() {
  const t = useText()
  return (
    <>
      <p className="qc-muted">{t('setup.text')}</p>
      <FormKit
        shape={setupInput.omit({ token: true })}
        submit={async (values) => {
          await api.post('/api/setup', { ...values, token })
          const { login, password } = values
          // Should this fail, the sign-in page says why.
          await api.post('/api/session', { login, password }).catch(() => {})
        }}
        after={() => location.assign('/')}
        submitText={t('setup.go')}
      >
        <Field name="company_name" label={t('setup.company_name')}>
          <Input autoComplete="organization" autoFocus />
        </Field>
        <Field name="company_code" label={t('setup.company_code')} help={t('setup.company_code_help')}>
          <Input autoComplete="off" />
        </Field>
        <Field name="name" label={t('setup.name')}>
          <Input autoComplete="name" />
        </Field>
        <Field name="login" label={t('setup.login')} help={t('setup.login_help')}>
          <Input autoComplete="username" autoCapitalize="none" />
        </Field>
        <Field name="password" label={t('sign_in.password')} help={t('profile.next_help')}>
          <Input.Password autoComplete="new-password" />
        </Field>
      </FormKit>
    </>
  )
}
