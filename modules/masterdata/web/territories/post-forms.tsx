import { Input, Switch } from 'antd'
import { api } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { type PostRow, postHolderInput, postInput, type TerritoryRow } from '../../shapes.ts'
import { FormHistory } from '../form-history.tsx'
import { TerritoryPicker } from '../pickers.tsx'

type PostFormProps = { open: boolean; onClose: () => void; territory: TerritoryRow; row?: PostRow }

export function PostForm({ open, onClose, territory, row }: PostFormProps) {
  const t = useText()
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={row ? t('masterdata.edit_of', { name: row.name }) : t('masterdata.new_post')}
      shape={postInput}
      initial={row ?? { territory_id: territory.id, is_manager: false }}
      refresh={['/api/posts', '/api/territories', '/api/post-holders']}
      submit={(values) =>
        row
          ? api.put(`/api/posts/${row.id}`, { ...values, version: row.version })
          : api.post('/api/posts', values)
      }
      below={<FormHistory path={row && `/api/posts/${row.id}`} />}
      done={() => t('masterdata.saved')}
    >
      <Field name="name" label={t('masterdata.name')}>
        <Input autoFocus />
      </Field>
      <Field name="code" label={t('masterdata.code')}>
        <Input />
      </Field>
      <Field name="territory_id" label={t('masterdata.territory')}>
        <TerritoryPicker known={territory.name} />
      </Field>
      <Field name="is_manager" label={t('masterdata.is_manager')} valuePropName="checked">
        <Switch />
      </Field>
    </FormDrawer>
  )
}

/** Puts a person on a post from a day on; whoever sits there leaves the day before. */
export function SeatForm({ open, onClose, post }: { open: boolean; onClose: () => void; post: PostRow }) {
  const t = useText()
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={t('masterdata.seat_title', { name: post.name })}
      shape={postHolderInput.omit({ person_id: true })}
      initial={{ valid_from: new Date().toISOString().slice(0, 10) }}
      refresh={['/api/posts', '/api/territories', '/api/post-holders']}
      submit={(values) => api.post(`/api/posts/${post.id}/holders`, values)}
      done={() => t('masterdata.saved')}
    >
      {post.holder && <p className="qc-muted">{t('masterdata.seat_ends', { name: post.holder })}</p>}
      <Field name="person_name" label={t('masterdata.person_name')}>
        <Input autoFocus />
      </Field>
      <Field name="valid_from" label={t('masterdata.valid_from')}>
        <DayInput />
      </Field>
      <Field name="valid_to" label={t('masterdata.valid_to')} help={t('masterdata.valid_to_help')}>
        <DayInput />
      </Field>
    </FormDrawer>
  )
}
