import type { ApiPath } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { Timeline } from '#ui/show/timeline.tsx'
import { useRead } from '#ui/use-list.ts'
import type { HistoryRow } from '../shapes.ts'

/** Who did what to a row, newest first. `path` is the row's own address. */
export function HistoryTimeline({ path }: { path: ApiPath }) {
  const t = useText()
  const read = useRead<{ rows: HistoryRow[] }>(`${path}/history`)
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton lines={3} />
  return (
    <Timeline
      items={read.data.rows.map((row) => ({
        key: row.id + row.at,
        at: row.at,
        by: row.by ?? t('masterdata.system'),
        title: t(`masterdata.deed.${row.deed.replace('masterdata.', '')}`),
        text: row.reason ?? (row.import_id ? t('masterdata.by_import') : undefined),
        to: row.import_id ? `/imports/${row.import_id}` : undefined,
        changes: row.changes
          .filter(({ field }) => !field.endsWith('_id') && field !== 'merged_into')
          .map(({ field, before, after }) => ({
            field: t(`masterdata.${field}`, { defaultValue: field }),
            before: t(`masterdata.${field}.${before}`, { defaultValue: before ?? '—' }),
            after: t(`masterdata.${field}.${after}`, { defaultValue: after ?? '—' }),
          })),
      }))}
    />
  )
}
