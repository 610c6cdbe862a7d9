import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { useSession } from '#ui/session.ts'

const places = [
  { path: '/admin/people', permission: 'platform.read-people', label: 'people.title' },
  { path: '/admin/roles', permission: 'platform.read-people', label: 'roles.title' },
  { path: '/admin/approval-rules', permission: 'platform.read-people', label: 'rules.title' },
  { path: '/admin/jobs', permission: 'platform.read-jobs', label: 'jobs.title' },
  { path: '/admin/audit', permission: 'platform.read-audit', label: 'audit.title' },
  { path: '/institutions', permission: 'masterdata.read', label: 'masterdata.institutions' },
  { path: '/imports', permission: 'masterdata.import', label: 'masterdata.imports' },
]

/** For people whose work is not the flow: where they mostly go. */
export function PlacesPanel() {
  const t = useText()
  const { permissions } = useSession()
  return (
    <Section title={t('flows.home_places')}>
      <ul className="qf-places">
        {places
          .filter(({ permission }) => permissions.includes(permission))
          .map(({ path, label }) => (
            <li key={path}>
              <LinkTo to={path}>{t(label)}</LinkTo>
            </li>
          ))}
      </ul>
    </Section>
  )
}
