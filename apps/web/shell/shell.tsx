import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined, SearchOutlined } from '@ant-design/icons'
import { Outlet, useLocation } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { keySign, useKeys } from '#ui/act/keys.ts'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { setPreferences, usePreferences } from '#ui/preferences.ts'
import { useSession } from '#ui/session.ts'
import { usePhone } from '#ui/use-phone.ts'
import { pages } from '../modules.ts'
import { AccountMenu } from './account-menu.tsx'
import { Bell } from './bell.tsx'
import { CompanySwitch } from './company-switch.tsx'
import { JobTray } from './job-tray.tsx'
import { Mark } from './mark.tsx'
import { currentEntry, MenuContext, menuFor } from './menu.ts'
import { SideMenu } from './side-menu.tsx'

const CommandPalette = lazy(() =>
  import('#ui/act/command-palette.tsx').then((m) => ({ default: m.CommandPalette })),
)
const KeyHints = lazy(() => import('#ui/act/key-hints.tsx').then((m) => ({ default: m.KeyHints })))

/** The one frame around every page. */
export function Shell() {
  const t = useText()
  const phone = usePhone()
  const session = useSession()
  const { pathname } = useLocation()
  const { menu_folded, mode } = usePreferences()
  const [layer, setLayer] = useState<'search' | 'keys' | 'menu' | null>(null)
  const close = () => setLayer(null)
  const sections = menuFor(pages, session.permissions)
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
      {!phone && (
        <aside className="qc-side">
          <LinkTo to="/" className="qc-brand" label={`渠成 ${t('shell.home')}`}>
            <Mark />
            {!menu_folded && <span>渠成</span>}
          </LinkTo>
          <SideMenu sections={sections} current={current} folded={menu_folded} />
          <Button
            type="text"
            className="qc-fold"
            icon={menu_folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
            aria-label={t(menu_folded ? 'shell.unfold' : 'shell.fold')}
            onClick={() => setPreferences({ menu_folded: !menu_folded })}
          />
        </aside>
      )}
      <div className="qc-body">
        <header className="qc-top">
          {phone && (
            <LinkTo to="/" className="qc-brand" label={`渠成 ${t('shell.home')}`}>
              <Mark />
            </LinkTo>
          )}
          <CompanySwitch />
          <span className="qc-grow" />
          <Button
            className="qc-search-button"
            icon={<SearchOutlined />}
            aria-label={`${t('shell.search')} ${keySign('mod+k')}`}
            onClick={() => setLayer('search')}
          >
            {!phone && <kbd>{keySign('mod+k')}</kbd>}
          </Button>
          <Bell />
          <AccountMenu onKeys={() => setLayer('keys')} />
        </header>
        {session.company.is_demo && <p className="qc-ribbon">{t('shell.demo_ribbon')}</p>}
        <main id="content" tabIndex={-1} className="qc-main">
          <MenuContext value={sections}>
            <Outlet />
          </MenuContext>
        </main>
      </div>
      {phone && <PhoneBar sections={sections} current={current} onMenu={() => setLayer('menu')} />}
      <Drawer
        open={phone && layer === 'menu'}
        onClose={close}
        placement="left"
        size={300}
        title={session.company.name}
        className="qc-menu-drawer"
      >
        <SideMenu sections={sections} current={current} folded={false} onFollow={close} />
      </Drawer>
      <JobTray />
      <Suspense fallback={null}>
        {layer === 'search' && (
          <CommandPalette
            open
            onClose={close}
            pages={sections.flatMap(({ group, pages: entries }) =>
              entries.map((page) => ({
                title: t(page.menu.label_key),
                subtitle: t(`menu.${group}`),
                href: page.path,
                icon: page.menu.icon,
              })),
            )}
          />
        )}
        {layer === 'keys' && <KeyHints open onClose={close} />}
      </Suspense>
    </div>
  )
}

type PhoneBarProps = { sections: ReturnType<typeof menuFor>; current: string | undefined; onMenu: () => void }

/** Under the thumb: the first three places of this person, and the whole menu. */
function PhoneBar({ sections, current, onMenu }: PhoneBarProps) {
  const t = useText()
  const first = sections.flatMap(({ pages: entries }) => entries).slice(0, 3)
  return (
    <nav className="qc-phone-bar" aria-label={t('shell.where')}>
      {first.map((page) => (
        <LinkTo key={page.path} to={page.path} current={page.path === current}>
          <span aria-hidden>{page.menu.icon}</span>
          <span className="qc-cut">{t(page.menu.label_key)}</span>
        </LinkTo>
      ))}
      <button type="button" onClick={onMenu}>
        <MenuOutlined aria-hidden />
        <span>{t('shell.menu')}</span>
      </button>
    </nav>
  )
}

function focusListSearch(): void {
  document.querySelector<HTMLInputElement>('input[data-search="table"]')?.focus()
}
