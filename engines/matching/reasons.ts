import { featureAt, type PairFeature } from './features.ts'
import type { Reason } from './shapes.ts'

/** A feature above its threshold gives a reason. */
const rules: readonly (readonly [PairFeature, number, string])[] = [
  ['same_text', 0.5, 'same-name'],
  ['is_alias', 0.5, 'known-alias'],
  ['sound', 0.01, 'sounds-alike'],
  ['near_sound', 0.01, 'sounds-alike'],
  ['look', 0.01, 'looks-alike'],
  ['changed', 0.01, 'characters-differ'],
  ['missing', 0.15, 'characters-missing'],
  ['missing_tail', 0.1, 'cut-off'],
  ['extra', 0.15, 'characters-extra'],
  ['maternal_grade', 0.5, 'kind-differs'],
  ['narrower', 0.5, 'division-wider'],
  ['wider', 0.5, 'division-narrower'],
  ['wider_common', 0.5, 'division-narrower'],
  ['trade_lacking', 0.5, 'trade-differs'],
  ['trade_added', 0.5, 'trade-differs'],
  ['place_agrees', 0.5, 'address-agrees'],
  ['place_conflicts', 0.5, 'address-conflicts'],
  ['missing_division', 0.3, 'prefix-dropped'],
  ['extra_division', 0.01, 'prefix-added'],
  ['ordinal_conflict', 0.5, 'ordinal-conflicts'],
  ['ordinal_lacking', 0.5, 'ordinal-one-sided'],
  ['ordinal_added', 0.5, 'ordinal-one-sided'],
  ['branch_conflict', 0.5, 'branch-conflicts'],
  ['branch_lacking', 0.5, 'branch-one-sided'],
  ['branch_added', 0.5, 'part-of'],
  ['kind_conflict', 0.5, 'kind-conflicts'],
  ['division_conflict', 0.5, 'division-conflicts'],
  ['division_conflict_short', 0.5, 'division-conflicts'],
  ['division_unknown', 0.5, 'division-unknown'],
  ['same_province', 0.6, 'province-agrees'],
  ['other_province', 0.6, 'province-differs'],
  ['division_agrees', 0.5, 'division-agrees'],
]

const textual = new Set<PairFeature>([
  'sound',
  'near_sound',
  'look',
  'changed',
  'missing',
  'missing_tail',
  'extra',
])
const ruleAt = Uint8Array.from(rules, ([feature]) => featureAt[feature])
const ruleFrom = Float64Array.from(rules, ([, threshold]) => threshold)
const ruleReason: Reason[] = rules.map(([, , code]) => ({ code }))
const isTextual = rules.map(([feature]) => textual.has(feature))
const sameCore: Reason = { code: 'same-core' }

/** Reasons from the pair features that start at `slot`. */
export function readReasons(features: Float64Array, slot: number): Reason[] {
  const out: Reason[] = []
  let plain = true
  for (let i = 0; i < ruleAt.length; i++) {
    if ((features[slot + (ruleAt[i] as number)] as number) <= (ruleFrom[i] as number)) continue
    const reason = ruleReason[i] as Reason
    let told = false
    for (const r of out) if (r.code === reason.code) told = true
    if (told) continue
    out.push(reason)
    if (i === 0 || isTextual[i]) plain = false
  }
  if (plain) out.unshift(sameCore)
  return out
}

const sentences: Record<string, readonly [string, string]> = {
  'same-name': ['名称相同', 'Same name'],
  alias: ['已确认的对照', 'Confirmed alias'],
  'alias-distributor': ['该经销商已确认的对照', 'Alias confirmed for this distributor'],
  'alias-province': ['该省已确认的对照', 'Alias confirmed for this province'],
  'alias-company': ['全公司已确认的对照', 'Alias confirmed for the whole company'],
  'known-alias': ['与主数据中的别名相符', 'Matches an alias in the master'],
  'same-core': ['去掉行政区划和备注后名称相同', 'Same name without division and remarks'],
  'sounds-alike': ['有同音字', 'Written with a character that sounds alike'],
  'looks-alike': ['有形近字', 'Written with a character that looks alike'],
  'characters-differ': ['有不同的字', 'Some characters differ'],
  'characters-missing': ['缺字', 'Some characters are missing'],
  'characters-extra': ['多字', 'Some characters are extra'],
  'cut-off': ['名称不完整', 'The name is cut off'],
  'prefix-dropped': ['省略了行政区划', 'Division left out'],
  'prefix-added': ['多写了行政区划', 'Division added'],
  'ordinal-agrees': ['序号一致', 'Same number'],
  'ordinal-conflicts': ['序号不同', 'Different number (first, second …)'],
  'ordinal-one-sided': ['只有一方有序号', 'Only one side has a number'],
  'branch-conflicts': ['院区或门店不同', 'Different branch'],
  'branch-one-sided': ['只有一方写明院区或门店', 'Only one side names a branch'],
  'part-of': [
    '名称写明院区或门店，该机构是总院或总部',
    'The text names a branch, the institution is the whole',
  ],
  'kind-conflicts': ['机构类别不同', 'Different kind of institution'],
  'trade-differs': ['专科不同或只有一方写明专科', 'Different specialty, or only one side names it'],
  'address-agrees': ['与地址一致', 'Fits the address'],
  'address-conflicts': ['与地址不符', 'Does not fit the address'],
  'kind-differs': ['保健院与保健站、所之别', 'Hospital on one side, station on the other'],
  'division-wider': ['名称写到区县，该机构属市级', 'The text names a county, the institution is the city’s'],
  'division-narrower': [
    '名称只写到省市，该机构属区县',
    'The text names a city, the institution is a county’s',
  ],
  'division-agrees': ['行政区划一致', 'Same division'],
  'division-conflicts': ['行政区划不同', 'Different division'],
  'division-unknown': ['主数据缺少对应的行政区划', 'The master does not tell the division'],
  'province-agrees': ['与经销商同省', 'In the distributor’s province'],
  'province-differs': ['与经销商不同省', 'Outside the distributor’s province'],
  'same-tax-id': ['税号相同', 'Same tax id'],
  'tax-id-conflicts': ['税号不同', 'Different tax id'],
  'same-customer-code': ['该经销商的同一客户编码', 'The distributor’s code for this customer'],
  'customer-code-conflicts': [
    '该经销商的客户编码以前对应另一家',
    'The distributor’s code meant another one so far',
  ],
  'same-code': ['编码相同', 'Same code'],
  'same-product-name': ['品名相同', 'Same product name'],
  'same-generic-name': ['通用名相同', 'Same generic name'],
  'similar-product-name': ['品名相近', 'Similar product name'],
  'spec-agrees': ['规格一致', 'Same specification'],
  'spec-unknown': ['规格不完整', 'Specification incomplete'],
  'spec-differs': ['规格不同', 'Different specification'],
  'names-differ': ['品名差异大', 'Names have little in common'],
  'dose-conflicts': ['含量不同', 'Different strength'],
  'pack-conflicts': ['包装数量不同', 'Different pack size'],
  'manufacturer-agrees': ['厂家一致', 'Same manufacturer'],
  'manufacturer-conflicts': ['厂家不同', 'Different manufacturer'],
  'unit-agrees': ['单位一致', 'Same unit'],
}

/** One short sentence. An unknown code comes back as it is. */
export function describeReason(reason: Reason, locale: 'zh-CN' | 'en'): string {
  const pair = sentences[reason.code]
  if (pair === undefined) return reason.code
  const text = locale === 'en' ? pair[1] : pair[0]
  const detail = Object.values(reason.params ?? {}).join(' / ')
  if (detail === '') return text
  return locale === 'en' ? `${text}: ${detail}` : `${text}：${detail}`
}
