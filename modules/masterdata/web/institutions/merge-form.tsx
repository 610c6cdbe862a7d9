import { Input } from 'antd'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { type InstitutionRow, institutionMerger } from '../../shapes.ts'
import { InstitutionPicker } from '../pickers.tsx'

const shape = institutionMerger.omit({ version: true })

type MergeFormProps = {
  row: InstitutionRow
  open: boolean
  onClose: () => void
  onMerged: (intoId: string) => void
}

/** Makes one of two rows for the same institution a name of the other. */
export function MergeForm({ row, open, onClose, onMerged }: MergeFormProps) {
  const t = useText()
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={t('masterdata.merge_title', { name: row.name })}
      shape={shape}
      refresh={['/api/institutions']}
      submit={async (values) => {
        await api.post(`/api/institutions/${row.id}/merger`, { ...values, version: row.version })
        return values.into_id
      }}
      submitText={t('masterdata.merge')}
      done={() => t('masterdata.merged_done')}
      after={onMerged}
    >
      <ul className="qc-plain-list">
        <li>{t('masterdata.merge_names', { name: row.name })}</li>
        <li>{t('masterdata.merge_ids')}</li>
        <li>{t('masterdata.merge_undo')}</li>
      </ul>
      <Field name="into_id" label={t('masterdata.merge_into')}>
        <InstitutionPicker />
      </Field>
      <Field name="reason" label={t('masterdata.reason')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
      </Field>
    </FormDrawer>
  )
}
