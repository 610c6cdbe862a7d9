import { AutoComplete, Input, Select } from 'antd'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'
import { type InstitutionRow, institutionInput, institutionKinds } from '../../shapes.ts'
import { KindForm, type KindFormProps } from '../kind/kind-form.tsx'
import { InstitutionPicker } from '../pickers.tsx'
import { useCodeList, useWords } from '../use-choices.ts'
import { WordsInput } from '../words-input.tsx'

const FRESH = { kind: 'hospital', aliases: [], tags: [] }

export function InstitutionForm(props: KindFormProps<InstitutionRow>) {
  const t = useText()
  const kinds = useWords('kind', institutionKinds)
  const levels = useCodeList('institution-level')
  const segments = useCodeList('institution-segment')
  const facets = useRead<{ province: { value: string | null }[] }>('/api/institutions/facets')
  const provinces = (facets.data?.province ?? []).flatMap(({ value }) => (value ? [{ value }] : []))
  return (
    <KindForm {...props} kind="institutions" one="institution" shape={institutionInput} fresh={FRESH}>
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
        <AutoComplete options={levels.map(({ name }) => ({ value: name }))} />
      </Field>
      <Field name="segment" label={t('masterdata.segment')}>
        <AutoComplete options={segments} />
      </Field>
      <Field name="tags" label={t('masterdata.tags')}>
        <WordsInput />
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
        <InstitutionPicker known={props.row?.parent_name} />
      </Field>
    </KindForm>
  )
}
