import { AutoComplete } from 'antd'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { useCodeList } from './use-choices.ts'

/** The product group that a relation is for; '*' means all. */
export function ProductGroupField() {
  const t = useText()
  const groups = useCodeList('product-group')
  return (
    <Field name="product_group" label={t('masterdata.product_group')} help={t('masterdata.all_groups_help')}>
      <AutoComplete options={[{ value: '*', label: t('masterdata.all_groups') }, ...groups]} />
    </Field>
  )
}
