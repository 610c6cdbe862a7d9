import { useText } from '#ui/i18n.ts'
import { Fields } from '#ui/layout/fields.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { CopyId } from '#ui/show/copy-id.tsx'
import { DateText } from '#ui/show/figures.tsx'
import type { InstitutionRow } from '../../shapes.ts'

/** The essentials of an institution, in drawer and page alike. */
export function InstitutionFacts({ row }: { row: InstitutionRow }) {
  const t = useText()
  const place = [row.province, row.city, row.county].filter(Boolean).join(' ')
  return (
    <Fields
      lines={[
        { label: t('masterdata.code'), value: <CopyId value={row.code} /> },
        {
          label: t('masterdata.kind'),
          value: [t(`masterdata.kind.${row.kind}`), row.category].filter(Boolean).join(' · '),
        },
        { label: t('masterdata.aliases'), value: row.aliases.join('、'), wide: row.aliases.length > 2 },
        { label: t('masterdata.level'), value: row.level },
        { label: t('masterdata.segment'), value: row.segment },
        { label: t('masterdata.tags'), value: row.tags.join('、') },
        { label: t('masterdata.place'), value: place },
        { label: t('masterdata.region_code'), value: row.region_code },
        { label: t('masterdata.address'), value: row.address, wide: true },
        { label: t('masterdata.tax_id'), value: row.tax_id },
        {
          label: t('masterdata.parent'),
          value: row.parent_id && <LinkTo to={`/institutions/${row.parent_id}`}>{row.parent_name}</LinkTo>,
        },
        { label: t('masterdata.changed_at'), value: <DateText value={row.changed_at} moment /> },
      ]}
    />
  )
}
