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
import { DeskRows } from './desk-rows.tsx'
import { type Filter, filterKeys } from './filter.ts'
import { PhoneCards } from './phone-cards.tsx'
import { moveInRows } from './row-keys.ts'
import { copyPicked, type Selection, useSelection } from './selection.ts'
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
  const rows = list.data?.rows ?? []
  const total = list.data?.total ?? 0
  const picks = useSelection<Row>(total, { ...props.query, ...state.filtersOnly })
  const { selection } = picks
  const common = { rows, total, idOf, onOpen, state }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the rows inside, which hold the focus
    <section
      className="qc-table"
      aria-busy={list.isFetching}
      onCopy={(event) => copyPicked(event, selection.rows, choice.visible)}
      onKeyDown={(event) => {
        const place = moveInRows(event, rows.length)
        const row = place === null ? undefined : rows[place]
        if (row && opened) onOpen?.(row)
      }}
    >
      <Toolbar
        {...props}
        filters={filters}
        state={state}
        choice={choice}
        count={list.data && { total, capped: list.data.total_capped ?? false }}
        totals={list.data && props.totals?.(list.data)}
      />
      {list.isFetching && !list.isPending && <div className="qc-loading-line" />}
      {list.isError && list.data && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} small />
      )}
      {batch && selection.ids.length > 0 && (
        <BatchBar
          selection={selection}
          total={total}
          onWhole={props.batchWhole ? picks.pickWhole : undefined}
        >
          {batch(selection)}
        </BatchBar>
      )}
      {list.isPending && <Skeleton lines={8} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && <NoRows state={state} empty={props.empty} />}
      {rows.length > 0 &&
        (phone ? (
          <PhoneCards {...common} columns={choice.all} keys={props.phone} />
        ) : (
          <DeskRows
            {...common}
            columns={choice.visible}
            opened={opened}
            picked={selection.ids}
            onPick={batch && picks.pick}
            rowClass={props.rowClass}
          />
        ))}
    </section>
  )
}

/** Nothing at all, or nothing that fits the filters: two different things to say. */
function NoRows({ state, empty }: { state: TableState; empty: ReactNode }) {
  const t = useText()
  if (state.active === 0) return empty ?? <EmptyState title={t('ui.nothing_yet')} />
  const clear = { text: t('ui.clear_filters'), run: state.clear }
  return <EmptyState title={t('ui.nothing_found')} action={clear} />
}
