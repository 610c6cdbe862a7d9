import { citiesOf, provinceNamed } from './divisions.ts'
import { inventPerson } from './names.ts'
import { type Plan, type ProvincePlan, provincesOf } from './plan.ts'
import { type Random, randomOf } from './random.ts'
import type {
  DemoInstitution,
  DemoPerson,
  DemoPost,
  DemoTerritory,
  PostHolder,
  ProductGroup,
  TerritoryInstitution,
} from './shapes.ts'

const START = '2025-01-01'

/** Each bucket of product groups has reps of its own: lines where there are several, else single groups. */
function bucketsOf(groups: ProductGroup[]): { name: string; codes: string[] }[] {
  const lines = [...new Set(groups.map((g) => g.line))]
  if (lines.length === 1) return groups.map((g) => ({ name: g.name, codes: [g.code] }))
  return lines.map((line) => ({
    name: line.replace('线', ''),
    codes: groups.filter((g) => g.line === line).map((g) => g.code),
  }))
}

function landsOf(plan: Plan, province: ProvincePlan, groups: ProductGroup[]) {
  const cities = citiesOf(provinceNamed(province.name))
    .slice(0, plan.cities_per_province)
    .map((city) => city.name)
  const near = cities.filter((_, i) => i < 3)
  const far = cities.filter((_, i) => i >= 3)
  const halves = [
    { label: '一区', cities: near },
    { label: '二区', cities: far },
  ]
  const whole = [{ label: '', cities }]
  return bucketsOf(groups).flatMap((bucket, i) => {
    const split = province.territories === 4 || (province.territories === 3 && i === 1)
    return (split ? halves : whole).map((half) => ({ ...half, bucket }))
  })
}

export function territoriesOf(plan: Plan, groups: ProductGroup[]): DemoTerritory[] {
  const upper = { province: '', cities: [], product_groups: [] }
  return plan.regions.flatMap((region) => {
    const region_key = `${plan.prefix}T-${region.letters}`
    const top: DemoTerritory = {
      key: region_key,
      code: region.letters,
      name: region.name,
      level: '大区',
      parent_key: null,
      ...upper,
    }
    const below = region.provinces.flatMap((province) => {
      const short = provinceNamed(province.name).short
      const key = `${plan.prefix}T-${province.letters}`
      const middle: DemoTerritory = {
        key,
        code: province.letters,
        name: `${short}省区`,
        level: '省区',
        parent_key: region_key,
        ...upper,
        province: province.name,
      }
      const leaves = landsOf(plan, province, groups).map(
        (land, i): DemoTerritory => ({
          key: `${key}-${i + 1}`,
          code: `${province.letters}-${i + 1}`,
          name: `${short}${land.label}（${land.bucket.name}）`,
          level: '辖区',
          parent_key: key,
          province: province.name,
          cities: land.cities,
          product_groups: land.bucket.codes,
        }),
      )
      return [middle, ...leaves]
    })
    return [top, ...below]
  })
}

export function postsOf(plan: Plan, territories: DemoTerritory[]): DemoPost[] {
  const national = `${plan.prefix}PS-ALL`
  const heavy = new Set(
    provincesOf(plan)
      .filter((province) => province.weight >= 1.3)
      .map((province) => province.name),
  )
  const posts: DemoPost[] = [
    {
      key: national,
      code: 'GW-000',
      name: '全国销售总监',
      kind: 'national_director',
      territory_key: null,
      parent_key: null,
    },
  ]
  for (const territory of territories) {
    const key = `PS-${territory.key}`
    const parent_key = territory.parent_key === null ? national : `PS-${territory.parent_key}`
    const base = { code: `GW-${territory.code}`, territory_key: territory.key, parent_key }
    if (territory.level === '大区')
      posts.push({ key, ...base, name: `${territory.name}经理`, kind: 'region_manager' })
    else if (territory.level === '省区')
      posts.push({ key, ...base, name: `${territory.name}经理`, kind: 'province_manager' })
    else {
      posts.push({ key, ...base, name: `${territory.name}业务岗`, kind: 'rep' })
      if (heavy.has(territory.province) && territory.key.endsWith('-1')) {
        posts.push({
          ...base,
          key: `${key}B`,
          code: `${base.code}B`,
          name: `${territory.name}业务岗二`,
          kind: 'rep',
        })
      }
    }
  }
  return posts
}

/** Someone on each post; some posts changed hands, two stand empty and one of those is covered by a neighbour. */
export function peopleOn(posts: DemoPost[], steady: readonly string[], seed: number, prefix: string) {
  const people: DemoPerson[] = []
  const post_holders: PostHolder[] = []
  const taken = new Set<string>()
  const random = randomOf(seed, prefix, 'people')
  const hire = (joined_on: string, left_on: string | null) => {
    const no = people.length + 1
    const key = `${prefix}E${String(no).padStart(3, '0')}`
    people.push({
      key,
      employee_no: `${joined_on.slice(2, 4)}${String(no).padStart(4, '0')}`,
      name: inventPerson(random, taken),
      joined_on,
      left_on,
    })
    return key
  }
  const hold = (post_key: string, person_key: string, valid_from: string, valid_to: string | null) =>
    post_holders.push({ post_key, person_key, valid_from, valid_to })
  const reps = posts.filter((post) => post.kind === 'rep' && !steady.includes(post.key))
  const empty = reps.length > 12 ? [reps[6]?.key, reps[11]?.key] : []
  for (const post of posts) {
    const joined = `${random.int(2014, 2023)}-${random.pick(['03-01', '05-18', '07-10', '09-01'])}`
    if (empty.includes(post.key)) hold(post.key, hire(joined, '2026-09-30'), START, '2026-09-30')
    else if (post.kind === 'rep' && !steady.includes(post.key) && random.chance(0.18)) {
      const [until, from] = random.pick([
        ['2026-03-31', '2026-04-01'],
        ['2026-06-30', '2026-07-01'],
      ] as const)
      hold(post.key, hire(joined, until), START, until)
      hold(post.key, hire(from, null), from, null)
    } else hold(post.key, hire(joined, null), START, null)
  }
  const neighbour = post_holders.find(
    (holder) => holder.post_key === reps[7]?.key && holder.valid_to === null,
  )
  const uncovered = empty[0]
  if (neighbour && uncovered) hold(uncovered, neighbour.person_key, '2026-10-08', null)
  return { people, post_holders }
}

function groupsOwnedAt(institution: DemoInstitution, groups: ProductGroup[]): string[] {
  if (institution.kind === 'distributor' || institution.kind === 'other') return []
  const is_shop = institution.kind === 'pharmacy' || institution.kind === 'chain'
  return groups.filter((g) => !(is_shop && g.code === 'GK')).map((g) => g.code)
}

function relate(random: Random, own: DemoTerritory, other: DemoTerritory | undefined) {
  const chance = random.next()
  if (chance < 0.05) return []
  if (chance < 0.09) return [{ territory_key: own.key, valid_from: '2026-01-01', valid_to: null }]
  if (chance < 0.13 && other) {
    return [
      { territory_key: own.key, valid_from: START, valid_to: '2026-03-31' },
      { territory_key: other.key, valid_from: '2026-04-01', valid_to: null },
    ]
  }
  return [{ territory_key: own.key, valid_from: START, valid_to: null }]
}

/** Who owns which institution for which product group. About one institution in twenty is left without an owner. */
export function assignmentsOf(
  institutions: DemoInstitution[],
  territories: DemoTerritory[],
  groups: ProductGroup[],
  seed: number,
): TerritoryInstitution[] {
  const leaves = territories.filter((territory) => territory.level === '辖区')
  return institutions.flatMap((institution) => {
    const random = randomOf(seed, 'owner', institution.key)
    if (random.chance(0.05)) return []
    const here = leaves.filter((territory) => territory.province === institution.province)
    return groupsOwnedAt(institution, groups).flatMap((product_group) => {
      const able = here.filter((territory) => territory.product_groups.includes(product_group))
      const own = able.find((territory) => territory.cities.includes(institution.city))
      if (!own) return []
      const other = able.find((territory) => territory !== own)
      return relate(random, own, other).map((relation) => ({
        institution_key: institution.key,
        product_group,
        ...relation,
      }))
    })
  })
}
