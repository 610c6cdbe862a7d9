import { useText } from '#ui/i18n.ts'
import type { ProductRow } from '../../shapes.ts'
import { KindPage } from '../kind/kind-page.tsx'
import { PriceTable } from '../price-table.tsx'
import { RetireButton } from '../retire-button.tsx'
import { ProductFacts } from './product-facts.tsx'
import { ProductForm } from './product-form.tsx'

export function ProductPage() {
  const t = useText()
  return (
    <KindPage<ProductRow>
      kind="products"
      beside={(row) => <span className="qc-muted">{row.spec}</span>}
      actions={(row) => (
        <RetireButton path={`/api/products/${row.id}`} row={row} refresh={['/api/products']} />
      )}
      tabs={(row) => [
        {
          key: 'prices',
          label: t('masterdata.prices'),
          children: <PriceTable name="product" query={{ product_id: row.id }} product={row} />,
        },
      ]}
      Facts={ProductFacts}
      Form={ProductForm}
    />
  )
}
