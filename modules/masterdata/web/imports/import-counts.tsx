import { useText } from '#ui/i18n.ts'
import { type StatTile, StatTiles } from '#ui/layout/stat-tiles.tsx'
import { formatCount } from '#ui/show/format.ts'
import type { ImportDetail } from '../../imports/shapes.ts'

/** What the rows of the file come to; each number opens its rows in the preview. */
export function ImportCounts({ detail }: { detail: ImportDetail }) {
  const t = useText()
  const tile = (key: 'insert' | 'update' | 'same' | 'error', tone?: StatTile['tone']): StatTile => ({
    key,
    label: t(`masterdata.count.${key}`),
    value: formatCount(detail[`${key}_count`]),
    to: `/imports/${detail.id}?show=${key}`,
    tone: detail[`${key}_count`] > 0 ? tone : undefined,
    hint:
      key === 'error' && detail.warning_count > 0
        ? t('masterdata.warnings', { count: detail.warning_count })
        : key === 'update' && detail.identity_count > 0
          ? t('masterdata.identity_rows', { number: formatCount(detail.identity_count) })
          : undefined,
  })
  return (
    <StatTiles
      tiles={[
        {
          key: 'all',
          label: t('masterdata.row_count'),
          value: formatCount(detail.row_count),
          to: `/imports/${detail.id}`,
        },
        tile('insert', 'good'),
        tile('update', 'warn'),
        tile('same'),
        tile('error', 'bad'),
      ]}
    />
  )
}
