import { Input, Select } from 'antd'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { type TerritoryRow, territoryInput, territoryLevels } from '../../shapes.ts'
import { TerritoryPicker } from '../pickers.tsx'
import { useWords } from '../use-choices.ts'

type TerritoryFormProps = { open: boolean; onClose: () => void; row?: TerritoryRow; above?: TerritoryRow }

export function TerritoryForm({ open, onClose, row, above }: TerritoryFormProps) {
  const t = useText()
  const levels = useWords('territory_level', territoryLevels)
  const below =
    territoryLevels[Math.min(2, territoryLevels.indexOf(above?.level ?? 'region') + (above ? 1 : 0))]
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={row ? t('masterdata.edit_of', { name: row.name }) : t('masterdata.new_territory')}
      shape={territoryInput}
      initial={row ?? { level: below, parent_id: above?.id }}
      refresh={['/api/territories']}
      submit={(values) =>
        row
          ? api.put(`/api/territories/${row.id}`, { ...values, version: row.version })
          : api.post('/api/territories', values)
      }
      done={() => t('masterdata.saved')}
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
        <TerritoryPicker known={row?.parent_name ?? above?.name} />
      </Field>
    </FormDrawer>
  )
}
