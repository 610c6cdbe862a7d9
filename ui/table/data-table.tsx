import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ZodType } from 'zod'
import type { ApiPath, Query } from '../api.ts'
import { useText } from '../i18n.ts'
import { EmptyState } from '../layout/empty-state.tsx'
import { ErrorState } from '../layout/error-state.tsx'
import { Skeleton } from '../layout/skeleton.tsx'
import { type ListAnswer, useList } from '../use-list.ts'
import { usePhone } from '../use-phone.ts'
import type { Column } from './columns.tsx'
import { type Filter, filterKeys } from './filter.ts'
import { Pager } from './pager.tsx'
import { PhoneCards } from './phone-cards.tsx'
import { moveInRows } from './row-keys.ts'
import { copyPicked, type Selection, useSelection } from './selection.ts'
import { Sheet } from './sheet.tsx'
import { BatchBar, Toolbar } from './toolbar.tsx'
import { useColumns } from './use-columns.ts'
import { type TableState, useTableState } from './use-table-state.ts'

export type DataTableProps<Row, Answer extends ListAnswer<Row> = ListAnswer<Row>> = {
  /** Under this name the browser remembers columns: `masterdata.institutions`. */
  name: string
  path: ApiPath
  columns: readonly Column<Row>[]
  /** Column keys of the phone's cards: heading first, then lines. */
  phone: readonly string[]
  shape?: ZodType<Answer>
  /** Always part of the question, never shown as a filter. */
  query?: Query
  filters?: readonly Filter[]
  /** Placeholder of the search box; without it there is none. */
  search?: string
  idOf?: (row: Row) => string
  onOpen?: (row: Row) => void
  /** The id shown in a drawer; ↑↓ then change what the drawer shows. */
  opened?: string
  batch?: (selection: Selection<Row>) => ReactNode
  /** Offers to take every row the filters find, when the server's deed accepts a query. */
  batchWhole?: boolean
  exportPath?: ApiPath
  /** Buttons beside the column choice. */
  actions?: ReactNode
  /** One line above the rows, from fields the answer carries beside `rows`. */
  totals?: (answer: Answer) => ReactNode
  /** Shown when nothing is there at all: what the page is for and the one next step. */
  empty?: ReactNode
  rowClass?: (row: Row) => string
  sort?: string
  size?: number
  /** When a page has two tables, the second one's address keys start with this. */
  prefix?: string
}

const ownId = (row: unknown): string => String((row as { id: unknown }).id)
const pageAnd = (ticked: readonly string[], page: readonly string[]) => [...new Set([...ticked, ...page])]
const noFilters: readonly Filter[] = []

/** A list from the server: page, order and filters in the address, cards on a phone, all reachable by keyboard. */
export function DataTable<Row, Answer extends ListAnswer<Row> = ListAnswer<Row>>(
  props: DataTableProps<Row, Answer>,
) {
  const { idOf = ownId, filters = noFilters, onOpen, opened, batch } = props
  const phone = usePhone()
  const choice = useColumns(props.name, props.columns)
  const state = useTableState({
    filterKeys: filterKeys(filters),
    prefix: props.prefix ?? '',
    sort: props.sort ?? '',
    size: props.size ?? 50,
  })
  const list = useList<Row, Answer>(props.path, props.shape, { ...props.query, ...state.query })
  const { rows = [], total = 0 } = list.data ?? {}
  const picks = useSelection<Row>(total, { ...props.query, ...state.filtersOnly })
  const { selection } = picks
  const common = { rows, idOf, onOpen }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the rows inside, which hold the focus
    <section
      className="qc-table"
      aria-busy={list.isFetching}
      onCopy={(event) => copyPicked(event, selection.rows, choice.visible)}
      onKeyDown={(event) => {
        const place = moveInRows(event, rows.length)
        const row = rows[place ?? -1]
        if (row && opened) onOpen?.(row)
      }}
    >
      <Toolbar
        {...props}
        filters={filters}
        state={state}
        choice={choice}
        onTicking={phone && batch && !picks.ticking && rows.length > 0 ? picks.startTicking : undefined}
        count={list.data && { total, capped: list.data.total_capped ?? false }}
        totals={list.data && props.totals?.(list.data)}
      />
      {batch && (selection.ids.length > 0 || picks.ticking) && (
        <BatchBar
          selection={selection}
          total={total}
          onPage={
            picks.ticking ? () => picks.pick(pageAnd(selection.ids, rows.map(idOf)), rows, idOf) : undefined
          }
          onWhole={props.batchWhole ? picks.pickWhole : undefined}
        >
          {selection.ids.length > 0 && batch(selection)}
        </BatchBar>
      )}
      <Condition list={list} state={state} empty={props.empty} />
      {rows.length > 0 &&
        (phone ? (
          <PhoneCards
            {...common}
            columns={choice.all}
            keys={props.phone}
            picked={picks.ticking ? selection.ids : undefined}
            onPick={batch && ((id) => picks.tick(id, rows, idOf))}
          />
        ) : (
          <Sheet
            {...common}
            name={props.name}
            columns={choice.visible}
            sort={state.sort}
            onSort={state.sortBy}
            opened={opened}
            picked={selection.ids}
            onPick={batch && ((ids) => picks.pick(ids, rows, idOf))}
            rowClass={props.rowClass}
          />
        ))}
      <Pager state={state} total={total} />
    </section>
  )
}

type ConditionProps = { list: UseQueryResult<ListAnswer<unknown>>; state: TableState; empty: ReactNode }

/** How the list stands when there is more to say than its rows: waiting, failed, or empty for one of two reasons. */
function Condition({ list, state, empty }: ConditionProps) {
  const t = useText()
  const isOld = list.isPlaceholderData && list.data.rows.length === 0
  if (list.isPending || isOld) return <Skeleton lines={8} />
  if (list.isError)
    return (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} small={list.data !== undefined} />
    )
  if (list.data.rows.length > 0) return list.isFetching ? <div className="qc-loading-line" /> : null
  if (state.active === 0) return empty ?? <EmptyState title={t('ui.nothing_yet')} />
  const clear = { text: t('ui.clear_filters'), run: state.clear }
  return <EmptyState title={t('ui.nothing_found')} action={clear} />
}
