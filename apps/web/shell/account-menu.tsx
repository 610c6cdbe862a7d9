import { UserOutlined } from '@ant-design/icons'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { setLocale, useLocale, useText } from '#ui/i18n.ts'
import { PopMenu } from '#ui/layout/pop-menu.tsx'
import { useGo } from '#ui/link-to.tsx'
import { setPreferences, usePreferences } from '#ui/preferences.ts'
import { useSession } from '#ui/session.ts'
import { usePhone } from '#ui/use-phone.ts'
import { signOut } from '../session-state.ts'

/** Who I am, how it looks, and the way out. */
export function AccountMenu({ onKeys }: { onKeys: () => void }) {
  const t = useText()
  const go = useGo()
  const phone = usePhone()
  const { person } = useSession()
  const { mode, density } = usePreferences()
  const locale = useLocale()
  const leave = useAct({ run: signOut })
  const compact = density === 'compact'
  const switchLanguage = () => {
    const next = locale === 'en' ? 'zh-CN' : 'en'
    setLocale(next)
    // The choice follows the person to other devices; when that fails it still holds here.
    void api.patch('/api/profile', { locale: next }).catch(() => undefined)
  }
  return (
    <PopMenu
      label={`${t('shell.account')}: ${person.name}`}
      align="end"
      items={[
        { key: 'profile', text: `${person.name} · ${t('profile.title')}`, run: () => go('/profile') },
        'line',
        { key: 'language', text: t('shell.language'), run: switchLanguage },
        {
          key: 'mode',
          text: t(mode === 'dark' ? 'shell.light' : 'shell.dark'),
          run: () => setPreferences({ mode: mode === 'dark' ? 'light' : 'dark' }),
        },
        {
          key: 'density',
          text: t('ui.compact'),
          current: compact,
          run: () => setPreferences({ density: compact ? 'comfortable' : 'compact' }),
        },
        { key: 'keys', text: t('shell.keys'), run: onKeys },
        'line',
        { key: 'leave', text: t('shell.sign_out'), run: () => leave.run() },
      ]}
    >
      <UserOutlined aria-hidden />
      {!phone && <span className="qc-cut qc-person">{person.name}</span>}
    </PopMenu>
  )
}
