import { AutoComplete, Input, Select } from 'antd'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'
import { type InstitutionRow, institutionInput, institutionKinds } from '../../shapes.ts'
import { InstitutionPicker } from '../pickers.tsx'
import { useCodeList, useWords } from '../use-choices.ts'
import { WordsInput } from '../words-input.tsx'

type InstitutionFormProps = {
  open: boolean
  onClose: () => void
  row?: InstitutionRow
  onSaved?: (id: string) => void
}

export function InstitutionForm({ open, onClose, row, onSaved }: InstitutionFormProps) {
  const t = useText()
  const kinds = useWords('kind', institutionKinds)
  const levels = useCodeList('institution-level')
  const facets = useRead<{ province: { value: string | null }[] }>(open ? '/api/institutions/facets' : null)
  const provinces = (facets.data?.province ?? []).flatMap(({ value }) => (value ? [{ value }] : []))
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={row ? t('masterdata.edit_of', { name: row.name }) : t('masterdata.new_institution')}
      shape={institutionInput}
      initial={row ?? { kind: 'hospital', aliases: [] }}
      columns={2}
      size={640}
      refresh={['/api/institutions']}
      submit={async (values) =>
        row
          ? await api
              .put(`/api/institutions/${row.id}`, { ...values, version: row.version })
              .then(() => row.id)
          : (await api.post<{ id: string }>('/api/institutions', values)).id
      }
      done={() => t('masterdata.saved')}
      after={(id) => onSaved?.(id)}
    >
      <Field name="name" label={t('masterdata.name')} wide>
        <Input autoFocus />
      </Field>
      <Field name="code" label={t('masterdata.code')}>
        <Input />
      </Field>
      <Field name="kind" label={t('masterdata.kind')}>
        <Select options={kinds} />
      </Field>
      <Field name="aliases" label={t('masterdata.aliases')} help={t('masterdata.aliases_help')} wide>
        <WordsInput />
      </Field>
      <Field name="category" label={t('masterdata.category')}>
        <Input />
      </Field>
      <Field name="level" label={t('masterdata.level')}>
        <AutoComplete options={levels.map(({ label }) => ({ value: label.split(' · ')[0] ?? label }))} />
      </Field>
      <Field name="province" label={t('masterdata.province')}>
        <AutoComplete options={provinces} showSearch={{ filterOption: true }} />
      </Field>
      <Field name="city" label={t('masterdata.city')}>
        <Input />
      </Field>
      <Field name="county" label={t('masterdata.county')}>
        <Input />
      </Field>
      <Field name="region_code" label={t('masterdata.region_code')}>
        <Input inputMode="numeric" />
      </Field>
      <Field name="address" label={t('masterdata.address')} wide>
        <Input />
      </Field>
      <Field name="tax_id" label={t('masterdata.tax_id')}>
        <Input />
      </Field>
      <Field name="parent_id" label={t('masterdata.parent')} help={t('masterdata.parent_help')}>
        <InstitutionPicker known={row?.parent_name} />
      </Field>
    </FormDrawer>
  )
}
