import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { type ChangeEvent, memo, type ReactNode, useLayoutEffect, useRef } from 'react'
import { useText } from '../i18n.ts'
import { type Column, cellOf, isFigure, widthOf } from './columns.tsx'
import { rowProps } from './row-keys.ts'

type SheetProps<Row> = {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  idOf: (row: Row) => string
  sort?: string
  onSort?: (sort: string) => void
  onOpen?: (row: Row) => void
  opened?: string
  picked?: readonly string[]
  onPick?: (ids: string[]) => void
  rowClass?: (row: Row) => string
  /** Scrolls in itself, so that header and first column stay in sight; its place is kept under this name. */
  name?: string
}

const pickWidth = 44

/**
 * Rows on a desk. A plain HTML table: the browser lays it out at once, marking and copying work as everywhere,
 * and the header and the first column stay in sight.
 */
export function Sheet<Row>(props: SheetProps<Row>) {
  const { rows, columns, idOf, picked = [], onPick } = props
  const frame = useRef<HTMLDivElement>(null)
  useRoomBelow(frame, props.name !== undefined)
  const toggle = (id: string) =>
    onPick?.(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id])
  const width = columns.reduce((sum, column) => sum + widthOf(column), onPick ? pickWidth : 0)
  return (
    <div ref={frame} className="qc-sheet" data-scroll-restoration-id={props.name && `sheet ${props.name}`}>
      <table style={{ minWidth: width }} className={columns.length > 3 ? 'qc-fix-first' : undefined}>
        <colgroup>
          {onPick && <col style={{ width: pickWidth }} />}
          {columns.map((column) => (
            <col key={column.key} style={{ width: widthOf(column) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {onPick && <PickPage ids={rows.map(idOf)} picked={picked} onPick={onPick} />}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => {
            const id = idOf(row)
            const isPicked = picked.includes(id)
            const marks = [
              props.onOpen && 'qc-row-open',
              props.opened === id && 'qc-row-current',
              isPicked && 'qc-row-picked',
              props.rowClass?.(row),
            ]
            return (
              <tr
                key={id}
                className={marks.filter(Boolean).join(' ')}
                {...rowProps(row, place, props.onOpen)}
              >
                {onPick && <PickRow id={id} name={idOf(row)} isPicked={isPicked} onToggle={toggle} />}
                <Cells row={row} columns={columns as readonly Column<unknown>[]} />
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Drawn again only when the row or the columns change, not when another row is ticked or opened. */
const Cells = memo(({ row, columns }: { row: unknown; columns: readonly Column<unknown>[] }) => (
  <>
    {columns.map((column) => (
      <td key={column.key} className={isFigure(column) ? 'qc-figure' : undefined}>
        {cellOf(row, column)}
      </td>
    ))}
  </>
))

type HeadProps<Row> = { column: Column<Row>; sort?: string; onSort?: (sort: string) => void }

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const { key, title } = column
  const direction = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined
  const next = direction === undefined ? key : direction === 'ascending' ? `-${key}` : ''
  const arrow: ReactNode =
    direction === 'ascending' ? (
      <ArrowUpOutlined />
    ) : direction === 'descending' ? (
      <ArrowDownOutlined />
    ) : null
  return (
    <th scope="col" className={isFigure(column) ? 'qc-figure' : undefined} aria-sort={direction}>
      {column.sortable && onSort ? (
        <button type="button" className="qc-sort" title={title} onClick={() => onSort(next)}>
          <span className="qc-cut">{title}</span>
          <span aria-hidden className="qc-sort-mark">
            {arrow ?? <ArrowUpOutlined />}
          </span>
        </button>
      ) : (
        <span className="qc-cut" title={title}>
          {title}
        </span>
      )}
    </th>
  )
}

type PickPageProps = { ids: readonly string[]; picked: readonly string[]; onPick: (ids: string[]) => void }

function PickPage({ ids, picked, onPick }: PickPageProps) {
  const t = useText()
  const here = ids.filter((id) => picked.includes(id)).length
  const elsewhere = picked.filter((id) => !ids.includes(id))
  return (
    <th className="qc-pick">
      <label>
        <input
          type="checkbox"
          aria-label={t('ui.select_page')}
          checked={here > 0 && here === ids.length}
          ref={(box) => {
            if (box) box.indeterminate = here > 0 && here < ids.length
          }}
          onChange={(event: ChangeEvent<HTMLInputElement>) =>
            onPick(event.target.checked ? [...elsewhere, ...ids] : elsewhere)
          }
        />
      </label>
    </th>
  )
}

type PickRowProps = { id: string; name: string; isPicked: boolean; onToggle: (id: string) => void }

function PickRow({ id, name, isPicked, onToggle }: PickRowProps) {
  const t = useText()
  return (
    <td className="qc-pick">
      <label>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={t('ui.select_row', { row: name })}
          checked={isPicked}
          onChange={() => onToggle(id)}
        />
      </label>
    </td>
  )
}

/** Gives the sheet the height that is left below it on the screen, so that only the rows scroll. */
function useRoomBelow(frame: React.RefObject<HTMLDivElement | null>, wanted: boolean): void {
  useLayoutEffect(() => {
    const element = frame.current
    if (!element || !wanted) return
    const measure = () => {
      const top = element.getBoundingClientRect().top + scrollY
      element.style.maxHeight = `${Math.max(320, innerHeight - top - 64)}px`
    }
    measure()
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  })
}
