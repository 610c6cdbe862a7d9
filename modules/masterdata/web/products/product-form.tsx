import { AutoComplete, type FormInstance, Input, Select } from 'antd'
import { api } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { deviceClasses, type ProductRow, productInput } from '../../shapes.ts'
import { useCodeList, useWords } from '../use-choices.ts'
import { WordsInput } from '../words-input.tsx'
import { UnitLadderInput } from './unit-ladder-input.tsx'

type ProductFormProps = {
  open: boolean
  onClose: () => void
  row?: ProductRow
  onSaved?: (id: string) => void
}

export function ProductForm({ open, onClose, row, onSaved }: ProductFormProps) {
  const t = useText()
  const groups = useCodeList('product-group')
  const classes = useWords('device_class', deviceClasses)
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={row ? t('masterdata.edit_of', { name: row.name }) : t('masterdata.new_product')}
      shape={productInput}
      initial={row ?? { aliases: [], units: [] }}
      columns={2}
      watch="base_unit"
      size={640}
      refresh={['/api/products']}
      submit={async (values) =>
        row
          ? await api.put(`/api/products/${row.id}`, { ...values, version: row.version }).then(() => row.id)
          : (await api.post<{ id: string }>('/api/products', values)).id
      }
      done={() => t('masterdata.saved')}
      after={(id) => onSaved?.(id)}
    >
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
          <Field name="approval_no" label={t('masterdata.approval_no')}>
            <Input />
          </Field>
          <Field name="approval_expires_on" label={t('masterdata.approval_expires_on')}>
            <DayInput />
          </Field>
        </>
      )}
    </FormDrawer>
  )
}
