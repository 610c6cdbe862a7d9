import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { formatCount } from '#ui/show/format.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import type { MonthPage } from '../../shapes.ts'

/** An open month for somebody who sees a part of it: whether the own rows are settled, and what is theirs to do. */
export function OwnOutlook({ page }: { page: MonthPage }) {
  const t = useText()
  const mayUpload = usePermission('flows.upload')
  const { month } = page
  if (page.blockers.length === 0)
    return (
      <div className="qf-outlook qf-outlook-good">
        <StateTag tone="good">{t('flows.own_clear')}</StateTag>
        <p>{t('flows.own_clear_text')}</p>
      </div>
    )
  return (
    <div className="qf-outlook qf-outlook-active">
      <StateTag tone="active">{t('flows.own_waits')}</StateTag>
      <ul className="qf-blockers">
        {page.blockers.map(({ code, count }) => {
          const number = formatCount(count)
          if (code === 'no-lines')
            return (
              <li key={code}>
                <strong>{t('flows.own_none')}</strong>
                {mayUpload && <LinkTo to={`/flows/upload?month=${month}`}>{t('flows.upload')}</LinkTo>}
              </li>
            )
          const lines = code === 'lines-waiting'
          return (
            <li key={code}>
              <div>
                <strong>
                  {lines
                    ? t('flows.own_lines', { number, count })
                    : t(`flows.blocker.${code}`, { number, count, defaultValue: code })}
                </strong>
                {lines && <div className="qc-muted">{t('flows.own_lines_text')}</div>}
              </div>
              <LinkTo
                to={
                  lines
                    ? `/flows/lines?month=${month}&state=waiting`
                    : `/flows/batches?month=${month}${code === 'mapping-open' ? '&state=mapping' : ''}`
                }
              >
                {t(
                  lines
                    ? 'flows.own_see'
                    : code === 'mapping-open'
                      ? 'flows.blocker.go'
                      : 'flows.blocker.watch',
                )}
              </LinkTo>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
