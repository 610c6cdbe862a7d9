import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useText } from '#ui/i18n.ts'
import { signOut } from '../session-state.ts'
import { PasswordForm } from './password-form.tsx'

/** A password that somebody else has set, or that is too old, opens nothing but this. */
export function NewPasswordPage() {
  const t = useText()
  const leave = useAct({ run: signOut })
  return (
    <main className="qc-alone">
      <div className="qc-panel">
        <h1>{t('profile.must_change')}</h1>
        <p className="qc-muted">{t('profile.must_change_text')}</p>
        <PasswordForm />
        <Button type="link" onClick={() => leave.run()}>
          {t('shell.sign_out')}
        </Button>
      </div>
    </main>
  )
}
