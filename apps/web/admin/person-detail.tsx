import { Button } from 'antd'
import type { PersonRow } from '#platform/auth/shapes.ts'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { Fields } from '#ui/layout/fields.tsx'
import { Section } from '#ui/layout/section.tsx'
import { useSession } from '#ui/session.ts'
import { CopyId } from '#ui/show/copy-id.tsx'
import { DateText } from '#ui/show/figures.tsx'
import { StateTag } from '#ui/show/state-tag.tsx'
import { roleNames } from './role-name.ts'

export function PersonState({ person }: { person: PersonRow }) {
  const t = useText()
  return person.disabled_at ? (
    <StateTag tone="off">{t('people.disabled')}</StateTag>
  ) : (
    <StateTag tone="good">{t('people.active')}</StateTag>
  )
}

type PersonDetailProps = { person: PersonRow; onEdit: () => void; onPassword: (password: string) => void }

export function PersonDetail({ person, onEdit, onPassword }: PersonDetailProps) {
  const t = useText()
  const session = useSession()
  const isMe = session.person.id === person.person_id
  const manages = session.permissions.includes('platform.manage-people')
  const guards = session.permissions.includes('platform.manage-access')
  const acts = usePersonActs(person, onPassword)
  return (
    <>
      <Fields
        lines={[
          { label: t('people.login'), value: <CopyId value={person.login} /> },
          { label: t('people.email'), value: person.email },
          { label: t('people.roles'), value: roleNames(person.roles, t) },
          { label: t('people.scope'), value: person.distributor_name ?? t(`people.scope_${person.scope}`) },
          {
            label: t('profile.totp'),
            value: t(person.totp_on ? 'profile.totp_is_on' : 'profile.totp_is_off'),
          },
          { label: t('people.created_at'), value: <DateText value={person.created_at} /> },
        ]}
      />
      <Section title={t('people.acts')}>
        <div className="qc-actions">
          {manages && <Button onClick={onEdit}>{t('people.edit')}</Button>}
          {guards && (
            <Button disabled={isMe} onClick={() => void acts.askReset()}>
              {t('people.reset')}
            </Button>
          )}
          {guards && person.totp_on && (
            <Button disabled={isMe} onClick={() => void acts.askTotpReset()}>
              {t('people.totp_reset')}
            </Button>
          )}
          {manages &&
            (person.disabled_at ? (
              <Button onClick={acts.enable}>{t('people.enable')}</Button>
            ) : (
              <Button danger disabled={isMe} onClick={() => void acts.askDisable()}>
                {t('people.disable')}
              </Button>
            ))}
        </div>
        {!guards && <p className="qc-muted">{t('people.ways_in_elsewhere')}</p>}
      </Section>
    </>
  )
}

function usePersonActs({ person_id, name }: PersonRow, onPassword: (password: string) => void) {
  const t = useText()
  const confirm = useConfirmImpact()
  const refresh = ['/api/people'] as const
  const setDisabled = (disabled: boolean) => api.patch(`/api/people/${person_id}`, { disabled })
  const disable = useAct({
    run: () => setDisabled(true),
    refresh,
    done: () => ({ text: t('people.now_disabled', { name }), undo: () => setDisabled(false) }),
  })
  const enable = useAct({ run: () => setDisabled(false), refresh, done: () => t('people.now_active') })
  const reset = useAct({
    run: () => api.put<{ one_time_password: string }>(`/api/people/${person_id}/password`),
    after: (answer) => onPassword(answer.one_time_password),
  })
  const resetTotp = useAct({
    run: () => api.delete(`/api/people/${person_id}/totp`),
    refresh,
    done: () => t('people.totp_reset_done'),
  })
  return {
    enable: () => enable.run(),
    askDisable: async () => {
      const answer = await confirm({
        title: t('people.disable_title', { name }),
        impact: [t('people.disable_impact')],
        confirmText: t('people.disable'),
        danger: true,
      })
      if (answer) disable.run()
    },
    askReset: async () => {
      const answer = await confirm({
        title: t('people.reset_title', { name }),
        impact: [t('people.reset_impact'), t('people.reset_text')],
        confirmText: t('people.reset'),
      })
      if (answer) reset.run()
    },
    askTotpReset: async () => {
      const answer = await confirm({
        title: t('people.totp_reset_title', { name }),
        impact: [t('people.totp_reset_impact'), t('people.totp_reset_text')],
        confirmText: t('people.totp_reset'),
        danger: true,
      })
      if (answer) resetTotp.run()
    },
  }
}
