import { AutoComplete, type FormInstance, Input, Select } from 'antd'
import { DayInput } from '#ui/form/day-input.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { deviceClasses, type ProductRow, productInput } from '../../shapes.ts'
import { KindForm, type KindFormProps } from '../kind/kind-form.tsx'
import { useCodeList, useWords } from '../use-choices.ts'
import { WordsInput } from '../words-input.tsx'
import { UnitLadderInput } from './unit-ladder-input.tsx'

const FRESH = { aliases: [], units: [], tags: [] }

export function ProductForm(props: KindFormProps<ProductRow>) {
  const t = useText()
  const groups = useCodeList('product-group')
  const classes = useWords('device_class', deviceClasses)
  return (
    <KindForm {...props} kind="products" one="product" shape={productInput} fresh={FRESH} watch="base_unit">
      {(_form: FormInstance, baseUnit: unknown) => (
        <>
          <Field name="name" label={t('masterdata.name')} wide>
            <Input autoFocus />
          </Field>
          <Field name="code" label={t('masterdata.code')}>
            <Input />
          </Field>
          <Field name="spec" label={t('masterdata.spec')}>
            <Input />
          </Field>
          <Field name="generic_name" label={t('masterdata.generic_name')}>
            <Input />
          </Field>
          <Field name="manufacturer" label={t('masterdata.manufacturer')}>
            <Input />
          </Field>
          <Field name="aliases" label={t('masterdata.aliases')} help={t('masterdata.aliases_help')} wide>
            <WordsInput />
          </Field>
          <Field name="base_unit" label={t('masterdata.base_unit')} help={t('masterdata.base_unit_help')}>
            <Input />
          </Field>
          <Field name="product_group" label={t('masterdata.product_group')}>
            <AutoComplete options={groups} />
          </Field>
          <Field name="units" label={t('masterdata.units')} wide>
            <UnitLadderInput baseUnit={typeof baseUnit === 'string' ? baseUnit : ''} />
          </Field>
          <Field name="device_class" label={t('masterdata.device_class')}>
            <Select options={classes} allowClear />
          </Field>
          <Field name="udi_di" label="UDI-DI">
            <Input />
          </Field>
          <Field name="tags" label={t('masterdata.tags')} wide>
            <WordsInput />
          </Field>
          <Field name="approval_no" label={t('masterdata.approval_no')}>
            <Input />
          </Field>
          <Field name="approval_expires_on" label={t('masterdata.approval_expires_on')}>
            <DayInput />
          </Field>
        </>
      )}
    </KindForm>
  )
}
