import { pinyinKey, searchText } from '../search-text.ts'
import type { Values } from './parse-row.ts'
import type { Sheet } from './sheet.ts'

/** What a row is searched and sorted by, made from the values it will have. */
export function searchColumns(sheet: Sheet, values: Values): Values {
  if (!sheet.search) return {}
  const name = String(values.name ?? '')
  const also = [values.generic_name, values.short_name].filter((text) => text).map(String)
  const search_text = searchText(
    name,
    [...also, ...((values.aliases as string[]) ?? [])],
    String(values.code ?? ''),
  )
  return sheet.search === 'pinyin' ? { search_text, pinyin: pinyinKey(name) } : { search_text }
}
