import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { setPreferences, usePreferences } from '#ui/preferences.ts'
import type { MenuSection } from './menu.ts'

type SideMenuProps = {
  sections: readonly MenuSection[]
  current: string | undefined
  folded: boolean
  onFollow?: () => void
}

/** The menu by task; groups close and stay closed, folded it is icons only. */
export function SideMenu({ sections, current, folded, onFollow }: SideMenuProps) {
  const t = useText()
  const { closed_groups } = usePreferences()
  const toggle = (group: string) =>
    setPreferences({
      closed_groups: closed_groups.includes(group)
        ? closed_groups.filter((name) => name !== group)
        : [...closed_groups, group],
    })
  return (
    <nav className="qc-menu" aria-label={t('shell.menu')}>
      {sections.map(({ group, pages }) => {
        const closed = !folded && closed_groups.includes(group)
        return (
          <section key={group}>
            {!folded && (
              <button
                type="button"
                className="qc-menu-group"
                aria-expanded={!closed}
                onClick={() => toggle(group)}
              >
                {t(`menu.${group}`)}
                {closed ? <RightOutlined aria-hidden /> : <DownOutlined aria-hidden />}
              </button>
            )}
            {!closed && (
              <ul>
                {pages.map((page) => {
                  const label = t(page.menu.label_key)
                  return (
                    <li key={page.path} title={folded ? label : undefined}>
                      <LinkTo
                        to={page.path}
                        current={page.path === current}
                        label={folded ? label : undefined}
                        onFollow={onFollow}
                      >
                        <span className="qc-menu-icon" aria-hidden>
                          {page.menu.icon}
                        </span>
                        {!folded && <span className="qc-cut">{label}</span>}
                      </LinkTo>
                    </li>
                  )
                })}
              </ul>
            )}
          </section>
        )
      })}
    </nav>
  )
}
