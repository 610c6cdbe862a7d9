import { use } from 'react'
import { useText } from '#ui/i18n.ts'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { type StatTile, StatTiles } from '#ui/layout/stat-tiles.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission, useSession } from '#ui/session.ts'
import { formatCount } from '#ui/show/format.ts'
import { useList } from '#ui/use-list.ts'
import { MenuContext } from './shell/menu.ts'
import { useUnread } from './shell/notices.ts'

/** What waits for me, and where I can go. */
export function HomePage() {
  const t = useText()
  const { person, company } = useSession()
  const unread = useUnread()
  const decides = usePermission('platform.read-approvals')
  const waiting = useList<unknown>(decides ? '/api/approvals' : null, undefined, { box: 'mine', size: 1 })
    .data?.total
  const sections = use(MenuContext)
  const approvals: StatTile = {
    key: 'approvals',
    label: t('shell.todo_approvals'),
    value: formatCount(waiting),
    to: '/approvals',
    tone: waiting ? 'warn' : undefined,
  }
  return (
    <>
      <PageHeader
        title={t('shell.home_hello', { name: person.name })}
        text={t('shell.home_text', { company: company.name })}
      />
      <StatTiles
        tiles={[
          ...(decides ? [approvals] : []),
          {
            key: 'notices',
            label: t('shell.todo_notifications'),
            value: formatCount(unread),
            to: '/notifications?unread=1',
          },
        ]}
      />
      {sections.map(({ group, pages: entries }) => {
        const others = entries.filter((page) => page.path !== '/' && page.path !== approvals.to)
        if (others.length === 0) return null
        return (
          <Section key={group} title={t(`menu.${group}`)}>
            <ul className="qc-places">
              {others.map((page) => (
                <li key={page.path}>
                  <LinkTo to={page.path}>
                    <span aria-hidden>{page.menu.icon}</span>
                    <span>{t(page.menu.label_key)}</span>
                  </LinkTo>
                </li>
              ))}
            </ul>
          </Section>
        )
      })}
    </>
  )
}
