import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { EarlierFiles } from '../files/earlier-files.tsx'
import { useMonths } from '../use-months.ts'

/** A distributor's start: send the month's files, see what became of them, look up what counts. */
export function DistributorPanel() {
  const t = useText()
  const { months, current } = useMonths()
  const uploads = usePermission('flows.upload')
  const released = months.filter(({ state }) => state === 'released').slice(0, 3)
  return (
    <>
      {uploads && current?.state === 'open' && (
        <div className="qf-outlook qf-outlook-active qf-invite">
          <p>{t('flows.home_upload_text', { month: current.month })}</p>
          <LinkTo to={`/flows/upload?month=${current.month}`} className="qc-button-link">
            {t('flows.home_upload')}
          </LinkTo>
        </div>
      )}
      <div className="qf-home">
        <Section title={t('flows.home_files')}>
          <EarlierFiles size={6} />
        </Section>
        <Section title={t('flows.home_released')}>
          <p className="qc-muted">{t('flows.home_released_text')}</p>
          {released.length === 0 && <p>{t('flows.home_no_release')}</p>}
          <ul className="qf-files">
            {released.map(({ month }) => (
              <li key={month}>
                <LinkTo to={`/flows/lines?month=${month}`}>{t('flows.home_see_lines', { month })}</LinkTo>
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </>
  )
}
