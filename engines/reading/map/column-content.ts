import type { RawRow } from '../open/source.ts'
import type { KnownNames } from '../shapes.ts'
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
  /** Institutions or companies. */
  partners: number
  specs: number
  units: number
  approvals: number
  joined: number
  /** Names the masters know, where masters were given. */
  known_customers: number
  known_products: number
}

const INSTITUTION =
  /(医院|卫生院|卫生室|卫生所|卫生站|服务中心|服务站|诊所|门诊部?|药房|药店|大药房|保健院|保健所|防治院|防治所|疗养院|分院|总院|附院|[东西南北新老]院|院区|门诊|中心|研究所|康复院|养老院|福利院|药业|连锁|分店|[\p{Script=Han}]店|医务室|校医院|急救中心|血站)(\(.*\)|（.*）|\*)?$/u
const COMPANY = /(公司|集团|厂|Ltd\.?|Inc\.?|GmbH|LIMITED|药业|制药)(\(.*\)|（.*）)?$/i
const SPEC =
  /\d\s*(mg|g|kg|ml|l|μg|ug|mcg|iu|万?单位|u|cm|mm|fr?|s|片|粒|支|袋|丸|瓶|盒|贴|枚|只|个|揿|泡|包|板|喷|吸)(?![a-z])/i
const UNIT =
  /^(盒|瓶|支|片|袋|包|件|箱|个|套|台|把|只|条|粒|贴|板|听|桶|罐|副|根|卷|块|张|枚|对|组|kg|g|ml|人份|筒|管|剂|付|丸|中包|大盒|小盒)$/i
const APPROVAL =
  /^(国药准字|国械注|国械备|[京沪津渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁新]\S?械|注册证|进口药品)/
/** Name, then a blank or a bracket's end, then a spec to the end of the cell. */
const JOINED = /^[\p{Script=Han}A-Za-z(（][^\s]*[\p{Script=Han})）]\s+\d\S*.*$/u

export function contentOf(rows: RawRow[], column: number, names?: KnownNames): ColumnContent {
  const content: ColumnContent = {
    filled: 0,
    dates: 0,
    months: 0,
    numbers: 0,
    institutions: 0,
    companies: 0,
    partners: 0,
    specs: 0,
    units: 0,
    approvals: 0,
    joined: 0,
    known_customers: 0,
    known_products: 0,
  }
  for (const [text, times] of tallyOf(rows, column)) {
    const add = (key: keyof ColumnContent, holds: unknown) => {
      if (holds) content[key] += times
    }
    const date = parseDate(text, 2000)
    const [institution, company, spec] = [INSTITUTION.test(text), COMPANY.test(text), SPEC.test(text)]
    add('filled', true)
    add('dates', date?.length === 10)
    add('months', date?.length === 7)
    add('numbers', parseDecimal(text))
    add('institutions', institution)
    add('companies', company)
    add('partners', institution || company)
    add('specs', spec && text.length < 60)
    add('units', UNIT.test(text))
    add('approvals', APPROVAL.test(text))
    add('joined', spec && JOINED.test(text))
    add('known_customers', names?.customer(text))
    add('known_products', names?.product(text))
  }
  const filled = Math.max(content.filled, 1)
  for (const key of Object.keys(content) as (keyof ColumnContent)[])
    if (key !== 'filled') content[key] /= filled
  return content
}

/** How often each text stands in a column. */
function tallyOf(rows: RawRow[], column: number): Map<string, number> {
  const tally = new Map<string, number>()
  for (const row of rows) {
    const text = cleaned(row.cells[column] ?? '')
    if (text !== '') tally.set(text, (tally.get(text) ?? 0) + 1)
  }
  return tally
}

/** Name and spec apart by a bracket around the spec, by a mark, or only by where Chinese ends and figures begin. */
const BRACKETED = /^(.*[^\s(（【[])\s*[(（【[]\s*(\d[^()（）【】[\]]*)[)）】\]]$/u
const MARKED = /^(\S*[\p{Script=Han})）])\s*[/|_,，、:：-]\s*(\d.*)$/u
const ADJOINED =
  /^(\S*[\p{Script=Han})）])(\d+(?:\.\d+)?\s*(?:mg|g|kg|ml|l|μg|ug|mcg|iu|万?单位|万?u|%|s|片|粒|支|袋|mm|cm).*)$/iu

/** A device and its model: 人工晶状体 SN6CWS +29D. */
const MODELLED = /^([\p{Script=Han}()（）]{2,})\s+([A-Za-z]*\d[\w+.\-/ *×]*)$/u

/** A heading that goes on with the maker: 氯沙坦钾片 50mg*14片 云台制药 → without it. */
export function withoutMaker(text: string): string {
  const parts = text.split(/\s+/)
  const last = parts.at(-1) ?? ''
  const named = parts.length >= 3 && (COMPANY.test(last) || /(制药|药业|药厂|股份|集团|生物|医疗)/.test(last))
  return named ? parts.slice(0, -1).join(' ') : text
}

/** A joined name and spec cut in two where that is clear: '达芙通(地屈孕酮片) 10mg*20片', '氯沙坦钾片(50mg*14片)'. */
export function splitProduct(text: string): { product: string; spec: string } | null {
  if (JOINED.test(text)) {
    const at = text.search(/\s+\d/)
    const spec = text.slice(at).trim()
    return SPEC.test(spec) ? { product: text.slice(0, at).trim(), spec } : null
  }
  for (const pattern of [BRACKETED, MARKED, ADJOINED]) {
    const [, product, spec] = pattern.exec(text) ?? []
    if (product && spec && SPEC.test(spec)) return { product: product.trim(), spec: spec.trim() }
  }
  const [, product, model] = MODELLED.exec(text) ?? []
  return product && model ? { product, spec: model } : null
}

export function looksLikeSpec(text: string): boolean {
  return SPEC.test(text) && text.length < 60
}

export function looksLikeInstitution(text: string): boolean {
  return INSTITUTION.test(text) || COMPANY.test(text)
}
