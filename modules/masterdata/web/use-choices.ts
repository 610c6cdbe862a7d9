import { useLocale, useText } from '#ui/i18n.ts'
import { useList } from '#ui/use-list.ts'
import type { CodeValueRow } from '../shapes.ts'

export type Choice = { value: string; label: string }

/** The words of a fixed list of states or kinds: `useWords('kind', institutionKinds)`. */
export function useWords(field: string, values: readonly string[]): Choice[] {
  const t = useText()
  return values.map((value) => ({ value, label: t(`masterdata.${field}.${value}`) }))
}

/** The values of a code list in the reader's language; '' is no list. */
export function useCodeList(list: string): (Choice & { name: string })[] {
  const english = useLocale() === 'en'
  const path = list === '' ? null : (`/api/code-lists/${list}` as const)
  const read = useList<CodeValueRow>(path, undefined, { active: 'true', size: 200 })
  return (read.data?.rows ?? []).map((row) => {
    const name = english ? row.label_en : row.label_zh
    return { value: row.code, name, label: name === row.code ? name : `${name} · ${row.code}` }
  })
}

/** The name of a product group; a code that is in no list stays itself, '*' means all. */
export function useGroupNames(): (code: string | null) => string {
  const t = useText()
  const names = new Map(useCodeList('product-group').map(({ value, name }) => [value, name]))
  return (code) =>
    code === '*' ? t('masterdata.all_groups') : code === null ? '' : (names.get(code) ?? code)
}
