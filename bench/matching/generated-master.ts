import type { InstitutionEntry } from '#engines/matching/public.ts'
import { divisions } from '#engines/matching/text/divisions.ts'
import { sellerProvince, sequence, writeBadly } from './noise.ts'

const placeCharacters =
  '安宝北昌长城川春大德东丰福富高古关广海和河红湖华黄惠吉江金景九开康莲林龙隆罗马梅明南宁平泉仁瑞三山上胜石水松塘天田同桐头湾望文五溪西下仙祥新兴杨永玉元云张兆振中忠州竹庄'
const nameCharacters = '爱安博昌诚德恩福光国海和恒弘华惠济健金康乐利民明宁普仁瑞圣盛泰天同万益永佑源正众卓'
const fixed = [
  '人民医院',
  '中医医院',
  '妇幼保健院',
  '第二人民医院',
  '第三人民医院',
  '中西医结合医院',
  '疾病预防控制中心',
  '精神病医院',
  '骨科医院',
]
const towns = ['镇卫生院', '乡卫生院', '镇中心卫生院', '街道社区卫生服务中心', '村卫生室']
const privates = [
  '医院',
  '口腔门诊部',
  '眼科医院',
  '中医诊所',
  '妇产医院',
  '康复医院',
  '大药房',
  '诊所',
  '综合门诊部',
]

/** Invented institutions, about as many a county as the count asks for; no real master is needed. */
export function* generateMaster(count: number): Generator<InstitutionEntry> {
  const random = sequence(7)
  const word = (from: string, length: number) =>
    Array.from({ length }, () => from[Math.floor(random() * from.length)]).join('')
  const counties = divisions.name.map((_, unit) => unit).filter((unit) => divisions.level[unit] === 3)
  const perCounty = Math.ceil(count / counties.length)
  let made = 0
  for (const unit of counties) {
    const county = divisions.name[unit] as string
    const city = divisions.name[divisions.city[unit] as number] ?? null
    const province = divisions.name[divisions.province[unit] as number] as string
    const written = new Set<string>()
    while (written.size < perCounty && made < count) {
      const share = random()
      let name: string
      if (written.size < fixed.length) name = county + fixed[written.size]
      else if (share < 0.45)
        name = county + word(placeCharacters, 2) + towns[Math.floor(random() * towns.length)]
      else if (share < 0.75) {
        const where = random() < 0.5 ? county : (divisions.short[unit] as string)
        name = where + word(nameCharacters, 2) + privates[Math.floor(random() * privates.length)]
      } else {
        const chain = word(nameCharacters.slice(0, 12), 2)
        name = `${province.slice(0, 2)}${chain}大药房连锁有限公司${county.slice(0, 2)}${word(placeCharacters, 2)}店`
      }
      if (written.has(name)) continue
      written.add(name)
      yield {
        id: `G${made++}`,
        name,
        aliases: [],
        province,
        city,
        county: random() < 0.6 ? county : null,
        type: null,
        level: null,
      }
    }
  }
}

export interface GeneratedQuery {
  raw: string
  distributor_province: string
  true_id: string
}

/** Names of the master written badly; one in ten is of an institution the master lacks (its true_id is NONE). */
export function generateQueries(
  count: number,
  masterSize: number,
): { queries: GeneratedQuery[]; withheld: Set<string> } {
  const random = sequence(11)
  const places = new Set<number>()
  while (places.size < count) places.add(Math.floor(random() * masterSize))
  const queries: GeneratedQuery[] = []
  const withheld = new Set<string>()
  const seen = new Set<string>()
  let at = 0
  for (const entry of generateMaster(masterSize)) {
    if (!places.has(at++)) continue
    const none = random() < 0.1
    const raw = writeBadly(entry, random)
    const distributor_province = sellerProvince(entry, random)
    if (seen.has(raw + distributor_province)) continue
    seen.add(raw + distributor_province)
    if (none) withheld.add(entry.id)
    queries.push({ raw, distributor_province, true_id: none ? 'NONE' : entry.id })
  }
  return { queries, withheld }
}
