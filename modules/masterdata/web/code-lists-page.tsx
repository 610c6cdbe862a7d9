import { Input, InputNumber, Segmented, Switch } from 'antd'
import { useState } from 'react'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { usePermission } from '#ui/session.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { useRead } from '#ui/use-list.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import { type CodeValueRow, codeValueChange, codeValueInput, knownCodeLists } from '../shapes.ts'
import { FormHistory } from './form-history.tsx'
import { ListActions } from './list-actions.tsx'
import './masterdata.css'

const changeShape = codeValueChange.omit({ version: true })

export function CodeListsPage() {
  const t = useText()
  const [url, setUrl] = useUrlState({ list: knownCodeLists[0] })
  const lists = useRead<{ rows: { list: string; count: number }[] }>('/api/code-lists')
  const mayWrite = usePermission('masterdata.write')
  const [form, setForm] = useState<CodeValueRow | 'new' | null>(null)
  const names = lists.data?.rows.map(({ list }) => list) ?? [...knownCodeLists]
  const columns: Column<CodeValueRow>[] = [
    { key: 'code', title: t('masterdata.code'), kind: 'code', sortable: true },
    { key: 'label_zh', title: t('masterdata.label_zh'), sortable: true, width: 240 },
    { key: 'label_en', title: t('masterdata.label_en'), sortable: true, width: 240 },
    { key: 'sort_no', title: t('masterdata.sort_no'), kind: 'count', sortable: true },
    {
      key: 'active',
      title: t('masterdata.state'),
      kind: 'state',
      render: (row) => (
        <StateTag tone={row.active ? 'good' : 'off'}>
          {t(row.active ? 'masterdata.state.active' : 'masterdata.state.off')}
        </StateTag>
      ),
    },
  ]
  return (
    <>
      <PageHeader
        title={t('masterdata.code_lists')}
        text={t('masterdata.code_lists_text')}
        actions={<ListActions kind="code-lists" onNew={() => setForm('new')} />}
      />
      <div className="qm-scroll">
        <Segmented
          value={url.list}
          onChange={(list) => setUrl({ list, page: '', q: '' })}
          options={names.map((list) => ({
            value: list,
            label: t(`masterdata.list.${list}`, { defaultValue: list }),
          }))}
        />
      </div>
      <DataTable<CodeValueRow>
        key={url.list}
        name="masterdata.code-lists"
        path={`/api/code-lists/${url.list}`}
        columns={columns}
        phone={['label_zh', 'active', 'code', 'label_en']}
        search={t('masterdata.search_codes')}
        exportPath={`/api/code-lists/${url.list}/export`}
        onOpen={mayWrite ? (row) => setForm(row) : undefined}
        empty={
          <EmptyState
            title={t('masterdata.code_list_empty')}
            text={t('masterdata.code_list_empty_text')}
            action={mayWrite ? { text: t('masterdata.new'), run: () => setForm('new') } : undefined}
          />
        }
      />
      {form === 'new' && (
        <FormDrawer
          open
          onClose={() => setForm(null)}
          title={t('masterdata.new_code_value')}
          shape={codeValueInput}
          initial={{ sort_no: 0 }}
          refresh={['/api/code-lists']}
          submit={(values) => api.post(`/api/code-lists/${url.list}`, values)}
          done={() => t('masterdata.saved')}
        >
          <CodeValueFields />
        </FormDrawer>
      )}
      {form !== null && form !== 'new' && (
        <FormDrawer
          open
          onClose={() => setForm(null)}
          title={t('masterdata.edit_of', { name: form.label_zh })}
          below={<FormHistory path={`/api/code-values/${form.id}`} />}
          shape={changeShape}
          initial={form}
          refresh={['/api/code-lists']}
          submit={(values) => api.put(`/api/code-values/${form.id}`, { ...values, version: form.version })}
          done={() => t('masterdata.saved')}
        >
          <CodeValueFields />
          <Field
            name="active"
            label={t('masterdata.active')}
            valuePropName="checked"
            help={t('masterdata.active_help')}
          >
            <Switch />
          </Field>
        </FormDrawer>
      )}
    </>
  )
}

function CodeValueFields() {
  const t = useText()
  return (
    <>
      <Field name="code" label={t('masterdata.code')}>
        <Input autoFocus />
      </Field>
      <Field name="label_zh" label={t('masterdata.label_zh')}>
        <Input />
      </Field>
      <Field name="label_en" label={t('masterdata.label_en')}>
        <Input />
      </Field>
      <Field name="sort_no" label={t('masterdata.sort_no')}>
        <InputNumber min={0} max={100_000} precision={0} />
      </Field>
    </>
  )
}
