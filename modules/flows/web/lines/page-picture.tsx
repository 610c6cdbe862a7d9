import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useText } from '#ui/i18n.ts'
import type { PrintedRow } from '../../shapes.ts'
import './page-picture.css'
import { cellBeside, type PictureCell, showCell, zoomToRead } from './picture-cells.ts'

type PagePictureProps = {
  batchId: string
  /** 1-based. */
  page: number
  /** Rows read from the file; those of other pages are left out. */
  rows: readonly PrintedRow[]
  /** The row that is spoken of: its cells are outlined. */
  framed?: number
  /** What a column is taken for. */
  nameOf: (column: number) => string
  active: PictureCell | null
  onActive: (cell: PictureCell | null) => void
}

const ZOOM = { least: 1, most: 4, step: 0.5 }

/** The page as it was sent in, and on it the cells that were read: pointing at one here points at it in the table, and back. */
export function PagePicture({ batchId, page, rows, framed, nameOf, active, onActive }: PagePictureProps) {
  const t = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  const [failed, setFailed] = useState(false)
  const [zoom, setZoom] = useState<number>(ZOOM.least)
  const printed = rows.filter((row) => row.page === page && row.boxes)
  const first = printed.find((row) => row.row === framed) ?? printed[0]
  const at = active ?? (first ? { row: first.row, column: first.boxes?.findIndex(Boolean) ?? 0 } : null)

  // To the row when the picture is there or its size changes, then to whichever cell is pointed at elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new size moves the cells
  useLayoutEffect(() => showCell(scroller.current, '[tabindex="0"]'), [size, zoom])
  useLayoutEffect(() => {
    if (active) showCell(scroller.current, '[data-active]')
  }, [active])

  const onKeyDown = (event: KeyboardEvent) => {
    const next = at && cellBeside(printed, at, event.key)
    if (!next) return
    event.preventDefault()
    onActive(next)
    const box = scroller.current?.querySelector(`[data-cell="${next.row} ${next.column}"]`)
    if (box instanceof HTMLElement) box.focus({ preventScroll: true })
  }
  if (failed)
    return (
      <p className="qc-muted" role="alert">
        {t('flows.page_failed')}
      </p>
    )
  return (
    <div className="qf-page">
      <div className="qf-page-bar">
        <span className="qc-muted">{t('flows.page_of', { page })}</span>
        <span className="qc-grow" />
        {[
          { key: 'page_smaller', icon: <MinusOutlined />, by: -ZOOM.step, off: zoom <= ZOOM.least },
          { key: 'page_larger', icon: <PlusOutlined />, by: ZOOM.step, off: zoom >= ZOOM.most },
        ].map(({ key, icon, by, off }) => (
          <Button
            key={key}
            size="small"
            icon={icon}
            disabled={off}
            aria-label={t(`flows.${key}`)}
            onClick={() => setZoom(Math.min(ZOOM.most, Math.max(ZOOM.least, zoom + by)))}
          />
        ))}
      </div>
      <section ref={scroller} className="qf-page-scroll" aria-label={t('flows.page_cells')}>
        <div className="qf-page-sheet" style={{ width: `${zoom * 100}%` }}>
          <img
            src={`/api/flow-batches/${batchId}/pages/${page}`}
            alt={t('flows.page_alt', { page })}
            onError={() => setFailed(true)}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
              setSize({ width, height })
              const fit = zoomToRead(first, width, scroller.current?.clientWidth ?? width)
              setZoom(Math.min(ZOOM.most, Math.max(ZOOM.least, Math.ceil(fit / ZOOM.step) * ZOOM.step)))
            }}
          />
          {!size && <p className="qc-muted qf-page-wait">{t('flows.page_loading')}</p>}
          {size &&
            printed.map((row) =>
              row.boxes?.map((box, column) => {
                if (!box) return null
                const here = at?.row === row.row && at.column === column
                const shown = active?.row === row.row && active.column === column
                const [left, top, right, bottom] = box
                return (
                  <button
                    type="button"
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its number
                    key={column}
                    data-cell={`${row.row} ${column}`}
                    className="qf-page-box"
                    data-framed={row.row === framed || undefined}
                    data-active={shown || undefined}
                    tabIndex={here ? 0 : -1}
                    aria-label={`${nameOf(column)} ${row.cells[column] ?? ''}`}
                    style={{
                      left: `${(left / size.width) * 100}%`,
                      top: `${(top / size.height) * 100}%`,
                      width: `${((right - left) / size.width) * 100}%`,
                      height: `${((bottom - top) / size.height) * 100}%`,
                    }}
                    onMouseEnter={() => onActive({ row: row.row, column })}
                    onMouseLeave={() => onActive(null)}
                    onFocus={() => onActive({ row: row.row, column })}
                    onClick={() => onActive({ row: row.row, column })}
                    onKeyDown={onKeyDown}
                  />
                )
              }),
            )}
        </div>
      </section>
    </div>
  )
}
