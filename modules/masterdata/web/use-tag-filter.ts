import { useText } from '#ui/i18n.ts'
import type { Filter } from '#ui/table/filter.ts'
import { useRead } from '#ui/use-list.ts'
import type { ClassifiableKind } from '../batches/shapes.ts'

/** A filter over the tags that rows of a kind carry, each with how many do; none while nothing is tagged. */
export function useTagFilter(kind: ClassifiableKind): Filter[] {
  const t = useText()
  const read = useRead<{ rows: { value: string; count: number }[] }>(`/api/${kind}/tags`)
  const options = (read.data?.rows ?? []).map(({ value, count }) => ({
    value,
    label: `${value} (${count.toLocaleString('en')})`,
  }))
  if (options.length === 0) return []
  return [{ key: 'tag', label: t('masterdata.tags'), kind: 'multi', options }]
}
