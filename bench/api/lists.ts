import type { BenchDatabase } from '../line/database.ts'
import { MONTH } from '../line/world.ts'
import type { Kind } from './people.ts'

/** First pages as the program's own pages ask for them; ids are of typical things: not the largest, not the smallest. */
export async function listsOf(
  database: BenchDatabase,
  company: { companyId: string; people: Record<Kind, string> },
  kind: Kind,
): Promise<[name: string, path: string][]> {
  const of = await typicalIds(database, company)
  const everyone: [string, string][] = [
    ['months', '/api/flow-months'],
    ['lines, month', lines('')],
    ['lines, all months', '/api/flow-lines'],
    ['lines, posted', lines('&state=posted')],
    ['lines, institution', lines(`&institution_id=${of.institution}`)],
    ['lines, product', lines(`&product_id=${of.product}`)],
    ['lines, rare product', lines(`&product_id=${of.rare}`)],
    ['lines, by amount', lines('&sort=-amount_fen')],
    ['lines, text', lines(`&q=${encodeURIComponent('第二人民')}`)],
    ['lines, document', lines(`&q=${of.document}`)],
    ['lines, lot', lines(`&q=${of.lot}`)],
    ['month board', `/api/flow-months/${MONTH}`],
    ['line', `/api/flow-lines/${of.line}`],
  ]
  if (kind === 'auditor') return [['audit', '/api/audit']]
  if (kind === 'rep')
    return [
      ...everyone,
      ['institutions', '/api/institutions'],
      ['products', '/api/products'],
      ['attainment', attainment('product_group')],
      ['attainment, institution', attainment('institution')],
    ]
  const files: [string, string][] = [
    ['lines, waiting', lines('&state=waiting')],
    ['lines, batch', lines(`&batch_id=${of.batch}`)],
    ['batches', `/api/flow-batches?month=${MONTH}`],
    ['batch', `/api/flow-batches/${of.batch}`],
  ]
  if (kind === 'clerk') return [...everyone, ...files]
  return [...everyone, ...files, ...ofSteward(of)]
}

const lines = (query: string) => `/api/flow-lines?month=${MONTH}${query}`
const attainment = (by: string) => `/api/attainment?from=${MONTH}&to=${MONTH}&by=${by}`

/** What only those see who work for the whole company. */
function ofSteward(of: TypicalIds): [name: string, path: string][] {
  return [
    ['lines, distributor', lines(`&distributor_id=${of.distributor}`)],
    ['lines, territory', lines(`&territory_id=${of.territory}`)],
    ['lines, province', lines(`&territory_id=${of.province}`)],
    ['lines, nobody owns', lines('&owned=no')],
    ['lines, group', lines('&product_group=XG')],
    ['lines, customer name', lines(`&customer_name_id=${of.name}`)],
    ['lines, issue', lines('&issue=duplicate')],
    ['lines, by date', lines('&sort=-occurred_on')],
    ['lines, by quantity', lines(`&product_id=${of.product}&sort=-qty`)],
    ['completeness', `/api/flow-months/${MONTH}/completeness`],
    ['review, customers', `/api/flow-reviews?month=${MONTH}`],
    ['review, products', `/api/flow-reviews?month=${MONTH}&kind=product`],
    ['review, auto', `/api/flow-reviews?month=${MONTH}&state=auto`],
    ['review lines', `/api/flow-reviews/lines?kind=customer&normal_text=${encodeURIComponent(of.text)}`],
    ['review impact', `/api/flow-reviews/impact?kind=customer&normal_text=${encodeURIComponent(of.text)}`],
    ['decisions', '/api/flow-decisions'],
    ['institutions', '/api/institutions'],
    ['institutions, text', `/api/institutions?q=${encodeURIComponent('人民')}`],
    ['products', '/api/products'],
    ['distributors', '/api/distributors'],
    ['territories', '/api/territories'],
    ['ownership', '/api/territory-institutions'],
    ['prices', '/api/prices'],
    ['attainment', attainment('territory')],
    ['attainment, product', attainment('product')],
    ['attainment, institution', attainment('institution')],
    ['attainment, inst. name', `${attainment('institution')}&sort=name&q=${encodeURIComponent('人民')}`],
    ['attainment, inst. group', `${attainment('institution')}&product_group=XG`],
    ['attainment, distributor', attainment('distributor')],
    ['targets', '/api/targets'],
    ['jobs', '/api/jobs'],
    ['people', '/api/people'],
    ['notifications', '/api/notifications'],
    ['approvals', '/api/approvals'],
    ['search', `/api/search?q=${encodeURIComponent('人民医院')}`],
  ]
}

type TypicalIds = Record<string, string> & { text: string }

async function typicalIds(
  { admin }: BenchDatabase,
  company: { companyId: string; people: Record<Kind, string> },
): Promise<TypicalIds> {
  const one = async (query: string) => {
    const { rows } = await admin.query<{ id: string }>(query)
    if (!rows[0]) throw new Error(`nothing found by ${query}`)
    return rows[0].id
  }
  const middle = (column: string, where = 'true') =>
    one(`with counted as (select ${column} as id, count(*) as n from flow_lines where ${column} is not null and ${where}
        group by 1 order by 2)
      select id from counted offset (select count(*) / 2 from counted) limit 1`)
  // What the clerk's own distributor and the rep's own territory have, everybody may see.
  const clerk = `distributor_id = (select distributor_id from memberships where person_id = '${company.people.clerk}')`
  const rep = `territory_id = (select territory_id from post_holders where person_id = '${company.people.rep}' limit 1)`
  const own = `${clerk} and ${rep}`
  return {
    distributor: await middle('distributor_id'),
    territory: await middle('territory_id'),
    province: await one(`select parent_id as id from territories where code = 'T-SC-1'`),
    institution: await middle('institution_id', own),
    product: await middle('product_id'),
    rare: await one(
      'select product_id as id from flow_lines where product_id is not null group by 1 order by count(*) limit 1',
    ),
    batch: await middle('batch_id', clerk),
    name: await middle('customer_name_id'),
    line: await one(`select id from flow_lines where ${own} and state = 'posted' limit 1`),
    document: await one(`select doc_no as id from flow_lines where ${own} limit 1`),
    lot: await one(`select lot as id from flow_lines where ${own} limit 1`),
    text: await one(
      `select normal_text as id from flow_names where kind = 'customer' and state = 'waiting' order by normal_text limit 1`,
    ),
  }
}
