import { useState } from 'react'
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

type AuditRow = {
  id: string
  happened_at: string
  person_id: string | null
  person_name: string | null
  deed: string
  subject_kind: string
  subject_id: string
  old_value: unknown
  new_value: unknown
  reason: string | null
  request_id: string | null
}

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
      <PageHeader title={t('audit.title')} text={t('audit.text')} />
      <DataTable<AuditRow>
        name="platform.audit"
        path="/api/audit"
        columns={columns}
        phone={['deed', 'happened_at', 'person_name', 'reason']}
        filters={[
          { key: 'deed', label: t('audit.deed'), kind: 'text' },
          { key: 'subject_kind', label: t('audit.subject_kind'), kind: 'text' },
          { key: 'subject_id', label: t('audit.subject_id'), kind: 'text' },
          { key: 'happened', label: t('audit.happened_at'), kind: 'range' },
        ]}
        opened={row?.id}
        onOpen={setRow}
        empty={<EmptyState title={t('audit.empty')} text={t('audit.text')} />}
      />
      <DetailDrawer open={row !== null} onClose={() => setRow(null)} title={row?.deed ?? ''}>
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

type Change = { field: string; before: string; after: string }

/** Field by field what differs between two recorded values. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const old = fieldsOf(before)
  const fresh = fieldsOf(after)
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .map((field) => ({ field, before: shown(old[field]), after: shown(fresh[field]) }))
    .filter((change) => change.before !== change.after)
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : value === null || value === undefined
      ? {}
      : { value }

const shown = (value: unknown): string =>
  value === null || value === undefined ? '—' : typeof value === 'string' ? value : JSON.stringify(value)
