import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { LinkTo, useGo } from '#ui/link-to.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { type ImportSummary, importStates } from '../../imports/shapes.ts'
import { useWords } from '../use-choices.ts'
import { ImportStateTag } from './import-state-tag.tsx'
import { useImportKinds } from './use-import-kinds.ts'

export function ImportsPage() {
  const t = useText()
  const go = useGo()
  const kinds = useImportKinds()
  const states = useWords('import_state', importStates)
  const columns: Column<ImportSummary>[] = [
    {
      key: 'file_name',
      title: t('masterdata.file'),
      sortable: true,
      width: 260,
      text: (row) => row.file_name ?? t('masterdata.batch_title'),
      render: (row) => row.file_name ?? t('masterdata.batch_title'),
    },
    {
      key: 'kind',
      title: t('masterdata.import_kind'),
      width: 130,
      text: (row) => t(`masterdata.kinds.${row.kind}`),
      render: (row) => t(`masterdata.kinds.${row.kind}`),
    },
    {
      key: 'state',
      title: t('masterdata.state'),
      kind: 'state',
      width: 120,
      render: (row) => <ImportStateTag state={row.state} />,
    },
    { key: 'row_count', title: t('masterdata.row_count'), kind: 'count', sortable: true },
    { key: 'insert_count', title: t('masterdata.insert_count'), kind: 'count' },
    { key: 'update_count', title: t('masterdata.update_count'), kind: 'count' },
    { key: 'same_count', title: t('masterdata.same_count'), kind: 'count' },
    { key: 'error_count', title: t('masterdata.error_count'), kind: 'count' },
    { key: 'person_name', title: t('masterdata.person'), width: 120 },
    { key: 'created_at', title: t('masterdata.created_at'), kind: 'moment', sortable: true },
  ]
  return (
    <>
      <PageHeader
        title={t('masterdata.imports')}
        text={t('masterdata.imports_text')}
        actions={
          <LinkTo to="/imports/new" className="qc-button-link">
            {t('masterdata.import_new')}
          </LinkTo>
        }
      />
      <DataTable<ImportSummary>
        name="masterdata.imports"
        path="/api/imports"
        columns={columns}
        phone={['file_name', 'state', 'kind', 'row_count', 'created_at']}
        search={t('masterdata.search_files')}
        filters={[
          { key: 'kind', label: t('masterdata.import_kind'), kind: 'multi', options: kinds },
          { key: 'state', label: t('masterdata.state'), kind: 'multi', options: states },
        ]}
        onOpen={({ id }) => go(`/imports/${id}`)}
        empty={
          <EmptyState
            title={t('masterdata.imports_empty')}
            text={t('masterdata.imports_empty_text')}
            action={{ text: t('masterdata.import_new'), to: '/imports/new' }}
          />
        }
      />
    </>
  )
}
