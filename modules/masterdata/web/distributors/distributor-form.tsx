import { Input, Select } from 'antd'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { type DistributorRow, distributorInput, distributorTiers } from '../../shapes.ts'
import { useWords } from '../use-choices.ts'
import { WordsInput } from '../words-input.tsx'

type DistributorFormProps = {
  open: boolean
  onClose: () => void
  row?: DistributorRow
  onSaved?: (id: string) => void
}

export function DistributorForm({ open, onClose, row, onSaved }: DistributorFormProps) {
  const t = useText()
  const tiers = useWords('tier', distributorTiers)
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={row ? t('masterdata.edit_of', { name: row.name }) : t('masterdata.new_distributor')}
      shape={distributorInput}
      initial={row ?? { tier: 'unrated', aliases: [] }}
      columns={2}
      size={640}
      refresh={['/api/distributors']}
      submit={async (values) =>
        row
          ? await api
              .put(`/api/distributors/${row.id}`, { ...values, version: row.version })
              .then(() => row.id)
          : (await api.post<{ id: string }>('/api/distributors', values)).id
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
    </FormDrawer>
  )
}
