import { type FormInstance, Input, Select } from 'antd'
import { useState } from 'react'
import { api } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'
import { type PriceRow, type ProductRow, priceInput, priceKinds } from '../shapes.ts'
import { DistributorPicker, ProductPicker } from './pickers.tsx'
import { useWords } from './use-choices.ts'

type PriceFormProps = { open: boolean; onClose: () => void; row?: PriceRow; product?: ProductRow }

export function PriceForm({ open, onClose, row, product }: PriceFormProps) {
  const t = useText()
  const kinds = useWords('price_kind', priceKinds)
  const [picked, setPicked] = useState(row?.product_id ?? product?.id ?? '')
  const read = useRead<ProductRow>(picked && picked !== product?.id ? `/api/products/${picked}` : null)
  const of = picked === product?.id ? product : read.data
  const units = of ? [of.base_unit, ...of.units.map(({ unit }) => unit)].map((value) => ({ value })) : []
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={row ? t('masterdata.edit_price') : t('masterdata.new_price')}
      shape={priceInput}
      initial={row ?? { kind: 'list', province: '', product_id: product?.id, unit: product?.base_unit }}
      columns={2}
      refresh={['/api/prices']}
      submit={(values) =>
        row
          ? api.put(`/api/prices/${row.id}`, { ...values, version: row.version })
          : api.post('/api/prices', values)
      }
      done={() => t('masterdata.saved')}
    >
      {(form: FormInstance) => (
        <>
          <Field name="product_id" label={t('masterdata.product')} wide>
            <ProductPicker
              known={row?.product_name ?? product?.name}
              onChange={(id) => {
                form.setFieldValue('product_id', id)
                setPicked(id ?? '')
              }}
            />
          </Field>
          <Field name="kind" label={t('masterdata.price_kind')}>
            <Select options={kinds} />
          </Field>
          <Field name="unit" label={t('masterdata.unit')}>
            <Select options={units} />
          </Field>
          <Field name="price" label={t('masterdata.price')}>
            <Input inputMode="decimal" prefix="¥" />
          </Field>
          <Field name="province" label={t('masterdata.province')} help={t('masterdata.all_provinces_help')}>
            <Input />
          </Field>
          <Field
            name="distributor_id"
            label={t('masterdata.distributor')}
            help={t('masterdata.all_distributors_help')}
            wide
          >
            <DistributorPicker known={row?.distributor_name} />
          </Field>
          <Field name="valid_from" label={t('masterdata.valid_from')}>
            <DayInput />
          </Field>
          <Field name="valid_to" label={t('masterdata.valid_to')} help={t('masterdata.valid_to_help')}>
            <DayInput />
          </Field>
        </>
      )}
    </FormDrawer>
  )
}
