import { useText } from '#ui/i18n.ts'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { useSession } from '#ui/session.ts'
import '../flows.css'
import '../files/files.css'
import '../months/months.css'
import './home.css'
import { AttainmentPanel } from './attainment-panel.tsx'
import { DistributorPanel } from './distributor-panel.tsx'
import { MonthPanel } from './month-panel.tsx'
import { PlacesPanel } from './places-panel.tsx'
import { WaitingTiles } from './waiting-tiles.tsx'

/** What waits for me, and the figures I am here for. */
export function HomePage() {
  const t = useText()
  const { person, company, scope, distributor, permissions } = useSession()
  const may = (permission: string) => permissions.includes(permission)
  return (
    <>
      <PageHeader
        title={t('flows.home_hello', { name: person.name })}
        text={distributor ? `${distributor.name} · ${company.name}` : company.name}
      />
      <WaitingTiles />
      {scope === 'distributor' && may('flows.read') && <DistributorPanel />}
      {!may('flows.read') && <PlacesPanel />}
      <div className="qf-home">
        {scope === 'company' && may('flows.read') && <MonthPanel />}
        {scope !== 'distributor' && may('flows.read') && may('targets.read') && (
          <AttainmentPanel own={scope === 'territory'} />
        )}
      </div>
    </>
  )
}
