import { Button, Input } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { z } from 'zod'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { Field, FormKit } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { CopyId } from '#ui/show/copy-id.tsx'
import { StateTag } from '#ui/show/state-tag.tsx'

const QrPicture = lazy(() => import('./qr-picture.tsx').then((m) => ({ default: m.QrPicture })))

type Setup = { secret: string; uri: string }
const codeShape = z.strictObject({ code: z.string().regex(/^\d{6}$/) })

/** Binding an authenticator: a picture to scan, then the first code proves that it works. */
export function TotpPanel({ on }: { on: boolean }) {
  const t = useText()
  const [setup, setSetup] = useState<Setup | null>(null)
  const [closing, setClosing] = useState(false)
  const start = useAct({ run: () => api.post<Setup>('/api/profile/totp'), after: setSetup })
  if (setup)
    return (
      <CodeForm
        submit={(values) => api.put('/api/profile/totp', values)}
        done={t('profile.totp_on')}
        onClose={() => setSetup(null)}
      >
        <p>{t('profile.totp_scan')}</p>
        <Suspense fallback={<Skeleton lines={4} />}>
          <QrPicture text={setup.uri} label={t('profile.totp')} />
        </Suspense>
        <p>
          {t('profile.totp_secret')} <CopyId value={setup.secret} />
        </p>
      </CodeForm>
    )
  if (closing)
    return (
      <CodeForm
        submit={(values) => api.delete('/api/profile/totp', values)}
        submitText={t('profile.totp_off')}
        done={t('profile.totp_turned_off')}
        onClose={() => setClosing(false)}
      >
        <p>{t('profile.totp_off_help')}</p>
      </CodeForm>
    )
  return (
    <>
      <StateTag tone={on ? 'good' : 'warn'}>{t(on ? 'profile.totp_is_on' : 'profile.totp_is_off')}</StateTag>
      <p className="qc-muted">{t('profile.totp_text')}</p>
      <div className="qc-actions">
        {on ? (
          <Button onClick={() => setClosing(true)}>{t('profile.totp_off')}</Button>
        ) : (
          <Button type="primary" loading={start.pending} onClick={() => start.run()}>
            {t('profile.totp_setup')}
          </Button>
        )}
      </div>
    </>
  )
}

type CodeFormProps = {
  submit: (values: { code: string }) => Promise<unknown>
  submitText?: string
  done: string
  onClose: () => void
  children: ReactNode
}

function CodeForm({ submit, submitText, done, onClose, children }: CodeFormProps) {
  const t = useText()
  return (
    <>
      {children}
      <FormKit
        shape={codeShape}
        submit={submit}
        submitText={submitText}
        refresh={['/api/profile', '/api/session']}
        done={() => done}
        after={onClose}
        cancel={onClose}
      >
        <Field name="code" label={t('profile.code')}>
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} className="qc-filter" />
        </Field>
      </FormKit>
    </>
  )
}
