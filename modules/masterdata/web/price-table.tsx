import { Button } from 'antd'
import { useState } from 'react'
import type { Query } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { usePermission } from '#ui/session.ts'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { type PriceRow, type ProductRow, priceKinds } from '../shapes.ts'
import { CsvButton } from './list-actions.tsx'
import { PriceForm } from './price-form.tsx'
import { useWords } from './use-choices.ts'

/** At least two decimals, more where the price has them. */
const yuan = (price: string) => (/\.\d\d/.test(price) ? price : Number(price).toFixed(2))

type PriceTableProps = { name: string; query?: Query; product?: ProductRow; whole?: boolean }

/** Prices of everything, of one product or of one distributor. */
export function PriceTable({ name, query, product, whole }: PriceTableProps) {
  const t = useText()
  const kinds = useWords('price_kind', priceKinds)
  const mayWrite = usePermission('masterdata.write')
  const [form, setForm] = useState<PriceRow | 'new' | null>(null)
  const columns: Column<PriceRow>[] = [
    { key: 'product_name', title: t('masterdata.product'), sortable: true, width: 220 },
    { key: 'product_spec', title: t('masterdata.spec') },
    {
      key: 'kind',
      title: t('masterdata.price_kind'),
      width: 100,
      text: (row) => t(`masterdata.price_kind.${row.kind}`),
      render: (row) => t(`masterdata.price_kind.${row.kind}`),
    },
    {
      key: 'price',
      title: t('masterdata.price'),
      kind: 'quantity',
      sortable: true,
      width: 130,
      render: (row) => `¥${yuan(row.price)} / ${row.unit}`,
    },
    {
      key: 'province',
      title: t('masterdata.province'),
      sortable: true,
      width: 130,
      render: (row) => row.province || t('masterdata.all_provinces'),
      text: (row) => row.province || t('masterdata.all_provinces'),
    },
    {
      key: 'distributor_name',
      title: t('masterdata.distributor'),
      width: 200,
      render: (row) => row.distributor_name ?? t('masterdata.all_distributors'),
      text: (row) => row.distributor_name ?? t('masterdata.all_distributors'),
    },
    { key: 'valid_from', title: t('masterdata.valid_from'), kind: 'date', sortable: true },
    { key: 'valid_to', title: t('masterdata.valid_to'), kind: 'date' },
    { key: 'product_code', title: t('masterdata.code'), kind: 'code', sortable: true, hidden: true },
  ]
  return (
    <>
      <DataTable<PriceRow>
        name={`masterdata.prices.${name}`}
        path="/api/prices"
        query={query}
        columns={columns}
        phone={['product_name', 'price', 'province', 'distributor_name', 'valid_from']}
        search={product ? undefined : t('masterdata.search_products')}
        filters={[
          { key: 'kind', label: t('masterdata.price_kind'), kind: 'select', options: kinds },
          { key: 'on_day', label: t('masterdata.on_day'), kind: 'date' },
        ]}
        exportPath="/api/prices/export"
        actions={
          <>
            {whole && <CsvButton path="/api/prices/export" />}
            {mayWrite && !whole && (
              <Button onClick={() => setForm('new')}>{t('masterdata.new_price')}</Button>
            )}
          </>
        }
        onOpen={mayWrite ? (row) => setForm(row) : undefined}
        empty={
          <EmptyState
            title={t('masterdata.prices_empty')}
            text={t('masterdata.prices_empty_text')}
            action={mayWrite ? { text: t('masterdata.new_price'), run: () => setForm('new') } : undefined}
          />
        }
      />
      {form !== null && (
        <PriceForm
          open
          onClose={() => setForm(null)}
          row={form === 'new' ? undefined : form}
          product={product}
        />
      )}
    </>
  )
}
