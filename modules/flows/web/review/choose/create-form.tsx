import { Drawer, Input, Select } from 'antd'
import { institutionInput, institutionKinds } from '#modules/masterdata/shapes.ts'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { RemoteSelect } from '#ui/form/remote-select.tsx'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { formatCount, formatMoney } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import type { InstitutionDraft, ReviewGroup } from '../../../shapes.ts'
import { LookAlikes } from './look-alikes.tsx'
import { bodyOf } from './scopes.ts'
import type { GroupState } from './use-group.ts'

type Answer = { id: string; line_count: number }
type CreateFormProps = {
  group: ReviewGroup
  state: GroupState
  onClose: () => void
  onCreated: (name: string, answer: Answer) => void
  /** It was in the master after all. */
  onChoose: (target: { id: string; name: string }) => void
}

/** A new institution out of the text: created and meant in one deed. */
export function CreateForm({ group, state, onClose, onCreated, onChoose }: CreateFormProps) {
  const t = useText()
  const { normal_text } = group
  const draft = useRead<InstitutionDraft>('/api/flow-reviews/draft', undefined, { normal_text })
  const { line_count, amount_fen } = state.choice ?? group
  if (!draft.data)
    return (
      <Drawer open onClose={onClose} title={t('flows.review_create.customer')} size={520}>
        {draft.isError ? (
          <ErrorState error={draft.error} onRetry={() => void draft.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Drawer>
    )
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={t('flows.review_create.customer')}
      shape={institutionInput}
      initial={{ ...draft.data, aliases: [] }}
      columns={2}
      watch="name"
      refresh={['/api/institutions']}
      submitText={t('flows.review_create_save')}
      submit={async (institution) => ({
        name: institution.name,
        answer: await api.post<Answer>('/api/flow-decisions/institution', {
          normal_text,
          ...bodyOf(state.scope),
          institution,
        }),
      })}
      after={({ name, answer }) => onCreated(name, answer)}
    >
      {(_form, name) => (
        <>
          <p className="qc-field-wide">
            {t('flows.review_create_text', {
              text: group.raw_text,
              lines: t('flows.lines_n', { number: formatCount(line_count), count: line_count }),
              amount: formatMoney(amount_fen),
            })}
          </p>
          <Field name="name" label={t('masterdata.name')} wide>
            <Input autoFocus />
          </Field>
          <div className="qc-field-wide">
            <LookAlikes name={typeof name === 'string' ? name : ''} onChoose={onChoose} />
          </div>
          <Field name="code" label={t('masterdata.code')} help={t('flows.review_create_code')}>
            <Input />
          </Field>
          <Field name="kind" label={t('masterdata.kind')}>
            <Select
              options={institutionKinds.map((value) => ({ value, label: t(`masterdata.kind.${value}`) }))}
            />
          </Field>
          <Field name="province" label={t('masterdata.province')}>
            <Input />
          </Field>
          <Field name="city" label={t('masterdata.city')}>
            <Input />
          </Field>
          <Field name="county" label={t('masterdata.county')}>
            <Input />
          </Field>
          <Field name="level" label={t('masterdata.level')}>
            <Input />
          </Field>
          <Field name="category" label={t('masterdata.category')}>
            <Input />
          </Field>
          <Field name="parent_id" label={t('masterdata.parent')}>
            <RemoteSelect
              path="/api/institutions"
              query={{ state: 'active' }}
              known={draft.data?.parent_name ?? undefined}
            />
          </Field>
        </>
      )}
    </FormDrawer>
  )
}
