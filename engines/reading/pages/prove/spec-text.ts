import type { PageCell } from '../page-shapes.ts'
import { repair } from './sections.ts'

const COUNTED = '片|粒|支|袋|s|S|T|瓶|丸|枚|贴|板|只|泡|吸|揿|喷|包|盒|条|个|套|剂'
const DOSE = 'mg|g|kg|ml|μg|ug|IU|iu|U|单位|万单位|万IU|cm|mm|L|mmol'

/**
 * A spec's own grammar, dose × count: what the recogniser mixes up in it (ml and m1, a lost or misread ×) has one reading
 * only. Returns false where the text does not fit the grammar, so that nobody takes it for proven.
 */
export function tidySpec(cell: PageCell, sign: string) {
  const { text } = cell
  let plain = text
    .replace(/(\d)\s?m[1Ii|L](?![0-9A-Za-z.])/g, '$1ml')
    .replace(/(\d)\s?m[1Ii|](?=[:：])/g, '$1ml')
    .replace(/(\d)[uμµ][g9](?![0-9A-Za-z])/g, '$1μg')
    .replace(/(\d)m[g9](?![0-9A-Za-z])/g, '$1mg')
    .replace(/(\d00)\s?[1lI|]U(?![0-9A-Za-z])/g, '$1IU')
    .replace(/AX?a[1lI|]U/g, (read) => `${read.slice(0, -2)}IU`)
    .replace(/(\d)[pP][g9](?![0-9A-Za-z])/g, '$1μg')
    .replace(/(\d)九(?=$|[/*×）)])/g, '$1丸')
    .replace(/([:：]\d+)[:：](\d+(?:mg|g|ml|μg))/g, '$1.$2')
    .replace(/(\d)\s?(?:x|×|X)\s?(?=\d+(?:\.\d+)?(?:cm|mm))/g, '$1×')
  const between = new RegExp(`(\\d(?:${DOSE}))[°~^²“”‘’'’\`′√㎡#+＊。.-]{1,2}(\\d+(?:${COUNTED}))`, 'g')
  plain = plain.replace(between, `$1${sign}$2`)
  const missing = new RegExp(`(\\d(?:mg|g|ml|μg|IU|单位))(\\d+(?:${COUNTED}))(?=$|[/*×(（])`, 'g')
  plain = plain.replace(missing, `$1${sign}$2`)
  plain = plain.replace(/(\dcm)(\d+(?:\.\d+)?cm)/g, '$1×$2').replace(/(\dcm)[*x](\d+(?:\.\d+)?cm)/g, '$1×$2')
  // x and × are the same sign, whoever printed it.
  if (plain.replaceAll('×', 'x') === text.replaceAll('×', 'x')) cell.text = plain
  else repair(cell, plain, 'spec', 0.75)
}

/** The sign most of a column's specs multiply with. */
export function commonSign(cells: PageCell[]): string {
  let [stars, crosses] = [0, 0]
  for (const { text } of cells) {
    if (/[a-z)](\*)\d/i.test(text)) stars++
    if (/[a-z)][×xX]\d/.test(text)) crosses++
  }
  return crosses > stars ? '×' : '*'
}

const WHOLE = new RegExp(
  `^(?:\\d+(?:\\.\\d+)?(?:${DOSE}|%)?[:：]?)+(?:/(?:\\d+(?:\\.\\d+)?)?(?:${DOSE}|${COUNTED}))*(?:[*×xX]\\d+(?:\\.\\d+)?(?:${DOSE}|${COUNTED})?(?:/(?:${COUNTED}))?)*(?:[（(][^()（）]{1,6}[)）])?$`,
)

/** Whether a text reads as a dose and counts throughout. */
export function isSpec(text: string): boolean {
  return WHOLE.test(text.replace(/\s/g, ''))
}
