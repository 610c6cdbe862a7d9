import { pinyin } from 'pinyin-pro'

const MAX_SORT_KEY = 200

/** Syllables of a text; what is not Chinese stays together: '重庆ABC医院' → ['chong','qing','ABC','yi','yuan']. */
function syllables(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
}

function initials(text: string): string {
  return syllables(text)
    .map((part) => (/^[a-zü]+$/.test(part) ? (part[0] ?? '') : part.replace(/[^\p{L}\p{N}]/gu, '')))
    .join('')
}

/** One spelling for what is searched and what is asked: half width, lower case, one space between. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

/**
 * What a search looks through: name, aliases and code, and the pinyin initials of name and aliases, so that 'bjxh'
 * finds 北京协和医院.
 */
export function searchText(name: string, aliases: readonly string[], code: string): string {
  const spoken = [name, ...aliases]
  const parts = [...spoken, code, ...spoken.map(initials)].map(folded)
  return [...new Set(parts)].filter((part) => part !== '').join(' ')
}

/** By what a name is sorted: its syllables, so that lists follow the order of a Chinese dictionary. */
export function pinyinKey(name: string): string {
  return folded(syllables(name).join(' ')).slice(0, MAX_SORT_KEY)
}
