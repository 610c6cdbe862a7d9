import { Button, Input } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { z } from 'zod'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { Field, FormKit } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { CopyId } from '#ui/show/copy-id.tsx'

const QrPicture = lazy(() => import('./qr-picture.tsx').then((m) => ({ default: m.QrPicture })))

type Setup = { secret: string; uri: string }
const codeShape = z.strictObject({ code: z.string().regex(/^\d{6}$/) })

/** Binding an authenticator: a picture to scan, then the first code proves that it works. */
export function TotpPanel() {
  const t = useText()
  const [setup, setSetup] = useState<Setup | null>(null)
  const [closing, setClosing] = useState(false)
  const start = useAct({ run: () => api.post<Setup>('/api/profile/totp'), after: setSetup })
  const codeField = (
    <Field name="code" label={t('profile.code')}>
      <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} className="qc-filter" />
    </Field>
  )
  if (setup)
    return (
      <>
        <p>{t('profile.totp_scan')}</p>
        <Suspense fallback={<Skeleton lines={4} />}>
          <QrPicture text={setup.uri} label={t('profile.totp')} />
        </Suspense>
        <p>
          {t('profile.totp_secret')} <CopyId value={setup.secret} />
        </p>
        <FormKit
          shape={codeShape}
          submit={(values) => api.put('/api/profile/totp', values)}
          done={() => t('profile.totp_on')}
          after={() => setSetup(null)}
          cancel={() => setSetup(null)}
        >
          {codeField}
        </FormKit>
      </>
    )
  if (closing)
    return (
      <>
        <p>{t('profile.totp_off_help')}</p>
        <FormKit
          shape={codeShape}
          submit={(values) => api.delete('/api/profile/totp', values)}
          submitText={t('profile.totp_off')}
          done={() => t('profile.totp_turned_off')}
          after={() => setClosing(false)}
          cancel={() => setClosing(false)}
        >
          {codeField}
        </FormKit>
      </>
    )
  return (
    <>
      <p className="qc-muted">{t('profile.totp_text')}</p>
      <div className="qc-actions">
        <Button loading={start.pending} onClick={() => start.run()}>
          {t('profile.totp_setup')}
        </Button>
        <Button type="text" onClick={() => setClosing(true)}>
          {t('profile.totp_off')}
        </Button>
      </div>
    </>
  )
}
