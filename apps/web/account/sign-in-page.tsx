import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { api } from '#ui/api.ts'
import { setLocale, useLocale, useText } from '#ui/i18n.ts'
import { Problem, problemText } from '#ui/problem.ts'
import type { Session } from '#ui/session.ts'
import { useSignedIn } from '../session-state.ts'
import { Mark } from '../shell/mark.tsx'
import { type Credentials, DemoLogins } from './demo-logins.tsx'
import { SetupHint } from './setup-hint.tsx'

/** Login and password, then the code when the account asks for one. `before` is who was here when the session was lost. */
export function SignInPage({ before }: { before: Session | null }) {
  const t = useText()
  const locale = useLocale()
  const signedIn = useSignedIn()
  const [credentials, setCredentials] = useState<Credentials>({
    login: before?.person.login ?? '',
    password: '',
  })
  const [asksCode, setAsksCode] = useState(false)
  const act = useMutation({
    mutationFn: (tried: Credentials) => api.post<Session>('/api/session', tried),
    onSuccess: (session) => signedIn(session, before),
    onError: (error, tried) => {
      if (!(error instanceof Problem && error.code.startsWith('auth.totp'))) return
      setCredentials({ login: tried.login, password: tried.password })
      setAsksCode(true)
    },
  })
  useEffect(() => {
    // Drawers and dialogs of the page left behind live beside it in the body.
    document.documentElement.dataset.door = 'closed'
    return () => {
      delete document.documentElement.dataset.door
    }
  }, [])
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!act.isPending) act.mutate(credentials)
  }
  const asked = act.error instanceof Problem && act.error.code === 'auth.totp-required'
  const common = { credentials, onChange: setCredentials, again: before !== null }
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
        <h1>{t('sign_in.title')}</h1>
        <p className="qc-muted">{t(before ? 'sign_in.again' : 'sign_in.slogan')}</p>
        <form onSubmit={send}>
          <SetupHint />
          {asksCode ? <CodeField {...common} /> : <PasswordFields {...common} />}
          {act.error && !asked && (
            <Alert type="error" showIcon role="alert" title={problemText(act.error, t)} />
          )}
          <Button type="primary" size="large" block htmlType="submit" loading={act.isPending}>
            {t('sign_in.go')}
          </Button>
          {asksCode && (
            <Button type="link" block onClick={() => setAsksCode(false)}>
              {t('sign_in.other')}
            </Button>
          )}
        </form>
        <DemoLogins pending={act.isPending} onChoose={(demo) => act.mutate(demo)} />
      </div>
    </main>
  )
}

type FieldsProps = {
  credentials: Credentials
  onChange: (credentials: Credentials) => void
  /** The person is known, only the password is asked. */
  again: boolean
}

function PasswordFields({ credentials: { login, password }, onChange, again }: FieldsProps) {
  const t = useText()
  return (
    <>
      <label htmlFor="login">{t('sign_in.login')}</label>
      <Input
        id="login"
        size="large"
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        autoFocus={!again}
        required
        value={login}
        onChange={(event) => onChange({ login: event.target.value.trim(), password })}
      />
      <label htmlFor="password">{t('sign_in.password')}</label>
      <Input.Password
        id="password"
        size="large"
        name="password"
        autoComplete="current-password"
        autoFocus={again}
        required
        value={password}
        onChange={(event) => onChange({ login, password: event.target.value })}
      />
    </>
  )
}

function CodeField({ credentials, onChange }: FieldsProps) {
  const t = useText()
  return (
    <>
      <label htmlFor="code">{t('sign_in.code')}</label>
      <Input
        id="code"
        size="large"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        autoFocus
        required
        value={credentials.totp ?? ''}
        onChange={(event) => onChange({ ...credentials, totp: event.target.value.replace(/\D/g, '') })}
      />
      <p className="qc-muted">{t('sign_in.code_text')}</p>
    </>
  )
}
