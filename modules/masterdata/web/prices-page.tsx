import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { ListActions } from './list-actions.tsx'
import { PriceForm } from './price-form.tsx'
import { PriceTable } from './price-table.tsx'

export function PricesPage() {
  const t = useText()
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHeader
        title={t('masterdata.prices')}
        text={t('masterdata.prices_text')}
        actions={
          <ListActions kind="prices" onNew={() => setAdding(true)} newText={t('masterdata.new_price')} />
        }
      />
      <PriceTable name="all" whole />
      {adding && <PriceForm open onClose={() => setAdding(false)} />}
    </>
  )
}
