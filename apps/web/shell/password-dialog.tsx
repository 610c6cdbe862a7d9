import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input, Modal } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api, onFreshPasswordNeeded } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { problemText } from '#ui/problem.ts'
import { useSession } from '#ui/session.ts'

type Answer = (given: boolean) => void

/** The one place that asks for the password again; what waited for it then goes on, what was typed stays. */
export function PasswordDialog() {
  const t = useText()
  const [waiting, setWaiting] = useState<Answer[]>([])
  useEffect(
    () =>
      onFreshPasswordNeeded(
        () => new Promise<boolean>((answer) => setWaiting((others) => [...others, answer])),
      ),
    [],
  )
  const end = (given: boolean) => {
    for (const answer of waiting) answer(given)
    setWaiting([])
  }
  return (
    <Modal
      open={waiting.length > 0}
      onCancel={() => end(false)}
      title={t('shell.password_again')}
      footer={null}
      width={440}
      destroyOnHidden
    >
      <PasswordAgain onEnd={end} />
    </Modal>
  )
}

function PasswordAgain({ onEnd }: { onEnd: Answer }) {
  const t = useText()
  const { person } = useSession()
  const [password, setPassword] = useState('')
  const field = useRef<HTMLDivElement>(null)
  const act = useMutation({
    mutationFn: () => api.post('/api/session/confirmation', { password }),
    onSuccess: () => onEnd(true),
    onError: () => field.current?.querySelector('input')?.select(),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    // The dialog may hang in a page's form: only this one is sent.
    event.stopPropagation()
    if (password !== '' && !act.isPending) act.mutate()
  }
  return (
    <form onSubmit={send} className="qc-again">
      <p className="qc-muted">{t('shell.password_again_text')}</p>
      {/* For password managers: whose password it is. */}
      <input type="text" name="login" autoComplete="username" value={person.login} readOnly hidden />
      <div ref={field}>
        <label htmlFor="password-again">{t('sign_in.password')}</label>
        <Input.Password
          id="password-again"
          autoComplete="current-password"
          autoFocus
          value={password}
          status={act.error ? 'error' : undefined}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      {act.error && <Alert type="error" showIcon role="alert" title={problemText(act.error, t)} />}
      <div className="qc-form-foot">
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={password === ''}>
          {t('shell.password_go')}
        </Button>
        <Button onClick={() => onEnd(false)}>{t('ui.cancel')}</Button>
      </div>
    </form>
  )
}
