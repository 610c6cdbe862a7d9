import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { useSession } from '#ui/session.ts'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import type { MonthPage } from '../../shapes.ts'

type Station = MonthPage['stations'][number]

/** Where the rows of a station are: its waiting ones when there are any. */
function hrefOf(station: Station, month: string): string {
  const waits = station.waiting > 0
  switch (station.station) {
    case 'receive':
      return `/flows/batches?month=${month}`
    case 'read':
      return `/flows/batches?month=${month}${waits ? '&state=failed' : ''}`
    case 'map':
      return `/flows/batches?month=${month}${waits ? '&state=mapping' : ''}`
    case 'match':
      return waits ? `/flows/review?month=${month}` : `/flows/lines?month=${month}`
    case 'check':
      return waits ? `/flows/review?tab=issues&month=${month}` : `/flows/lines?month=${month}`
    case 'release':
      return `/attainment?from=${month}&to=${month}`
    default:
      return `/flows/lines?month=${month}&state=posted`
  }
}

const countsFiles = new Set(['receive', 'read', 'map'])

/** The month as a line of stations: what passed each, and what waits there. Every station opens its rows. */
export function StationRail({ page }: { page: MonthPage }) {
  const t = useText()
  // People of a territory see no files and no line before the release.
  const hasFiles = useSession().scope !== 'territory'
  const stations = page.stations.filter(({ station }) => hasFiles || !countsFiles.has(station))
  const past = (station: string) =>
    station === 'close' ? page.version_no > 0 : station === 'release' ? page.state === 'released' : undefined
  return (
    <ol className="qf-rail" aria-label={t('flows.stations')}>
      {stations.map((station) => {
        const done = past(station.station)
        const main = countsFiles.has(station.station)
          ? t('flows.files_n', { number: formatCount(station.file_count), count: station.file_count })
          : t('flows.lines_n', { number: formatCount(station.line_count), count: station.line_count })
        const waiting = countsFiles.has(station.station) ? 'flows.waiting_files_n' : 'flows.waiting_n'
        return (
          <li key={station.station} className={station.waiting > 0 ? 'qf-stop qf-stop-waits' : 'qf-stop'}>
            <LinkTo to={hrefOf(station, page.month)}>
              <span className="qf-stop-name">{t(`flows.station.${station.station}`)}</span>
              <span className="qc-num">{done === false ? '—' : main}</span>
              {done !== false && !countsFiles.has(station.station) && (
                <span className="qc-cut qc-num qf-stop-money">{formatMoney(station.amount_fen)}</span>
              )}
              {station.waiting > 0 ? (
                <StateTag tone="warn">{t(waiting, { number: formatCount(station.waiting) })}</StateTag>
              ) : done === false ? (
                <StateTag tone="neutral">{t('flows.not_yet')}</StateTag>
              ) : (
                <StateTag tone="good">
                  {t(done ? `flows.station_done.${station.station}` : 'flows.station_clear')}
                </StateTag>
              )}
              {station.waiting_amount_fen !== 0 && (
                <span className="qc-cut qc-num qc-warn qf-stop-money">
                  {formatMoney(station.waiting_amount_fen)}
                </span>
              )}
            </LinkTo>
          </li>
        )
      })}
    </ol>
  )
}
