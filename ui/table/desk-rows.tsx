import { Table, type TableProps } from 'antd'
import { type Key, type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react'
import { useText } from '../i18n.ts'
import { usePreferences } from '../preferences.ts'
import { type Column, cellOf, isFigure, widthOf } from './columns.tsx'
import { opensRow } from './row-keys.ts'
import type { TableState } from './use-table-state.ts'

type DeskRowsProps<Row> = {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  total: number
  state: TableState
  idOf: (row: Row) => string
  onOpen?: (row: Row) => void
  opened?: string
  picked?: readonly string[]
  onPick?: (ids: string[], rows: Row[]) => void
  rowClass?: (row: Row) => string
}

/** Rows on a desk: header and first column stay in sight, order by a click on the head. */
export function DeskRows<Row>(props: DeskRowsProps<Row>) {
  const { rows, columns, state, idOf, onOpen, onPick } = props
  const t = useText()
  const { density } = usePreferences()
  const classOf = (row: Row) => {
    const current = props.opened === idOf(row) ? 'qc-row-current' : ''
    return `${onOpen ? 'qc-row-open' : ''} ${current} ${props.rowClass?.(row) ?? ''}`
  }
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // antd repeats the heads, with their checkbox, in a hidden row that measures widths; no key may land there.
    for (const row of frame.current?.querySelectorAll<HTMLElement>('.ant-table-measure-row') ?? [])
      row.inert = true
  })
  return (
    <div ref={frame}>
      <Table<Row>
        size={density === 'compact' ? 'small' : 'medium'}
        rowKey={idOf}
        columns={tableColumns(columns, state.sort)}
        dataSource={rows}
        sticky={{ offsetHeader: 48 }}
        tableLayout="fixed"
        scroll={{ x: columns.reduce((sum, column) => sum + widthOf(column), onPick ? 44 : 0) }}
        rowSelection={
          onPick && {
            fixed: true,
            columnWidth: 44,
            preserveSelectedRowKeys: true,
            selectedRowKeys: [...(props.picked ?? [])],
            onChange: (keys, chosen) => onPick(keys.map(String), chosen),
            getTitleCheckboxProps: () => ({ 'aria-label': t('ui.select_page') }),
            getCheckboxProps: (row) => ({ 'aria-label': t('ui.select_row', { row: idOf(row) }) }) as never,
          }
        }
        rowClassName={classOf}
        onRow={(row, place = 0) => rowProps(row, place, onOpen)}
        onChange={(_pages, _filters, sorter, { action }) => {
          if (action === 'sort' && !Array.isArray(sorter)) state.sortBy(sortText(sorter))
        }}
        pagination={{
          current: state.page,
          pageSize: state.size,
          total: props.total,
          hideOnSinglePage: props.total <= 50,
          showSizeChanger: true,
          pageSizeOptions: [50, 100, 200],
          onChange: state.turnTo,
        }}
      />
    </div>
  )
}

/** Our columns in antd's words. The first of many stays in sight when scrolling sideways. */
export function tableColumns<Row>(columns: readonly Column<Row>[], sort: string): TableProps<Row>['columns'] {
  return columns.map((column, place) => ({
    key: column.key,
    title: column.title,
    ellipsis: { showTitle: false },
    onHeaderCell: () => ({ title: column.title }),
    width: widthOf(column),
    align: isFigure(column) ? ('end' as const) : undefined,
    fixed: place === 0 && columns.length > 3 ? ('start' as const) : undefined,
    sorter: column.sortable ?? false,
    sortOrder: sort === column.key ? 'ascend' : sort === `-${column.key}` ? 'descend' : null,
    showSorterTooltip: false,
    render: (_value: unknown, row: Row) => cellOf(row, column),
  }))
}

function sortText(sorter: { columnKey?: Key; order?: 'ascend' | 'descend' | null }): string {
  if (!sorter.order) return ''
  return sorter.order === 'descend' ? `-${String(sorter.columnKey)}` : String(sorter.columnKey)
}

function rowProps<Row>(row: Row, place: number, onOpen: ((row: Row) => void) | undefined) {
  return {
    'data-place': place,
    tabIndex: place === 0 ? 0 : -1,
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (onOpen && opensRow(event)) onOpen(row)
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.target !== event.currentTarget) return
      if (event.key === 'Enter') onOpen?.(row)
      if (event.key !== ' ') return
      event.preventDefault()
      event.currentTarget.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    },
  }
}
