import { useText } from '#ui/i18n.ts'
import { Fields } from '#ui/layout/fields.tsx'
import { CopyId } from '#ui/show/copy-id.tsx'
import { DateText } from '#ui/show/figures.tsx'
import type { ProductRow } from '../../shapes.ts'
import { useGroupNames } from '../use-choices.ts'

/** The essentials of a product, in drawer and page alike. */
export function ProductFacts({ row }: { row: ProductRow }) {
  const t = useText()
  const groupName = useGroupNames()
  const ladder = row.units
    .filter(({ unit }) => unit !== row.base_unit)
    .map(({ unit, factor }) => `1 ${unit} = ${factor} ${row.base_unit}`)
    .join('；')
  return (
    <Fields
      lines={[
        { label: t('masterdata.code'), value: <CopyId value={row.code} /> },
        { label: t('masterdata.spec'), value: row.spec },
        { label: t('masterdata.generic_name'), value: row.generic_name },
        { label: t('masterdata.manufacturer'), value: row.manufacturer },
        { label: t('masterdata.aliases'), value: row.aliases.join('、'), wide: true },
        { label: t('masterdata.base_unit'), value: row.base_unit },
        { label: t('masterdata.units'), value: ladder },
        { label: t('masterdata.product_group'), value: groupName(row.product_group) },
        {
          label: t('masterdata.device_class'),
          value: row.device_class && t(`masterdata.device_class.${row.device_class}`),
        },
        { label: t('masterdata.approval_no'), value: row.approval_no },
        {
          label: t('masterdata.approval_expires_on'),
          value: row.approval_expires_on && <DateText value={row.approval_expires_on} />,
        },
        { label: 'UDI-DI', value: row.udi_di && <CopyId value={row.udi_di} /> },
        { label: t('masterdata.tags'), value: row.tags.join('、') },
        { label: t('masterdata.changed_at'), value: <DateText value={row.changed_at} moment /> },
      ]}
    />
  )
}
