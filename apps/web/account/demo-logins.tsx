import { Button } from 'antd'
import { useLocale, useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'

export type Credentials = { login: string; password: string; totp?: string }
type DemoLogin = { login: string; password: string; who_zh: string; who_en: string }
type DemoLoginsProps = { pending: boolean; onChoose: (credentials: Credentials) => void }

/** Only a deployment with a demo company answers with logins. */
export function DemoLogins({ pending, onChoose }: DemoLoginsProps) {
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
