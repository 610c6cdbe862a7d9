import type { ReactNode } from 'react'
import { useText } from '../i18n.ts'
import { usePhone } from '../use-phone.ts'
import type { Column } from './columns.tsx'
import { PhoneCards } from './phone-cards.tsx'
import { Sheet } from './sheet.tsx'

type PlainTableProps<Row> = {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  phone?: readonly string[]
  idOf?: (row: Row) => string
  onOpen?: (row: Row) => void
  rowClass?: (row: Row) => string
  empty?: ReactNode
}

/** Rows that are already here: the lines of an order, the aliases in a drawer. */
export function PlainTable<Row>({
  rows,
  columns,
  phone,
  onOpen,
  rowClass,
  empty,
  ...rest
}: PlainTableProps<Row>) {
  const t = useText()
  const narrow = usePhone()
  const idOf = rest.idOf ?? ((row: Row) => String((row as { id: unknown }).id))
  if (rows.length === 0) return <p className="qc-muted">{empty ?? t('ui.nothing_yet')}</p>
  const common = { rows, columns, idOf, onOpen }
  return narrow && phone ? <PhoneCards {...common} keys={phone} /> : <Sheet {...common} rowClass={rowClass} />
}
