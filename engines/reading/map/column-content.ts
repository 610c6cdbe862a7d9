import type { RawRow } from '../open/source.ts'
import { parseDate } from '../type/dates.ts'
import { parseDecimal } from '../type/decimals.ts'
import { cleaned } from '../type/plain-text.ts'

/** What stands in a column of the sample, as shares (0..1) of its filled cells. */
export interface ColumnContent {
  filled: number
  dates: number
  months: number
  numbers: number
  institutions: number
  companies: number
  specs: number
  units: number
  approvals: number
  joined: number
}

const INSTITUTION =
  /(医院|卫生院|卫生室|卫生所|卫生站|服务中心|服务站|诊所|门诊部?|药房|药店|大药房|保健院|保健所|防治院|防治所|疗养院|药业|连锁|分店|[\p{Script=Han}]店|医务室|校医院|急救中心|血站)(\(.*\)|（.*）|\*)?$/u
const COMPANY = /(公司|集团|厂|Ltd\.?|Inc\.?|GmbH|LIMITED|药业|制药)(\(.*\)|（.*）)?$/i
const SPEC =
  /\d\s*(mg|g|kg|ml|l|μg|ug|mcg|iu|万?单位|u|cm|mm|fr?|s|片|粒|支|袋|丸|瓶|盒|贴|枚|只|个|揿|泡|包|板|喷|吸)(?![a-z])/i
const UNIT =
  /^(盒|瓶|支|片|袋|包|件|箱|个|套|台|把|只|条|粒|贴|板|听|桶|罐|副|根|卷|块|张|枚|对|组|kg|g|ml|人份|筒|管|剂|付|丸|中包|大盒|小盒)$/i
const APPROVAL =
  /^(国药准字|国械注|国械备|[京沪津渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁新]\S?械|注册证|进口药品)/
/** Name, then a blank or a bracket's end, then a spec to the end of the cell. */
const JOINED = /^[\p{Script=Han}A-Za-z(（][^\s]*[\p{Script=Han})）]\s+\d\S*.*$/u

export function contentOf(rows: RawRow[], column: number): ColumnContent {
  const content: ColumnContent = {
    filled: 0,
    dates: 0,
    months: 0,
    numbers: 0,
    institutions: 0,
    companies: 0,
    specs: 0,
    units: 0,
    approvals: 0,
    joined: 0,
  }
  for (const row of rows) {
    const text = cleaned(row.cells[column] ?? '')
    if (text === '') continue
    content.filled++
    const date = parseDate(text, 2000)
    if (date?.length === 10) content.dates++
    if (date?.length === 7) content.months++
    if (parseDecimal(text)) content.numbers++
    if (INSTITUTION.test(text)) content.institutions++
    if (COMPANY.test(text)) content.companies++
    if (SPEC.test(text) && text.length < 60) content.specs++
    if (UNIT.test(text)) content.units++
    if (APPROVAL.test(text)) content.approvals++
    if (JOINED.test(text) && SPEC.test(text)) content.joined++
  }
  const filled = Math.max(content.filled, 1)
  for (const key of Object.keys(content) as (keyof ColumnContent)[])
    if (key !== 'filled') content[key] /= filled
  return content
}

/** A joined name and spec cut in two where that is clear: '达芙通(地屈孕酮片) 10mg*20片'. */
export function splitProduct(text: string): { product: string; spec: string } | null {
  if (!JOINED.test(text)) return null
  const at = text.search(/\s+\d/)
  const spec = text.slice(at).trim()
  return SPEC.test(spec) ? { product: text.slice(0, at).trim(), spec } : null
}

export function looksLikeInstitution(text: string): boolean {
  return INSTITUTION.test(text) || COMPANY.test(text)
}
