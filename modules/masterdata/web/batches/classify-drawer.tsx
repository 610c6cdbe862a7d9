import { AutoComplete, Button, Drawer, Form, Select } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { formatCount } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import { type ClassifiableKind, type ClassificationPreview, classifiable } from '../../batches/shapes.ts'
import { distributorTiers } from '../../shapes.ts'
import { useFieldWords } from '../field-words.ts'
import { useCodeList, useWords } from '../use-choices.ts'
import type { Choice } from './batch-buttons.tsx'

type ClassifyDrawerProps = {
  kind: ClassifiableKind
  choice: Choice
  count: number
  onClose: () => void
  onDone: () => void
}

type Typed = Partial<Record<string, string | string[]>>

/** Sets level, segment, tags … of many rows: what it would change is shown first, and it can be undone. */
export function ClassifyDrawer({ kind, choice, count, onClose, onDone }: ClassifyDrawerProps) {
  const t = useText()
  const words = useFieldWords()
  const confirm = useConfirmImpact()
  const [form] = Form.useForm<Typed>()
  const typed = Form.useWatch([], form) as Typed | undefined
  const tags = useRead<{ rows: { value: string; count: number }[] }>(`/api/${kind}/tags`)
  const tagOptions = (tags.data?.rows ?? []).map(({ value }) => ({ value, label: value }))
  const fields = classifiable[kind]
  const body = bodyOf(choice, fields, typed ?? {})
  const run = useAct({
    run: () => api.post<{ import_id: string; changes: number }>(`/api/${kind}/classification`, body),
    refresh: [`/api/${kind}`, '/api/imports'],
    done: (answer) => ({
      text: t('masterdata.classified', { number: formatCount(answer.changes) }),
      undo: () => api.delete(`/api/imports/${answer.import_id}/run`),
    }),
    after: () => {
      onDone()
      onClose()
    },
  })
  const preview = async () => {
    const found = await api.post<ClassificationPreview>(`/api/${kind}/classification-preview`, body)
    const numbers = { matched: formatCount(found.matched), changes: formatCount(found.changes) }
    const before = found.before.map(({ field, values }) =>
      t('masterdata.classify_before', {
        field: words.field(field),
        values: values
          .map(
            (one) =>
              `${one.value === null ? t('masterdata.blank') : words.value(field, one.value)} ${formatCount(one.count)}`,
          )
          .join(' · '),
      }),
    )
    return [t('masterdata.classify_impact', numbers), ...(found.changes > 0 ? before : [])]
  }
  const ask = async () => {
    const answer = await confirm({
      title: t('masterdata.classify_title', { number: formatCount(count) }),
      impact: preview,
      confirmText: t('masterdata.classify_run'),
      undo: t('masterdata.classify_undo'),
    })
    if (answer) run.run()
  }
  const isEmpty = Object.keys(body.set).length + body.add_tags.length + body.remove_tags.length === 0
  return (
    <Drawer
      open
      onClose={onClose}
      size={480}
      className="qc-drawer"
      title={t('masterdata.classify_title', { number: formatCount(count) })}
    >
      <p className="qc-muted">{t('masterdata.classify_text')}</p>
      <Form form={form} layout="vertical" className="qc-form" onFinish={() => void ask()}>
        {fields.map((field, place) => (
          <Form.Item key={field} name={field} label={words.field(field)}>
            <ClassInput field={field} autoFocus={place === 0} />
          </Form.Item>
        ))}
        <Form.Item name="add_tags" label={t('masterdata.add_tags')} extra={t('masterdata.aliases_hint')}>
          <Select
            mode="tags"
            options={tagOptions}
            tokenSeparators={['|', ';', '；', '、', ',', '，']}
            maxCount={10}
          />
        </Form.Item>
        <Form.Item name="remove_tags" label={t('masterdata.remove_tags')}>
          <Select mode="multiple" options={tagOptions} maxCount={10} />
        </Form.Item>
        <Form.Item name="clear" label={t('masterdata.clear_fields')}>
          <Select
            mode="multiple"
            options={fields
              .filter((field) => field !== 'tier')
              .map((field) => ({ value: field, label: words.field(field) }))}
          />
        </Form.Item>
        <div className="qc-form-foot">
          <Button type="primary" htmlType="submit" disabled={isEmpty} loading={run.pending}>
            {t('masterdata.preview_change')}
          </Button>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
        </div>
      </Form>
    </Drawer>
  )
}

/** A blank field is left alone; one that is named in `clear` loses its value. */
function bodyOf(choice: Choice, fields: readonly string[], typed: Typed) {
  const cleared = (typed.clear as string[] | undefined) ?? []
  const set: Record<string, string | null> = {}
  for (const field of fields) {
    const value = String(typed[field] ?? '').trim()
    if (cleared.includes(field)) set[field] = null
    else if (value !== '') set[field] = value
  }
  return {
    ...choice,
    set,
    add_tags: (typed.add_tags as string[] | undefined) ?? [],
    remove_tags: (typed.remove_tags as string[] | undefined) ?? [],
  }
}

const lists: Record<string, string> = {
  segment: 'institution-segment',
  level: 'institution-level',
  product_group: 'product-group',
}

type ClassInputProps = {
  field: string
  autoFocus?: boolean
  id?: string
  value?: string
  onChange?: (value: string) => void
}

function ClassInput({ field, ...input }: ClassInputProps) {
  const tiers = useWords('tier', distributorTiers)
  const list = useCodeList(lists[field] ?? '')
  const t = useText()
  if (field === 'tier')
    return <Select {...input} options={tiers} allowClear placeholder={t('masterdata.unchanged')} />
  const plain = field === 'level'
  const options = plain ? list.map(({ name }) => ({ value: name })) : list
  return (
    <AutoComplete
      {...input}
      options={options}
      allowClear
      showSearch={{ filterOption: true }}
      placeholder={t('masterdata.unchanged')}
    />
  )
}
