import { Input, Select } from 'antd'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { type DistributorRow, distributorInput, distributorTiers } from '../../shapes.ts'
import { KindForm, type KindFormProps } from '../kind/kind-form.tsx'
import { useWords } from '../use-choices.ts'
import { WordsInput } from '../words-input.tsx'

const FRESH = { tier: 'unrated', aliases: [], tags: [] }

export function DistributorForm(props: KindFormProps<DistributorRow>) {
  const t = useText()
  const tiers = useWords('tier', distributorTiers)
  return (
    <KindForm {...props} kind="distributors" one="distributor" shape={distributorInput} fresh={FRESH}>
      <Field name="name" label={t('masterdata.name')} wide>
        <Input autoFocus />
      </Field>
      <Field name="code" label={t('masterdata.code')}>
        <Input />
      </Field>
      <Field name="short_name" label={t('masterdata.short_name')}>
        <Input />
      </Field>
      <Field name="aliases" label={t('masterdata.aliases')} help={t('masterdata.aliases_help')} wide>
        <WordsInput />
      </Field>
      <Field name="tier" label={t('masterdata.tier')}>
        <Select options={tiers} />
      </Field>
      <Field name="flow_owner" label={t('masterdata.flow_owner')} help={t('masterdata.flow_owner_help')}>
        <Input />
      </Field>
      <Field name="tags" label={t('masterdata.tags')} wide>
        <WordsInput />
      </Field>
      <Field name="province" label={t('masterdata.province')}>
        <Input />
      </Field>
      <Field name="city" label={t('masterdata.city')}>
        <Input />
      </Field>
      <Field name="contact_name" label={t('masterdata.contact_name')}>
        <Input />
      </Field>
      <Field name="contact_phone" label={t('masterdata.contact_phone')}>
        <Input inputMode="tel" />
      </Field>
      <Field name="tax_id" label={t('masterdata.tax_id')} wide>
        <Input />
      </Field>
    </KindForm>
  )
}
