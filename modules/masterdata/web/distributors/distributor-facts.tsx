import { useText } from '#ui/i18n.ts'
import { Fields } from '#ui/layout/fields.tsx'
import { CopyId } from '#ui/show/copy-id.tsx'
import { DateText } from '#ui/show/figures.tsx'
import type { DistributorRow } from '../../shapes.ts'
import { ContactLine } from './contact-line.tsx'

/** The essentials of a distributor, in drawer and page alike. */
export function DistributorFacts({ row }: { row: DistributorRow }) {
  const t = useText()
  return (
    <Fields
      lines={[
        { label: t('masterdata.code'), value: <CopyId value={row.code} /> },
        { label: t('masterdata.short_name'), value: row.short_name },
        { label: t('masterdata.aliases'), value: row.aliases.join('、'), wide: true },
        { label: t('masterdata.tier'), value: t(`masterdata.tier.${row.tier}`) },
        { label: t('masterdata.place'), value: [row.province, row.city].filter(Boolean).join(' ') },
        { label: t('masterdata.flow_owner'), value: row.flow_owner },
        {
          label: t('masterdata.contact_name'),
          value: (row.contact_name || row.contact_phone) && <ContactLine row={row} />,
        },
        { label: t('masterdata.tax_id'), value: row.tax_id && <CopyId value={row.tax_id} /> },
        { label: t('masterdata.tags'), value: row.tags.join('、') },
        { label: t('masterdata.changed_at'), value: <DateText value={row.changed_at} moment /> },
      ]}
    />
  )
}
