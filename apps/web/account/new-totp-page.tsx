import { Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useText } from '#ui/i18n.ts'
import { signOut } from '../session-state.ts'
import { TotpPanel } from './totp-panel.tsx'

/** Where a second factor must be, there is no other page before it is set up. */
export function NewTotpPage() {
  const t = useText()
  const leave = useAct({ run: signOut })
  return (
    <main className="qc-alone">
      <div className="qc-panel">
        <h1>{t('profile.must_set_totp')}</h1>
        <p className="qc-muted">{t('profile.must_set_totp_text')}</p>
        <TotpPanel on={false} />
        <Button type="link" onClick={() => leave.run()}>
          {t('shell.sign_out')}
        </Button>
      </div>
    </main>
  )
}
