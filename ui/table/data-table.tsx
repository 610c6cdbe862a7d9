import { Table, type TableProps } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ZodType } from 'zod'
import type { ApiPath, Query } from '../api.ts'
import { useText } from '../i18n.ts'
import { EmptyState } from '../layout/empty-state.tsx'
import { ErrorState } from '../layout/error-state.tsx'
import { Skeleton } from '../layout/skeleton.tsx'
import { usePreferences } from '../preferences.ts'
import { type ListAnswer, useList } from '../use-list.ts'
import { usePhone } from '../use-phone.ts'
import { type Column, cellOf, isFigure, widthOf } from './columns.tsx'
import { copyRows } from './copy-rows.ts'
import { type Filter, filterKeys } from './filters.tsx'
import { PhoneCards } from './phone-cards.tsx'
import { moveInRows, opensRow } from './row-keys.ts'
import { BatchBar, Toolbar } from './toolbar.tsx'
import { useColumns } from './use-columns.ts'
import { useTableState } from './use-table-state.ts'

/** What was ticked. `whole` means every row that `query` finds, not only the loaded ones. */
export type Selection<Row> = {
  ids: string[]
  rows: Row[]
  whole: boolean
  count: number
  query: Query
  clear: () => void
}

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

/** A list from the server: page, order and filters in the address, cards on a phone, all reachable by keyboard. */
export function DataTable<Row, Answer extends ListAnswer<Row> = ListAnswer<Row>>(
  props: DataTableProps<Row, Answer>,
) {
  const { idOf = ownId, filters = [], onOpen, opened } = props
  const t = useText()
  const phone = usePhone()
  const { density } = usePreferences()
  const choice = useColumns(props.name, props.columns)
  const state = useTableState({
    filterKeys: filterKeys(filters),
    prefix: props.prefix ?? '',
    sort: props.sort ?? '',
    size: props.size ?? 50,
  })
  const list = useList<Row, Answer>(props.path, props.shape, { ...props.query, ...state.query })
  const [picked, setPicked] = useState<{ ids: string[]; rows: Row[]; whole: boolean }>(nothingPicked)
  const rows = list.data?.rows ?? []
  const total = list.data?.total ?? 0

  const selection: Selection<Row> = {
    ...picked,
    count: picked.whole ? total : picked.ids.length,
    query: { ...props.query, ...state.filtersOnly },
    clear: () => setPicked(nothingPicked()),
  }
  const copy = (event: React.ClipboardEvent) => {
    const marked = globalThis.getSelection()?.toString() ?? ''
    if (marked !== '' || picked.rows.length === 0) return
    const { html, text } = copyRows(picked.rows, choice.visible)
    event.clipboardData.setData('text/html', html)
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
  }

  const body = () => {
    if (list.isPending) return <Skeleton lines={8} />
    if (list.isError && !list.data)
      return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    if (rows.length === 0 && state.active === 0)
      return props.empty ?? <EmptyState title={t('ui.nothing_yet')} />
    if (rows.length === 0)
      return (
        <EmptyState
          title={t('ui.nothing_found')}
          action={{ text: t('ui.clear_filters'), run: state.clear }}
        />
      )
    if (phone)
      return (
        <PhoneCards
          rows={rows}
          columns={choice.all}
          keys={props.phone}
          idOf={idOf}
          onOpen={onOpen}
          page={state.page}
          size={state.size}
          total={total}
          onTurn={(page) => state.turnTo(page, state.size)}
        />
      )
    return (
      <Table<Row>
        size={density === 'compact' ? 'small' : 'middle'}
        rowKey={idOf}
        columns={tableColumns(choice.visible, state.sort)}
        dataSource={rows}
        sticky={{ offsetHeader: 48 }}
        tableLayout="fixed"
        scroll={{ x: choice.visible.reduce((sum, column) => sum + widthOf(column), 48) }}
        rowSelection={
          props.batch && {
            fixed: true,
            columnWidth: 44,
            preserveSelectedRowKeys: true,
            selectedRowKeys: picked.ids,
            onChange: (keys, chosen) => setPicked({ ids: keys.map(String), rows: chosen, whole: false }),
            getCheckboxProps: (row) => ({ 'aria-label': t('ui.select_row', { row: idOf(row) }) }) as never,
          }
        }
        rowClassName={(row) =>
          `${onOpen ? 'qc-row-open' : ''} ${opened === idOf(row) ? 'qc-row-current' : ''} ${props.rowClass?.(row) ?? ''}`
        }
        onRow={(row, place = 0) => rowProps(row, place, onOpen)}
        onChange={(_pages, _filters, sorter, { action }) => {
          if (action === 'sort' && !Array.isArray(sorter)) state.sortBy(sortText(sorter))
        }}
        pagination={{
          current: state.page,
          pageSize: state.size,
          total,
          hideOnSinglePage: total <= 50,
          showSizeChanger: true,
          pageSizeOptions: [50, 100, 200],
          onChange: state.turnTo,
        }}
      />
    )
  }

  return (
    <section
      className="qc-table"
      aria-busy={list.isFetching}
      onCopy={copy}
      onKeyDown={(event) => {
        const place = moveInRows(event, rows.length)
        const row = place === null ? undefined : rows[place]
        if (row && opened && onOpen) onOpen(row)
      }}
    >
      <Toolbar
        {...props}
        filters={filters}
        state={state}
        choice={choice}
        count={list.data ? { total, capped: list.data.total_capped ?? false } : undefined}
        totals={list.data && props.totals?.(list.data)}
      />
      {list.isFetching && !list.isPending && <div className="qc-loading-line" />}
      {list.isError && list.data && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} small />
      )}
      {props.batch && picked.ids.length > 0 && (
        <BatchBar
          selection={selection}
          total={total}
          onWhole={props.batchWhole ? () => setPicked({ ...picked, whole: true }) : undefined}
        >
          {props.batch(selection)}
        </BatchBar>
      )}
      {body()}
    </section>
  )
}

const nothingPicked = <Row,>() => ({ ids: [] as string[], rows: [] as Row[], whole: false })

export function tableColumns<Row>(columns: readonly Column<Row>[], sort: string): TableProps<Row>['columns'] {
  return columns.map((column, place) => ({
    key: column.key,
    title: (
      <span className="qc-cut" title={column.title}>
        {column.title}
      </span>
    ),
    width: widthOf(column),
    align: isFigure(column) ? ('end' as const) : undefined,
    fixed: place === 0 && columns.length > 3 ? ('start' as const) : undefined,
    sorter: column.sortable ?? false,
    sortOrder: sort === column.key ? 'ascend' : sort === `-${column.key}` ? 'descend' : null,
    showSorterTooltip: false,
    render: (_value: unknown, row: Row) => cellOf(row, column),
  }))
}

function sortText(sorter: { columnKey?: React.Key; order?: 'ascend' | 'descend' | null }): string {
  if (!sorter.order) return ''
  return sorter.order === 'descend' ? `-${String(sorter.columnKey)}` : String(sorter.columnKey)
}

function rowProps<Row>(row: Row, place: number, onOpen: ((row: Row) => void) | undefined) {
  return {
    'data-place': place,
    tabIndex: place === 0 ? 0 : -1,
    onClick: (event: React.MouseEvent<HTMLElement>) => {
      if (onOpen && opensRow(event)) onOpen(row)
    },
    onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => {
      if (event.target !== event.currentTarget) return
      if (event.key === 'Enter') onOpen?.(row)
      if (event.key !== ' ') return
      event.preventDefault()
      event.currentTarget.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    },
  }
}
