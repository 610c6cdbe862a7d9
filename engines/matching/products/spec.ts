import type { PackLevel, ParsedSpec } from '../shapes.ts'
import { foldText } from '../text/characters.ts'

const countUnits = '片粒支瓶袋丸贴枚板盒箱条包听桶套个张块管筒件揿喷吸枝只罐杯卷付副台根把S'
/** Units that hold packs; what stands in them does not count into one sales pack. */
const outerUnits = new Set(['盒', '箱', '件', '桶', '套'])

const measure =
  /^(\d+(?:\.\d+)?)(万|亿|百万)?(MG|G|KG|UG|ΜG|MCG|ML|L|IU|U|单位|国际单位|%|MMOL|MM|CM|M|CFU|MBQ|KCAL)(?:\/(?:片|粒|支|瓶|袋|丸|贴|枚|揿|喷|吸|管|ML|枝))?/
const count = new RegExp(`^(\\d+)([${countUnits}])(?:\\/([${countUnits}]))?`)

const scale: Record<string, number> = { 万: 1e4, 亿: 1e8, 百万: 1e6 }

const plain = (n: number) => String(Number(n.toPrecision(12)))

/** 300mg and 0.3g, 10万单位 and 100000iu become one text. */
function canonicalMeasure(figure: string, times: string | undefined, unit: string): string {
  const n = Number(figure) * (times === undefined ? 1 : (scale[times] ?? 1))
  switch (unit) {
    case 'KG':
      return `${plain(n * 1000)}g`
    case 'G':
      return n >= 0.1 ? `${plain(n)}g` : `${plain(n * 1000)}mg`
    case 'MG':
      return n >= 100 ? `${plain(n / 1000)}g` : `${plain(n)}mg`
    case 'UG':
    case 'ΜG':
    case 'MCG':
      return n >= 1e5 ? `${plain(n / 1e6)}g` : n >= 100 ? `${plain(n / 1000)}mg` : `${plain(n)}ug`
    case 'L':
      return `${plain(n * 1000)}ml`
    case 'U':
    case 'IU':
    case '单位':
    case '国际单位':
      return `${plain(n)}iu`
    default:
      return `${plain(n)}${unit.toLowerCase()}`
  }
}

const sizeOrder = (m: string) => (/ml$/.test(m) ? 0 : 1)

/**
 * Reads a specification: strength, then counts from the smallest unit outwards. "0.3g*10片*3板/盒" → 0.3g, 30 a pack;
 * "10万iu×5瓶/盒" → 100000iu, 5 a pack; "0.3g/片*10片/板*3板/盒*200盒" → 30 a pack (the 200 make a case). Text that is not
 * understood is passed over; nothing is thrown.
 */
export function parseSpec(spec: string): ParsedSpec {
  // Dots and stars carry meaning here; the fold would drop them.
  let rest = foldText(spec.replace(/[.．]/g, '\u0001').replace(/[×✕＊*]/g, 'X'), false)
    .replaceAll('\u0001', '.')
    .replaceAll('毫克', 'MG')
    .replaceAll('毫升', 'ML')
    .replaceAll('微克', 'UG')
    .replace(/(?<=\d)克/g, 'G')
  const doses: string[] = []
  const pack: PackLevel[] = []
  while (rest.length > 0) {
    const m = measure.exec(rest)
    const c = m === null ? count.exec(rest) : null
    if (m !== null) {
      if (pack.length === 0) doses.push(canonicalMeasure(m[1] ?? '', m[2], m[3] ?? ''))
      rest = rest.slice(m[0].length)
    } else if (c !== null) {
      pack.push({ count: String(Number(c[1])), unit: c[2] === 'S' ? '片' : (c[2] ?? '') })
      rest = rest.slice(c[0].length)
    } else {
      const skipped = /^\d+(\.\d+)?/.exec(rest)
      rest = rest.slice(skipped === null ? 1 : skipped[0].length)
    }
  }
  const parsed: ParsedSpec = { pack }
  if (doses.length > 0)
    parsed.dose = [...new Set(doses)]
      .sort((a, b) => sizeOrder(a) - sizeOrder(b))
      .slice(0, 3)
      .join(':')
  const inner = pack.filter((p) => !outerUnits.has(p.unit))
  if (inner.length > 0) parsed.perPack = inner.reduce((n, p) => n * Number(p.count), 1)
  return parsed
}
