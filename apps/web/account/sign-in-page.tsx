import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { api } from '#ui/api.ts'
import { setLocale, useLocale, useText } from '#ui/i18n.ts'
import { Problem, problemText } from '#ui/problem.ts'
import type { Session } from '#ui/session.ts'
import { useRead } from '#ui/use-list.ts'
import { useSignedIn } from '../session-state.ts'
import { Mark } from '../shell/mark.tsx'

type Credentials = { login: string; password: string; totp?: string }
type DemoLogin = { login: string; password: string; who_zh: string; who_en: string }

/** Login and password, then the code when the account asks for one. `before` is who was here when the session was lost. */
export function SignInPage({ before }: { before: Session | null }) {
  const t = useText()
  const locale = useLocale()
  const signedIn = useSignedIn()
  const [login, setLogin] = useState(before?.person.login ?? '')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [step, setStep] = useState<'password' | 'code'>('password')
  const act = useMutation({
    mutationFn: (credentials: Credentials) => api.post<Session>('/api/session', credentials),
    onSuccess: (session) => signedIn(session, before),
    onError: (error) => {
      if (error instanceof Problem && error.code.startsWith('auth.totp')) setStep('code')
      setCode('')
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (act.isPending) return
    act.mutate(step === 'code' ? { login, password, totp: code.trim() } : { login: login.trim(), password })
  }
  const asksForCode = act.error instanceof Problem && act.error.code === 'auth.totp-required'
  useEffect(() => {
    // Drawers and dialogs of the page left behind live beside it in the body.
    document.documentElement.dataset.door = 'closed'
    return () => {
      delete document.documentElement.dataset.door
    }
  }, [])
  return (
    <main className="qc-sign-in">
      <div className="qc-sign-in-card">
        <div className="qc-brand">
          <Mark />
          <span>渠成</span>
          <span className="qc-grow" />
          <Button
            type="text"
            onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}
            lang={locale === 'en' ? 'zh-CN' : 'en'}
          >
            {t('shell.language')}
          </Button>
        </div>
        <h1>{t('sign_in.title')}</h1>
        <p className="qc-muted">{t(before ? 'sign_in.again' : 'sign_in.slogan')}</p>
        <form onSubmit={send}>
          {step === 'password' ? (
            <>
              <label htmlFor="login">{t('sign_in.login')}</label>
              <Input
                id="login"
                size="large"
                name="login"
                autoComplete="username"
                autoCapitalize="none"
                autoFocus={!before}
                required
                value={login}
                onChange={(event) => setLogin(event.target.value)}
              />
              <label htmlFor="password">{t('sign_in.password')}</label>
              <Input.Password
                id="password"
                size="large"
                name="password"
                autoComplete="current-password"
                autoFocus={Boolean(before)}
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </>
          ) : (
            <>
              <label htmlFor="code">{t('sign_in.code')}</label>
              <Input
                id="code"
                size="large"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={8}
                autoFocus
                required
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
              <p className="qc-muted">{t('sign_in.code_text')}</p>
            </>
          )}
          {act.error && !asksForCode && (
            <Alert type="error" showIcon role="alert" title={problemText(act.error, t)} />
          )}
          <Button type="primary" size="large" block htmlType="submit" loading={act.isPending}>
            {t('sign_in.go')}
          </Button>
          {step === 'code' && (
            <Button type="link" block onClick={() => setStep('password')}>
              {t('sign_in.other')}
            </Button>
          )}
        </form>
        <DemoLogins pending={act.isPending} onChoose={(demo) => act.mutate(demo)} />
      </div>
    </main>
  )
}

type DemoLoginsProps = { pending: boolean; onChoose: (credentials: Credentials) => void }

/** Only a deployment with a demo company answers with logins. */
function DemoLogins({ pending, onChoose }: DemoLoginsProps) {
  const t = useText()
  const locale = useLocale()
  const demos = useRead<DemoLogin[]>('/api/demo-logins').data
  if (!Array.isArray(demos) || demos.length === 0) return null
  return (
    <section className="qc-demos">
      <h2>{t('sign_in.demo')}</h2>
      <ul>
        {demos.map(({ login, password, who_zh, who_en }) => (
          <li key={login}>
            <Button block disabled={pending} onClick={() => onChoose({ login, password })}>
              <span className="qc-cut">{locale === 'en' ? who_en : who_zh}</span>
              <code>{login}</code>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
