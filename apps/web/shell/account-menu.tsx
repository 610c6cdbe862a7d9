import { UserOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { setLocale, useLocale, useText } from '#ui/i18n.ts'
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
  const acts: Record<string, () => void> = {
    profile: () => go('/profile'),
    language: () => {
      const next = locale === 'en' ? 'zh-CN' : 'en'
      setLocale(next)
      // The choice follows the person to other devices; when that fails it still holds here.
      void api.patch('/api/profile', { locale: next }).catch(() => undefined)
    },
    mode: () => setPreferences({ mode: mode === 'dark' ? 'light' : 'dark' }),
    density: () => setPreferences({ density: density === 'compact' ? 'comfortable' : 'compact' }),
    keys: onKeys,
    leave: () => leave.run(),
  }
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          { key: 'profile', label: `${person.name} · ${t('profile.title')}` },
          { type: 'divider' },
          { key: 'language', label: t('shell.language') },
          { key: 'mode', label: t(mode === 'dark' ? 'shell.light' : 'shell.dark') },
          { key: 'density', label: `${density === 'compact' ? '✓ ' : ''}${t('ui.compact')}` },
          { key: 'keys', label: t('shell.keys') },
          { type: 'divider' },
          { key: 'leave', label: t('shell.sign_out') },
        ],
        onClick: ({ key }) => acts[key]?.(),
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={`${t('shell.account')}: ${person.name}`}>
        {!phone && <span className="qc-cut qc-person">{person.name}</span>}
      </Button>
    </Dropdown>
  )
}
