import type { CompanyKey } from './shapes.ts'

/** How large a company's world is. Provinces name the 辖区 they are cut into. */
export type ProvincePlan = {
  name: string
  /** Latin letters for codes: 'SC'. */
  letters: string
  territories: 2 | 3 | 4
  /** Sales against the average province, and growth in a year. */
  weight: number
  growth: number
}

export type Plan = {
  prefix: string
  regions: { name: string; letters: string; provinces: ProvincePlan[] }[]
  cities_per_province: number
  counties_per_city: number
  stores_per_chain: number
  distributors_per_province: number
  lines_per_month: number
}

function province(
  name: string,
  letters: string,
  territories: 2 | 3 | 4,
  weight: number,
  growth: number,
): ProvincePlan {
  return { name, letters, territories, weight, growth }
}

const MAIN: Plan = {
  prefix: '',
  regions: [
    {
      name: '华东大区',
      letters: 'HD',
      provinces: [
        province('江苏省', 'JS', 4, 1.45, 0.14),
        province('浙江省', 'ZJ', 4, 1.3, 0.09),
        province('安徽省', 'AH', 3, 0.85, 0.26),
      ],
    },
    {
      name: '华中大区',
      letters: 'HZ',
      provinces: [
        province('河南省', 'HA', 3, 1.0, 0.18),
        province('湖北省', 'HB', 3, 0.95, 0.05),
        province('湖南省', 'HN', 3, 0.8, -0.07),
      ],
    },
    {
      name: '西南大区',
      letters: 'XN',
      provinces: [province('四川省', 'SC', 4, 1.3, 0.22), province('重庆市', 'CQ', 2, 0.6, 0.12)],
    },
    {
      name: '华北大区',
      letters: 'BF',
      provinces: [province('河北省', 'HE', 3, 0.75, 0.02), province('山东省', 'SD', 4, 1.2, 0.11)],
    },
    {
      name: '华南大区',
      letters: 'NF',
      provinces: [province('广东省', 'GD', 4, 1.35, 0.16), province('福建省', 'FJ', 3, 0.7, 0.31)],
    },
  ],
  cities_per_province: 8,
  counties_per_city: 2,
  stores_per_chain: 12,
  distributors_per_province: 5,
  lines_per_month: 3800,
}

const SECOND: Plan = {
  prefix: 'C2-',
  regions: [
    {
      name: '西部大区',
      letters: 'XB',
      provinces: [province('四川省', 'SC', 2, 1.4, 0.4), province('重庆市', 'CQ', 2, 0.6, 0.3)],
    },
  ],
  cities_per_province: 4,
  counties_per_city: 2,
  stores_per_chain: 5,
  distributors_per_province: 2,
  lines_per_month: 160,
}

export function planOf(company: CompanyKey): Plan {
  return company === 'C1' ? MAIN : SECOND
}

export function provincesOf(plan: Plan): ProvincePlan[] {
  return plan.regions.flatMap((region) => region.provinces)
}
