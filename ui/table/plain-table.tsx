import { Table } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../i18n.ts'
import { usePhone } from '../use-phone.ts'
import { type Column, widthOf } from './columns.tsx'
import { tableColumns } from './desk-rows.tsx'
import { PhoneCards } from './phone-cards.tsx'
import { opensRow } from './row-keys.ts'

type PlainTableProps<Row> = {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  phone?: readonly string[]
  idOf?: (row: Row) => string
  onOpen?: (row: Row) => void
  empty?: ReactNode
}

/** Rows that are already here: the lines of an order, the aliases in a drawer. */
export function PlainTable<Row>({ rows, columns, phone, onOpen, empty, ...rest }: PlainTableProps<Row>) {
  const t = useText()
  const narrow = usePhone()
  const idOf = rest.idOf ?? ((row: Row) => String((row as { id: unknown }).id))
  if (rows.length === 0) return <p className="qc-muted">{empty ?? t('ui.nothing_yet')}</p>
  if (narrow && phone)
    return (
      <PhoneCards
        rows={rows}
        columns={columns}
        keys={phone}
        idOf={idOf}
        onOpen={onOpen}
        total={rows.length}
      />
    )
  return (
    <Table<Row>
      size="small"
      rowKey={idOf}
      columns={tableColumns(columns, '')}
      dataSource={[...rows]}
      tableLayout="fixed"
      scroll={{ x: columns.reduce((sum, column) => sum + widthOf(column), 0) }}
      rowClassName={onOpen ? 'qc-row-open' : ''}
      onRow={(row) => ({
        onClick: (event) => {
          if (onOpen && opensRow(event)) onOpen(row)
        },
      })}
      pagination={false}
    />
  )
}
