import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { setPreferences, usePreferences } from '#ui/preferences.ts'
import { Mark } from './mark.tsx'
import type { MenuSection } from './menu.ts'
import { SideMenu } from './side-menu.tsx'

type SideProps = { sections: readonly MenuSection[]; current: string | undefined }

/** The left side on a desk: the mark, the menu, and folding it to icons. */
export function Side({ sections, current }: SideProps) {
  const t = useText()
  const { menu_folded } = usePreferences()
  return (
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
  )
}

/** Under the thumb on a phone: the first three places of this person, and the whole menu. */
export function PhoneBar({ sections, current, onMenu }: SideProps & { onMenu: () => void }) {
  const t = useText()
  const first = sections.flatMap(({ pages }) => pages).slice(0, 3)
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
