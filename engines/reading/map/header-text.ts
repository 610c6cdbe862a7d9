import { squeezed } from '../type/plain-text.ts'
import { type HeaderMeaning, headerFields } from './header-dictionary.ts'
import { headerEndings } from './header-endings.ts'

export interface HeaderText {
  /** What the dictionary is asked with. */
  text: string
  /** The unit in the bracket: 盒 of 数量（盒）. */
  unit?: string
}

const UNITS =
  /^(盒|瓶|支|片|袋|包|件|箱|个|套|台|把|只|条|粒|贴|板|听|桶|罐|副|根|卷|块|张|枚|对|组|千克|kg|克|g|ml|毫升|升|人份|测试|筒|管|剂|付|丸|中包|大盒|小盒)$/i

/** A header as printed → comparable: half-width, no blanks, no bracket; the unit in the bracket is kept as a hint. */
export function headerText(printed: string): HeaderText {
  let text = squeezed(printed)
    .toLowerCase()
    .replace(/[*:_"'`【】]/g, '')
  if (headerFields.has(text)) return { text }
  let unit: string | undefined
  text = text.replace(
    /\(([^()]*)\)|\[([^[\]]*)\]|\/([^/]{1,2})$/g,
    (whole, round: string, square: string, slash: string) => {
      const inner = round ?? square ?? slash
      if (UNITS.test(inner)) {
        unit = inner
        return ''
      }
      return slash === undefined ? '' : whole
    },
  )
  text = text.replace(/^单位[:：]?(.{1,2})$/, (whole, inner: string) => {
    if (UNITS.test(inner)) unit = inner
    return whole
  })
  return unit === undefined ? { text } : { text, unit }
}

/** What a header can mean, surest first; a part of it counts where the whole is not known. */
export function meaningsOf(text: string): { meanings: HeaderMeaning[]; whole: boolean } {
  const known = headerFields.get(text)
  if (known) return { meanings: known, whole: true }
  if (text === '' || isCumulative(text)) return { meanings: [], whole: false }
  const stripped = text.replace(/^(本月|本期|当月|当期|实际|合计|累计|月|总|原|标准|erp)+|[0-9一二]$/g, '')
  const strippedKnown = headerFields.get(stripped)
  if (strippedKnown) return { meanings: strippedKnown.map((each) => lowered(each, 0.9)), whole: true }
  const bare = withoutNotes(text)
  const bareKnown = bare === text ? undefined : headerFields.get(bare)
  if (bareKnown) return { meanings: bareKnown.map((each) => lowered(each, 0.9)), whole: true }
  let best: { ending: string; meaning: HeaderMeaning } | null = null
  for (const { ending, field, weight } of headerEndings) {
    if (text.length <= 12 && text.endsWith(ending) && (!best || ending.length > best.ending.length)) {
      best = { ending, meaning: { field, weight } }
    }
  }
  return { meanings: best ? [best.meaning] : [], whole: false }
}

/** 客户名称(必填), 数量(最小单位), 日期Date, 客户名称/Customer → what stands in front; nothing of Chinese is cut off. */
function withoutNotes(text: string): string {
  const plain = text.replace(/[([][^()[\]]*[)\]]/g, '')
  return /[\p{Script=Han}]{2}/u.test(plain)
    ? plain.replace(/[/|]?[a-z][a-z./ ]*$/, '').replace(/^[a-z./]+/, '')
    : plain
}

function lowered(meaning: HeaderMeaning, by: number): HeaderMeaning {
  return { ...meaning, weight: meaning.weight * by }
}

/** Figures of another time than the file's month: 本年累计, 期初, 上月, 同期. */
export function isCumulative(text: string): boolean {
  return /(本年|年度|全年|年初|至今|ytd).*|累计|期初|上期|上月|上年|去年|同期|年累/.test(text)
}
