import { citiesOf, countiesOf, type Division, provinceNamed } from './divisions.ts'
import { inventCreditCode } from './identifiers.ts'
import {
  BRANCHES,
  CHAINS,
  CLINIC_NAMES,
  type DistributorName,
  ROADS,
  SHOP_NAMES,
  TOWNS,
  UNIVERSITIES,
} from './names.ts'
import { type Plan, provincesOf } from './plan.ts'
import { type Random, randomOf } from './random.ts'
import type { DemoInstitution, InstitutionKind } from './shapes.ts'

type Place = { province: Division; city: Division; county: Division }

type Draft = {
  name: string
  kind: InstitutionKind
  level?: string
  aliases?: string[]
  parent_key?: string | null
  place: Place
  tax_id?: string
  road?: string
}

/** Gathers institutions: gives keys and codes, keeps names apart, adds address and credit code. */
class Register {
  readonly list: DemoInstitution[] = []
  private readonly names = new Set<string>()
  private readonly prefix: string
  private readonly random: Random

  constructor(prefix: string, random: Random) {
    this.prefix = prefix
    this.random = random
  }

  has(name: string): boolean {
    return this.names.has(name)
  }

  add(draft: Draft): string | null {
    if (this.names.has(draft.name)) return null
    this.names.add(draft.name)
    const no = this.list.length + 1
    const key = `${this.prefix}I${String(no).padStart(4, '0')}`
    const { province, city, county } = draft.place
    const county_name = county.code === city.code ? '' : county.name
    const city_name = city.name === province.name ? '' : city.name
    this.list.push({
      key,
      code: `${draft.kind === 'hospital' ? 'YY' : draft.kind === 'clinic' ? 'ZS' : 'KH'}${String(10000 + no)}`,
      name: draft.name,
      aliases: draft.aliases ?? [],
      kind: draft.kind,
      level: draft.level ?? '',
      province: province.name,
      city: city.name,
      county: county_name,
      region_code: county.code,
      address: `${province.name}${city_name}${county_name}${draft.road ?? this.random.pick(ROADS)}${this.random.int(1, 398)}号`,
      parent_key: draft.parent_key ?? null,
      tax_id: draft.tax_id ?? inventCreditCode(registerOf(draft), county.code, this.random),
    })
    return key
  }
}

function registerOf(draft: Draft): '91' | '12' | '52' | '92' {
  if (draft.kind === 'hospital') return /眼科|骨科|口腔/.test(draft.name) ? '52' : '12'
  return draft.kind === 'clinic' ? '92' : '91'
}

function addCityHospitals(register: Register, random: Random, places: Place[], is_capital: boolean) {
  const seat = random.pick(places)
  const c = seat.city.name
  const s = seat.city.short
  const add = (name: string, level: string, aliases: string[] = []) =>
    register.add({ name, kind: 'hospital', level, aliases, place: random.pick(places) })
  if (is_capital) {
    const university = UNIVERSITIES[seat.province.name]
    if (university) {
      add(`${university}附属第一医院`, '三级甲等', [`${university.replace(/医科大学|医学院/, '')}医附一院`])
      add(`${university}附属第二医院`, '三级甲等')
      add(`${university}附属口腔医院`, '三级甲等')
    }
  }
  const first = add(`${c}第一人民医院`, '三级甲等', random.chance(0.4) ? [`${s}红十字医院`] : [])
  if (random.chance(0.75)) add(`${c}第二人民医院`, random.pick(['三级甲等', '三级乙等']))
  if (random.chance(0.6)) {
    const third = random.pick([`${c}传染病医院`, `${c}肿瘤医院`, `${c}精神卫生中心`])
    add(`${c}第三人民医院`, random.pick(['三级乙等', '二级甲等']), [third])
  }
  if (random.chance(0.75)) add(`${c}中心医院`, '三级甲等', random.chance(0.4) ? [`${c}第四人民医院`] : [])
  add(`${c}中医院`, random.pick(['三级甲等', '三级甲等', '三级乙等']), [`${c}中医医院`])
  add(`${c}妇幼保健院`, random.pick(['三级甲等', '三级乙等', '二级甲等']), [`${c}妇女儿童医院`])
  for (const [kind, level] of [
    ['眼科医院', '二级'],
    ['骨科医院', '二级甲等'],
    ['口腔医院', '二级'],
  ] as const) {
    const invented = `${s}${random.pick(CLINIC_NAMES)}${kind}`
    if (random.chance(kind === '眼科医院' ? 0.9 : 0.5))
      add(random.chance(0.7) ? invented : `${c}${kind}`, level)
  }
  if (first && random.chance(0.6)) {
    const branch = random.pick(BRANCHES)
    register.add({
      name: `${c}第一人民医院（${branch}）`,
      kind: 'hospital',
      level: '三级甲等',
      aliases: [`${c}第一人民医院${branch}`],
      parent_key: first,
      place: seat,
    })
  }
}

function addCountyInstitutions(register: Register, random: Random, place: Place) {
  // A district's hospital carries the city's name before its own; a county's stands alone.
  const { city, county } = place
  const n = county.name.endsWith('区') ? `${city.name}${county.name}` : county.name
  const add = (name: string, kind: InstitutionKind, level: string, aliases: string[] = []) =>
    register.add({ name, kind, level, aliases, place })
  // Cities of county rank were counties; a county's hospital was its first; a district's is called by the short name.
  const former = county.name.endsWith('区')
    ? `${city.name}${county.short}医院`
    : county.name.endsWith('县')
      ? `${county.name}第一人民医院`
      : `${county.short}县人民医院`
  add(
    `${n}人民医院`,
    'hospital',
    random.pick(['二级甲等', '二级甲等', '三级乙等']),
    random.chance(0.3) ? [former] : [],
  )
  add(`${n}中医院`, 'hospital', '二级甲等', [`${n}中医医院`])
  if (random.chance(0.8))
    add(`${n}妇幼保健院`, 'hospital', random.pick(['二级甲等', '二级乙等']), [`${n}妇幼保健计划生育服务中心`])
  if (random.chance(0.4)) add(`${n}第二人民医院`, 'hospital', '二级乙等')
  if (random.chance(0.15)) add(`${county.short}${random.pick(CLINIC_NAMES)}骨科医院`, 'hospital', '二级')
  for (const town of random.some(TOWNS, random.int(1, 2))) {
    if (county.name.endsWith('区'))
      add(`${n}${town}街道社区卫生服务中心`, 'hospital', '一级', [`${n}${town}社区卫生服务中心`])
    else
      add(
        `${n}${town}镇${random.chance(0.3) ? '中心' : ''}卫生院`,
        'hospital',
        random.pick(['一级甲等', '一级乙等']),
      )
  }
  if (random.chance(0.6))
    add(
      `${county.short}${random.pick(CLINIC_NAMES)}${random.pick(['综合门诊部', '诊所', '口腔门诊部', '中西医结合诊所'])}`,
      'clinic',
      '',
    )
  if (random.chance(0.5)) {
    const shop = `${county.short}${random.pick(SHOP_NAMES)}`
    add(`${shop}大药房${random.chance(0.5) ? '有限公司' : ''}`, 'pharmacy', '', [`${shop}药店`])
  }
}

function addChain(register: Register, random: Random, brand: string, places: Place[], stores: number) {
  const home = places[0]
  if (!home) return
  const where = random.chance(0.5) ? home.province.short : home.city.short
  const name = `${where}${brand}大药房连锁有限公司`
  const chain = register.add({ name, kind: 'chain', aliases: [`${brand}大药房`], place: home })
  for (let i = 0; i < stores; i++) {
    const place = random.pick(places)
    const spot = random.pick(ROADS)
    register.add({
      name: `${name}${place.city.short}${spot}店`,
      kind: 'pharmacy',
      aliases: [`${brand}大药房${spot}店`],
      parent_key: chain,
      place,
      road: spot,
    })
  }
}

function addOthers(register: Register, random: Random, home: Place) {
  const { province, county } = home
  register.add({
    name: `${province.name}${random.pick(['荣军', '交通', '建工'])}医院`,
    kind: 'hospital',
    level: '二级甲等',
    place: home,
  })
  register.add({
    name: `${county.name}${random.pick(['人民武装部', '红十字会', '民政局社会福利中心'])}`,
    kind: 'other',
    place: home,
  })
  for (const town of random.some(SHOP_NAMES, 2)) {
    register.add({ name: `${home.city.short}${town}医药商贸有限公司`, kind: 'distributor', place: home })
  }
}

/** Institutions of a plan's provinces, and each distributor once more as a buyer. */
export function institutionsOf(plan: Plan, distributors: DistributorName[], seed: number): DemoInstitution[] {
  const register = new Register(plan.prefix, randomOf(seed, plan.prefix, 'address'))
  provincesOf(plan).forEach((entry, p) => {
    const province = provinceNamed(entry.name)
    const random = randomOf(seed, plan.prefix, 'institutions', entry.name)
    const cities = citiesOf(province).slice(0, plan.cities_per_province)
    const places = cities.flatMap((city) => {
      const counties = countiesOf(city)
      // One city that is a province has the counties of all.
      const count = plan.counties_per_city * (cities.length === 1 ? plan.cities_per_province : 1)
      return random.some(counties, count).map((county) => ({ province, city, county }))
    })
    cities.forEach((city, i) => {
      const here = places.filter((place) => place.city === city)
      addCityHospitals(register, random, here, i === 0)
    })
    for (const place of places) addCountyInstitutions(register, random, place)
    for (const brand of CHAINS.slice(p * 2, p * 2 + 2))
      addChain(register, random, brand, places, plan.stores_per_chain)
    const home = places[0]
    if (home) addOthers(register, random, home)
    for (const d of distributors.filter((entry) => entry.province === province.name)) {
      const place = places.find((entry) => entry.city.name === d.city) ?? home
      if (!place) continue
      // From the name and city alone: one company has one code, whichever maker's world it is in.
      const tax_id = inventCreditCode('91', place.city.code, randomOf('credit code', d.name))
      register.add({ name: d.name, kind: 'distributor', aliases: [d.short_name], place, tax_id })
    }
  })
  return register.list
}
