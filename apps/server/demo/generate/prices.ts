import { randomOf } from './random.ts'
import type { DemoDistributor, DemoPrice, DemoProduct } from './shapes.ts'

const START = '2025-01-01'
/** From this day tablets of the heart line are 12 % cheaper: the demo's price cut. */
const CUT_FROM = '2026-03-01'
const CUT_UNTIL = '2026-02-28'

function row(product: DemoProduct, share: number, more: Partial<DemoPrice>): DemoPrice {
  return {
    product_key: product.key,
    scope: 'default',
    province: null,
    distributor_key: null,
    price_fen: Math.round(product.list_price_fen * share),
    valid_from: START,
    valid_to: null,
    ...more,
  }
}

/** Supply prices: a default for every product, some provinces and some distributors on their own terms. */
export function pricesOf(
  products: DemoProduct[],
  distributors: DemoDistributor[],
  seed: number,
): DemoPrice[] {
  const random = randomOf(seed, 'prices')
  const general = products.flatMap((product) =>
    product.group === 'XG'
      ? [row(product, 0.86, { valid_to: CUT_UNTIL }), row(product, 0.757, { valid_from: CUT_FROM })]
      : [row(product, 0.86, {})],
  )
  const provinces = [...new Set(distributors.map((distributor) => distributor.province))]
  const byProvince = random.some(provinces, Math.ceil(provinces.length / 3)).flatMap((province) =>
    random.some(products, Math.ceil(products.length / 5)).map((product) =>
      row(product, product.group === 'XG' ? 0.74 : 0.835, {
        scope: 'province',
        province,
        valid_from: '2026-01-01',
      }),
    ),
  )
  const large = distributors.filter((distributor) => distributor.tier === '一级')
  const byDistributor = random.some(large, Math.ceil(large.length / 3)).flatMap((distributor) => {
    const sold = products.filter((product) => distributor.product_groups.includes(product.group))
    return random.some(sold, 4).map((product) =>
      row(product, product.group === 'XG' ? 0.725 : 0.82, {
        scope: 'distributor',
        distributor_key: distributor.key,
        valid_from: random.pick(['2025-07-01', '2026-01-01', '2026-04-01']),
        valid_to: random.chance(0.3) ? '2026-12-31' : null,
      }),
    )
  })
  return [...general, ...byProvince, ...byDistributor]
}
