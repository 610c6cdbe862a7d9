import { Input, Select } from 'antd'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { type TerritoryRow, territoryInput, territoryLevels } from '../../shapes.ts'
import { KindForm, type KindFormProps } from '../kind/kind-form.tsx'
import { TerritoryPicker } from '../pickers.tsx'
import { useWords } from '../use-choices.ts'

type TerritoryFormProps = KindFormProps<TerritoryRow> & { above?: TerritoryRow }

export function TerritoryForm({ above, ...props }: TerritoryFormProps) {
  const t = useText()
  const levels = useWords('territory_level', territoryLevels)
  const below =
    territoryLevels[Math.min(2, territoryLevels.indexOf(above?.level ?? 'region') + (above ? 1 : 0))]
  return (
    <KindForm
      {...props}
      kind="territories"
      one="territory"
      shape={territoryInput}
      fresh={{ level: below, parent_id: above?.id }}
    >
      <Field name="name" label={t('masterdata.name')}>
        <Input autoFocus />
      </Field>
      <Field name="code" label={t('masterdata.code')}>
        <Input />
      </Field>
      <Field name="level" label={t('masterdata.territory_level')}>
        <Select options={levels} />
      </Field>
      <Field name="parent_id" label={t('masterdata.above')}>
        <TerritoryPicker known={props.row?.parent_name ?? above?.name} />
      </Field>
    </KindForm>
  )
}
