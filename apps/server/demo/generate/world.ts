import { companyOf, loginsFor, REP_POSTS } from './companies.ts'
import { distributorNamesOf, distributorsOf } from './distributors.ts'
import { institutionsOf } from './institutions.ts'
import { planOf } from './plan.ts'
import { pricesOf } from './prices.ts'
import { groupsOf, productsOf } from './products.ts'
import { type CompanyKey, DEMO_SEED, type DemoLogin, type World } from './shapes.ts'
import { assignmentsOf, peopleOn, postsOf, territoriesOf } from './territories.ts'

const kept = new Map<string, World>()

/** All masters of one maker. Kept after the first call; do not change what it returns. */
export function world(company: CompanyKey, seed: number = DEMO_SEED): World {
  const found = kept.get(`${company}|${seed}`)
  if (found) return found
  const plan = planOf(company)
  const groups = groupsOf(company)
  const products = productsOf(company)
  const institutions = institutionsOf(plan, distributorNamesOf(plan), seed)
  const distributors = distributorsOf(plan, groups, institutions, seed)
  const territories = territoriesOf(plan, groups)
  const posts = postsOf(plan, territories)
  const made: World = {
    company: companyOf(company),
    groups,
    institutions,
    products,
    distributors,
    territories,
    posts,
    ...peopleOn(posts, REP_POSTS, seed, plan.prefix),
    territory_institutions: assignmentsOf(institutions, territories, groups, seed),
    prices: pricesOf(products, distributors, seed),
  }
  kept.set(`${company}|${seed}`, made)
  return made
}

/** Who signs in to the demo, of both makers. The loader gives passwords. */
export function logins(seed: number = DEMO_SEED): DemoLogin[] {
  const { people, post_holders } = world('C1', seed)
  return loginsFor((post_key) => {
    const holder = post_holders.find((entry) => entry.post_key === post_key && entry.valid_to === null)
    const person = people.find((entry) => entry.key === holder?.person_key)
    if (!person) throw new Error(`nobody on ${post_key}`)
    return { key: person.key, name: person.name }
  })
}
