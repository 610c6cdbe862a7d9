import { useLayoutEffect, useRef } from 'react'
import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { formatMoment } from '#ui/show/format.ts'
import type { LineLife } from '../../shapes.ts'

/** The line's own row framed among its neighbours, as the sheet printed it, with what each column is taken for. */
export function SheetPicture({ life }: { life: LineLife }) {
  const t = useText()
  const { file, cells } = life
  const rows =
    life.around.length > 0 ? life.around : [{ row: file.row, cells: cells.map(({ text }) => text) }]
  const scroller = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const framed = scroller.current?.querySelector('.qf-framed')
    if (framed instanceof HTMLElement && scroller.current)
      scroller.current.scrollTop = framed.offsetTop - scroller.current.clientHeight / 2
  })
  return (
    <Section
      title={t('flows.sheet_picture')}
      beside={<LinkTo to={`/flows/batches/${life.line.batch_id}`}>{t('flows.open_file')}</LinkTo>}
    >
      <p className="qc-muted">
        {t('flows.sheet_where', { file: file.file_name, sheet: file.sheet, row: file.row })}
        {' · '}
        {t('flows.sheet_received', {
          at: formatMoment(file.received_at),
          by: file.received_by ?? '—',
          channel: t(`flows.channel.${file.channel}`, { defaultValue: file.channel }),
        })}
      </p>
      {life.around.length === 0 && <p className="qc-muted">{t('flows.sheet_own_only')}</p>}
      <section
        className="qf-scroll qf-picture"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={file.file_name}
      >
        <table className="qf-sheet">
          <thead>
            <tr>
              <th className="qf-sheet-row" scope="col">
                {t('flows.row')}
              </th>
              {cells.map((cell) => (
                <th key={cell.column} scope="col" className={cell.field ? 'qf-cell-sure' : 'qf-cell-off'}>
                  <div>{cell.header || '—'}</div>
                  <div className="qf-cell-field">
                    {cell.field ? t(`flows.field.${cell.field}`, { defaultValue: cell.field }) : ' '}
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, cells: texts }) => {
              const own = row === file.row
              return (
                <tr key={row} className={own ? 'qf-framed' : undefined} aria-current={own || undefined}>
                  <th scope="row" className="qf-sheet-row">
                    {row}
                  </th>
                  {cells.map((cell) => (
                    <td
                      key={cell.column}
                      className={cell.field ? 'qf-cell-sure' : 'qf-cell-off'}
                      title={texts[cell.column]}
                    >
                      {texts[cell.column]}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </Section>
  )
}
