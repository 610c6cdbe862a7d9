import { DEVICE_LAYOUTS, hasUnitInHeader, LAYOUT_IDS, layoutOf } from './layouts.ts'
import { type DistributorName, inventedDistributors, inventPerson } from './names.ts'
import { type Plan, provincesOf } from './plan.ts'
import { randomOf } from './random.ts'
import type { DemoDistributor, DemoInstitution, FlowChannel, ProductGroup } from './shapes.ts'

const CHANNELS: [FlowChannel, number][] = [
  ['upload', 26],
  ['web', 8],
  ['mail', 10],
  ['ftp', 8],
  ['ddi', 8],
]

export function distributorNamesOf(plan: Plan): DistributorName[] {
  return provincesOf(plan).flatMap((province) =>
    inventedDistributors()
      .filter((entry) => entry.province === province.name)
      .slice(0, plan.distributors_per_province),
  )
}

/** A device company sells the device line, a large one everything, a small pharma one mostly drugs. */
function groupsSoldBy(name: DistributorName, groups: ProductGroup[], layout: string): string[] {
  if (name.is_device) return groups.filter((g) => g.line === '器械线').map((g) => g.code)
  if (name.tier === '一级') return groups.map((g) => g.code)
  // Where the header itself says 数量（盒） everything sold is counted in boxes, which only the drugs are.
  const unit_in_header = hasUnitInHeader(layoutOf(layout))
  const drugs = groups
    .filter((g) => g.line === '药品线' || (g.code === 'CM' && !unit_in_header))
    .map((g) => g.code)
  return drugs.length > 0 ? drugs : groups.map((g) => g.code)
}

export function distributorsOf(
  plan: Plan,
  groups: ProductGroup[],
  institutions: DemoInstitution[],
  seed: number,
): DemoDistributor[] {
  const taken = new Set<string>()
  return distributorNamesOf(plan).map((name, i) => {
    const random = randomOf(seed, 'distributor', name.name)
    const buyer = institutions.find((entry) => entry.name === name.name)
    if (!buyer) throw new Error(`${name.name} is not among the buyers`)
    const layouts = name.is_device ? DEVICE_LAYOUTS : LAYOUT_IDS
    const layout = layouts[i % layouts.length] ?? 'plain'
    return {
      key: `${plan.prefix}D${String(i + 1).padStart(3, '0')}`,
      code: `JXS${String(1001 + i)}`,
      name: name.name,
      short_name: name.short_name,
      province: name.province,
      city: name.city,
      region_code: buyer.region_code,
      address: buyer.address,
      tier: name.tier,
      tax_id: buyer.tax_id,
      contact_person: inventPerson(random, taken),
      flow_channel: random.weighted(CHANNELS),
      institution_key: buyer.key,
      product_groups: groupsSoldBy(name, groups, layout),
      provinces: [name.province],
      cooperation_from: `${random.int(2017, 2024)}-${random.pick(['01-01', '03-15', '04-01', '07-01', '09-20'])}`,
      layout,
    }
  })
}
