import { Button } from 'antd'
import { type FunctionComponent, useState } from 'react'
import { useKeys } from '#ui/act/keys.ts'
import { useText } from '#ui/i18n.ts'
import { DetailDrawer, useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { usePermission } from '#ui/session.ts'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import type { Filter } from '#ui/table/filter.ts'
import { useRead } from '#ui/use-list.ts'
import type { ClassifiableKind } from '../../batches/shapes.ts'
import { BatchButtons } from '../batches/batch-buttons.tsx'
import { HistoryTimeline } from '../history-timeline.tsx'
import { CsvButton, ListActions } from '../list-actions.tsx'
import { MasterState } from '../state-tag.tsx'
import type { KindFormProps } from './kind-form.tsx'
import { LinesDoor } from './lines-door.tsx'
import { ProposalNotice } from './proposal-notice.tsx'

type KindListPageProps<Row> = {
  /** As addresses and words say it: 'institutions'. */
  kind: ClassifiableKind
  columns: readonly Column<Row>[]
  phone: readonly string[]
  filters: readonly Filter[]
  Facts: FunctionComponent<{ row: Row }>
  Form: FunctionComponent<KindFormProps<Row>>
}

type NamedRow = { id: string; name: string; state: string; version: number }

/** The list of a kind: rows with filters, a drawer with the essentials, a form, and what can be done with many rows. */
export function KindListPage<Row extends NamedRow>({ kind, Facts, Form, ...table }: KindListPageProps<Row>) {
  const t = useText()
  const opened = useOpened()
  const mayWrite = usePermission('masterdata.write')
  const mayBatch = usePermission('masterdata.import')
  const [form, setForm] = useState<'new' | 'edit' | null>(null)
  const read = useRead<Row>(opened.id ? `/api/${kind}/${opened.id}` : null)
  const row = read.data
  useKeys(
    t(`masterdata.${kind}`),
    mayWrite ? [{ key: 'n', label: t('masterdata.new'), run: () => setForm('new') }] : [],
  )
  return (
    <>
      <PageHeader
        title={t(`masterdata.${kind}`)}
        text={t(`masterdata.${kind}_text`)}
        actions={<ListActions kind={kind} onNew={() => setForm('new')} />}
      />
      <DataTable<Row>
        name={`masterdata.${kind}`}
        path={`/api/${kind}`}
        {...table}
        search={t(`masterdata.search_${kind}`)}
        opened={opened.id}
        onOpen={({ id }) => opened.open(id)}
        batch={mayBatch ? (selection) => <BatchButtons kind={kind} selection={selection} /> : undefined}
        batchWhole
        exportPath={`/api/${kind}/export`}
        actions={<CsvButton path={`/api/${kind}/export`} />}
        empty={
          <EmptyState
            title={t(`masterdata.${kind}_empty`)}
            text={t(`masterdata.${kind}_empty_text`)}
            action={
              mayBatch ? { text: t('masterdata.import_here'), to: `/imports/new?kind=${kind}` } : undefined
            }
          />
        }
      />
      <DetailDrawer
        open={opened.id !== ''}
        onClose={opened.close}
        title={row?.name}
        state={row && <MasterState state={row.state} />}
        pageTo={`/${kind}/${opened.id}`}
        loading={read.isPending}
        error={read.error}
        actions={
          mayWrite &&
          row?.state !== 'merged' && (
            <Button type="primary" onClick={() => setForm('edit')}>
              {t('masterdata.edit')}
            </Button>
          )
        }
      >
        {row && <ProposalNotice kind={kind} id={row.id} />}
        {row && <Facts row={row} />}
        {row && <LinesDoor kind={kind} id={row.id} />}
        {opened.id && (
          <Section title={t('masterdata.history')}>
            <HistoryTimeline path={`/api/${kind}/${opened.id}`} />
          </Section>
        )}
      </DetailDrawer>
      {form !== null && (
        <Form
          onClose={() => setForm(null)}
          row={form === 'edit' ? row : undefined}
          onSaved={(id) => opened.open(id)}
        />
      )}
    </>
  )
}
