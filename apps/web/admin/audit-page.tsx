import { useState } from 'react'
import { type AuditRow, auditRow } from '#platform/audit/shapes.ts'
import { listOf } from '#platform/shapes.ts'
import { useText } from '#ui/i18n.ts'
import { DetailDrawer } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { Fields } from '#ui/layout/fields.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { CopyId } from '#ui/show/copy-id.tsx'
import { DateText } from '#ui/show/figures.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { changesOf } from './changes-of.ts'
import { SealCheck } from './seal-check.tsx'

const trail = listOf(auditRow)

/** Who did what when; nobody can change it. */
export function AuditPage() {
  const t = useText()
  const [row, setRow] = useState<AuditRow | null>(null)
  const columns: Column<AuditRow>[] = [
    { key: 'happened_at', title: t('audit.happened_at'), kind: 'moment', sortable: true },
    {
      key: 'person_name',
      title: t('audit.person'),
      width: 140,
      text: (line) => line.person_name ?? t('audit.system'),
    },
    {
      key: 'deed',
      title: t('audit.deed'),
      width: 220,
      text: (line) => t(`deed.${line.deed}`, { defaultValue: line.deed }),
    },
    { key: 'subject_kind', title: t('audit.subject_kind'), width: 160 },
    { key: 'subject_id', title: t('audit.subject_id'), kind: 'code', width: 300 },
    { key: 'reason', title: t('audit.reason'), width: 220 },
  ]
  return (
    <>
      <PageHeader title={t('audit.title')} text={t('audit.text')} actions={<SealCheck />} />
      <DataTable<AuditRow>
        name="platform.audit"
        path="/api/audit"
        shape={trail}
        columns={columns}
        phone={['deed', 'happened_at', 'person_name', 'reason']}
        filters={[
          { key: 'deed', label: t('audit.deed'), kind: 'text' },
          { key: 'subject_kind', label: t('audit.subject_kind'), kind: 'text' },
          { key: 'subject_id', label: t('audit.subject_id'), kind: 'text' },
          { key: 'happened', label: t('audit.happened_at'), kind: 'range', keys: ['from', 'to'] },
        ]}
        opened={row?.id}
        onOpen={setRow}
        empty={<EmptyState title={t('audit.empty')} text={t('audit.text')} />}
      />
      <DetailDrawer
        open={row !== null}
        onClose={() => setRow(null)}
        title={row ? t(`deed.${row.deed}`, { defaultValue: row.deed }) : ''}
      >
        {row && <AuditDetail row={row} />}
      </DetailDrawer>
    </>
  )
}

function AuditDetail({ row }: { row: AuditRow }) {
  const t = useText()
  return (
    <>
      <Fields
        lines={[
          { label: t('audit.happened_at'), value: <DateText value={row.happened_at} moment /> },
          { label: t('audit.person'), value: row.person_name ?? t('audit.system') },
          { label: t('audit.subject_kind'), value: row.subject_kind },
          { label: t('audit.subject_id'), value: <CopyId value={row.subject_id} /> },
          { label: t('audit.reason'), value: row.reason, wide: true },
          {
            label: t('audit.request'),
            value: row.request_id && <CopyId value={row.request_id} />,
            wide: true,
          },
        ]}
      />
      <Section title={t('audit.change')}>
        <ul className="qc-changes">
          {changesOf(row.old_value, row.new_value).map(({ field, before, after }) => (
            <li key={field}>
              <span className="qc-muted">{field}</span> <del>{before}</del> → <ins>{after}</ins>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
