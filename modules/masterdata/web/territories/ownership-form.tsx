import { api, type Query } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import {
  type TerritoryInstitutionRow,
  territoryInstitutionChange,
  territoryInstitutionInput,
} from '../../shapes.ts'
import { FormHistory } from '../form-history.tsx'
import { InstitutionPicker, TerritoryPicker } from '../pickers.tsx'
import { ProductGroupField } from '../product-group-field.tsx'

const changeShape = territoryInstitutionChange.omit({ version: true })
const refresh = ['/api/territory-institutions', '/api/territories', '/api/institutions'] as const

type OwnershipFormProps = { open: boolean; onClose: () => void; row?: TerritoryInstitutionRow; preset: Query }

export function OwnershipForm({ open, onClose, row, preset }: OwnershipFormProps) {
  const t = useText()
  const dates = (
    <>
      <Field name="valid_from" label={t('masterdata.valid_from')}>
        <DayInput />
      </Field>
      <Field name="valid_to" label={t('masterdata.valid_to')} help={t('masterdata.valid_to_help')}>
        <DayInput />
      </Field>
    </>
  )
  if (row)
    return (
      <FormDrawer
        open={open}
        onClose={onClose}
        title={t('masterdata.edit_of', { name: row.institution_name })}
        shape={changeShape}
        initial={row}
        refresh={refresh}
        submit={(values) =>
          api.put(`/api/territory-institutions/${row.id}`, { ...values, version: row.version })
        }
        below={<FormHistory path={`/api/territory-institutions/${row.id}`} />}
        done={() => t('masterdata.saved')}
      >
        <p className="qc-muted">{t('masterdata.ownership_change_hint')}</p>
        <Field name="territory_id" label={t('masterdata.territory')}>
          <TerritoryPicker known={row.territory_name} />
        </Field>
        {dates}
      </FormDrawer>
    )
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={t('masterdata.new_ownership')}
      shape={territoryInstitutionInput}
      initial={{ product_group: '*', ...preset }}
      refresh={refresh}
      submit={(values) => api.post('/api/territory-institutions', values)}
      done={() => t('masterdata.saved')}
    >
      <Field name="institution_id" label={t('masterdata.institution')}>
        <InstitutionPicker />
      </Field>
      <ProductGroupField />
      <Field name="territory_id" label={t('masterdata.territory')}>
        <TerritoryPicker />
      </Field>
      {dates}
    </FormDrawer>
  )
}
