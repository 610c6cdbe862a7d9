import { foldText } from '../text/characters.ts'

const specStart =
  /[(]?\d+(?:\.\d+)?(?:万|亿)?(?:MG|G|KG|UG|MCG|ML|L|IU|U|单位|%|片|粒|支|瓶|袋|丸|贴|枚|板|S)(?![A-WYZ])/

/** Dots and stars matter in specifications, so they are kept here, unlike in names of institutions. */
function foldProduct(text: string): string {
  return foldText(text.replace(/[.．]/g, '\u0001').replace(/[×✕＊*]/g, 'X'), false).replaceAll('\u0001', '.')
}

/** The key under which aliases and distinct texts are kept: name and specification folded, joined by "|". */
export function normaliseProductText(name: string, spec: string): string {
  return `${foldProduct(name)}|${foldProduct(spec)}`
}

/** "奥卡西平片(30S)" → name 奥卡西平片 and specification 30S; the given specification, if any, is joined. */
export function splitProductText(name: string, spec: string): { name: string; spec: string } {
  const folded = foldProduct(name).replace(/[®™]/g, '')
  const given = foldProduct(spec)
  const at = folded.search(specStart)
  if (at < 2) return { name: plainName(folded), spec: given }
  const found = folded.slice(at).replace(/[()]/g, '')
  return { name: plainName(folded.slice(0, at)), spec: given === '' ? found : given }
}

/** Name without brackets and remarks that wholesalers add. */
function plainName(name: string): string {
  return name
    .replace(
      /\((?:集采|国采|带量|医保|非医保|新|旧|新包装|老包装|进口|国产|RX|OTC|甲|乙|处方|盒|瓶|支)\)/g,
      '',
    )
    .replace(/[()\-/ ]/g, '')
    .replace(/(规格|装)$/, '')
}

/** Core of a maker's name: 浙江某某制药股份有限公司 → 浙江某某. */
export function makerCore(maker: string): string {
  return foldText(maker, false)
    .replace(/[()]/g, '')
    .replace(/(集团|股份|有限|责任|公司|制药|药业|医药|生物|科技|技术|工业|厂)/g, '')
}
