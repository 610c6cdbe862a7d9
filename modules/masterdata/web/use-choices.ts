import { useLocale, useText } from '#ui/i18n.ts'
import { useList } from '#ui/use-list.ts'
import type { CodeValueRow } from '../shapes.ts'

export type Choice = { value: string; label: string }

/** The words of a fixed list of states or kinds: `useWords('kind', institutionKinds)`. */
export function useWords(field: string, values: readonly string[]): Choice[] {
  const t = useText()
  return values.map((value) => ({ value, label: t(`masterdata.${field}.${value}`) }))
}

/** The values of a code list in the reader's language. */
export function useCodeList(list: string): Choice[] {
  const english = useLocale() === 'en'
  const read = useList<CodeValueRow>(`/api/code-lists/${list}`, undefined, { active: 'true', size: 200 })
  return (read.data?.rows ?? []).map((row) => ({
    value: row.code,
    label: `${english ? row.label_en : row.label_zh} · ${row.code}`,
  }))
}
