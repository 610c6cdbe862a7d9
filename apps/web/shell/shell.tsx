import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useKeys } from '#ui/act/keys.ts'
import { useText } from '#ui/i18n.ts'
import { setPreferences, usePreferences } from '#ui/preferences.ts'
import { useSession } from '#ui/session.ts'
import { usePhone } from '#ui/use-phone.ts'
import { pages } from '../modules.ts'
import { JobTray } from './job-tray.tsx'
import { type Layer, Layers } from './layers.tsx'
import { currentEntry, MenuContext, menuFor } from './menu.ts'
import { PasswordDialog } from './password-dialog.tsx'
import { PhoneBar, Side } from './side.tsx'
import { TopBar } from './top-bar.tsx'

const NewPasswordPage = lazy(() =>
  import('../account/new-password-page.tsx').then((m) => ({ default: m.NewPasswordPage })),
)

const NewTotpPage = lazy(() =>
  import('../account/new-totp-page.tsx').then((m) => ({ default: m.NewTotpPage })),
)

/** The one frame around every page; before a password that must change is changed, or a second factor set up, there is no page. */
export function Shell() {
  const { must_change_password, must_set_totp } = useSession()
  return (
    <>
      {must_change_password || must_set_totp ? (
        <Suspense fallback={null}>{must_change_password ? <NewPasswordPage /> : <NewTotpPage />}</Suspense>
      ) : (
        <Frame />
      )}
      <PasswordDialog />
    </>
  )
}

function Frame() {
  const t = useText()
  const phone = usePhone()
  const session = useSession()
  const { pathname } = useLocation()
  const { menu_folded, mode } = usePreferences()
  const [layer, setLayer] = useState<Layer>(null)
  const sections = menuFor(pages, session)
  const current = currentEntry(sections, pathname)

  useKeys(t('shell.keys_everywhere'), [
    { key: 'mod+k', label: t('shell.search'), run: () => setLayer('search'), always: true },
    { key: '/', label: t('shell.search_list'), run: focusListSearch },
    { key: '[', label: t('shell.fold'), run: () => setPreferences({ menu_folded: !menu_folded }) },
    {
      key: 'mod+.',
      label: t('shell.toggle_dark'),
      run: () => setPreferences({ mode: mode === 'dark' ? 'light' : 'dark' }),
    },
    { key: '?', label: t('shell.keys'), run: () => setLayer('keys') },
  ])

  return (
    <div className={menu_folded ? 'qc-shell qc-shell-folded' : 'qc-shell'}>
      <a className="qc-skip" href="#content">
        {t('shell.skip')}
      </a>
      {!phone && <Side sections={sections} current={current} />}
      <div className="qc-body">
        <TopBar onSearch={() => setLayer('search')} onKeys={() => setLayer('keys')} />
        {session.company.is_demo && (
          <aside className="qc-ribbon" aria-label={t('shell.demo_label')}>
            {t('shell.demo_ribbon')}
          </aside>
        )}
        <main id="content" tabIndex={-1} className="qc-main">
          <MenuContext value={sections}>
            <Outlet />
          </MenuContext>
        </main>
      </div>
      {phone && <PhoneBar sections={sections} current={current} onMenu={() => setLayer('menu')} />}
      <Layers layer={layer} sections={sections} current={current} onClose={() => setLayer(null)} />
      <JobTray />
    </div>
  )
}

function focusListSearch(): void {
  document.querySelector<HTMLInputElement>('input[data-search="table"]')?.focus()
}
