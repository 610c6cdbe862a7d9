import { useText } from '#ui/i18n.ts'
import type { DistributorRow } from '../../shapes.ts'
import { KindPage } from '../kind/kind-page.tsx'
import { PriceTable } from '../price-table.tsx'
import { DistributorFacts } from './distributor-facts.tsx'
import { DistributorForm } from './distributor-form.tsx'
import { StandingButtons } from './standing-buttons.tsx'

export function DistributorPage() {
  const t = useText()
  return (
    <KindPage<DistributorRow>
      kind="distributors"
      actions={(row) => <StandingButtons row={row} />}
      tabs={(row) => [
        {
          key: 'prices',
          label: t('masterdata.prices'),
          children: <PriceTable name="distributor" query={{ distributor_id: row.id }} />,
        },
      ]}
      Facts={DistributorFacts}
      Form={DistributorForm}
    />
  )
}
