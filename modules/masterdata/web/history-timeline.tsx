import type { ApiPath } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { Timeline } from '#ui/show/timeline.tsx'
import { useRead } from '#ui/use-list.ts'
import type { HistoryRow } from '../shapes.ts'
import { useFieldWords } from './field-words.ts'

// That it was asked for is told with what was asked for.
const isTold = ({ deed }: HistoryRow) => deed !== 'approvals.request'
// Of these the row's own change is told; what the approval itself went through is on its own page.
const NOT_ITS_OWN = /^approvals\./

const byWhat = ({ deed }: HistoryRow) =>
  deed === 'masterdata.change-many' ? 'masterdata.by_batch' : 'masterdata.by_import'

/** Who did what to a row, newest first. `path` is the row's own address. */
export function HistoryTimeline({ path }: { path: ApiPath }) {
  const t = useText()
  const words = useFieldWords()
  const read = useRead<{ rows: HistoryRow[] }>(`${path}/history`)
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton lines={3} />
  return (
    <Timeline
      items={read.data.rows.filter(isTold).map((row) => ({
        key: row.id + row.at,
        at: row.at,
        by: row.by ?? t('masterdata.system'),
        title: t(`masterdata.deed.${row.deed.replace('masterdata.', '')}`, { defaultValue: row.deed }),
        text: row.reason ?? (row.import_id ? t(byWhat(row)) : undefined),
        to: row.import_id ? `/imports/${row.import_id}` : undefined,
        changes: (NOT_ITS_OWN.test(row.deed) ? [] : row.changes)
          .filter(({ field }) => !field.endsWith('_id') && field !== 'merged_into')
          .map(({ field, before, after }) => ({
            field: words.field(field),
            before: words.value(field, before),
            after: words.value(field, after),
          })),
      }))}
    />
  )
}
