import { type FormInstance, Input, Select } from 'antd'
import { api } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'
import { type PriceRow, type ProductRow, priceInput, priceKinds } from '../shapes.ts'
import { FormHistory } from './form-history.tsx'
import { DistributorPicker, ProductPicker } from './pickers.tsx'
import { useWords } from './use-choices.ts'

type PriceFormProps = { open: boolean; onClose: () => void; row?: PriceRow; product?: ProductRow }

export function PriceForm({ open, onClose, row, product }: PriceFormProps) {
  const t = useText()
  const kinds = useWords('price_kind', priceKinds)
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={row ? t('masterdata.edit_price') : t('masterdata.new_price')}
      shape={priceInput}
      initial={row ?? { kind: 'list', province: '', product_id: product?.id, unit: product?.base_unit }}
      columns={2}
      watch="product_id"
      refresh={['/api/prices']}
      submit={(values) =>
        row
          ? api.put(`/api/prices/${row.id}`, { ...values, version: row.version })
          : api.post('/api/prices', values)
      }
      below={<FormHistory path={row && `/api/prices/${row.id}`} />}
      done={() => t('masterdata.saved')}
    >
      {(_form: FormInstance, picked: unknown) => (
        <>
          <Field name="product_id" label={t('masterdata.product')} wide>
            <ProductPicker known={row?.product_name ?? product?.name} />
          </Field>
          <Field name="kind" label={t('masterdata.price_kind')}>
            <Select options={kinds} />
          </Field>
          <Field name="unit" label={t('masterdata.unit')}>
            <UnitSelect productId={typeof picked === 'string' ? picked : product?.id} />
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

/** The units of the chosen product's ladder; a price is for one of them. */
function UnitSelect({ productId, ...field }: { productId?: string; id?: string; value?: string }) {
  const read = useRead<ProductRow>(productId ? `/api/products/${productId}` : null)
  const product = read.data
  const units = product ? [product.base_unit, ...product.units.map(({ unit }) => unit)] : []
  return <Select {...field} options={units.map((value) => ({ value }))} disabled={!product} />
}
