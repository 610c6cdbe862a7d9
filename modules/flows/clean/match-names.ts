import { sql } from 'kysely'
import { type MatchResult, normaliseInstitutionName, normaliseProductText } from '#engines/matching/public.ts'
import type { ReadLine } from '#engines/reading/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { NameKind, NameState } from '../shapes.ts'
import type { MatchIndex } from './match-index.ts'
import { pgTextArray } from './pg-array.ts'

/** A raw text of this distributor and what it is taken to mean. */
export interface KnownName {
  id: string
  state: NameState
  target_id: string | null
}

/** Station `match`: a line that knows its names. */
export interface MatchedLine {
  read: ReadLine
  customer: KnownName | null
  product: KnownName | null
}

interface NewName {
  kind: NameKind
  normal_text: string
  raw_text: string
  raw_spec: string
  result: MatchResult
}

/**
 * The names of one distributor while a batch runs: each distinct text is looked up or matched once, whatever
 * number of lines carry it.
 */
export interface NameBook {
  match(lines: readonly ReadLine[]): Promise<MatchedLine[]>
  readonly distinct: number
}

/** Opens the name book of a distributor for one transaction. */
export async function openNameBook(ctx: Ctx, distributorId: string, index: MatchIndex): Promise<NameBook> {
  const known: Record<NameKind, Map<string, KnownName>> = { customer: new Map(), product: new Map() }
  const province = await provinceOf(ctx, distributorId)
  const aliases = await companyAliases(ctx)

  const customerText = remembered(normaliseInstitutionName)
  const textOfProduct = remembered((raw) => normaliseProductText(...(raw.split(APART) as [string, string])))
  const productText = (name: string, spec: string) => textOfProduct(`${name}${APART}${spec}`)

  async function learn(lines: readonly ReadLine[]): Promise<void> {
    const fresh = { customer: new Map<string, ReadLine>(), product: new Map<string, ReadLine>() }
    for (const line of lines) {
      const customer = customerText(line.reading.customer_raw)
      if (customer && !known.customer.has(customer)) fresh.customer.set(customer, line)
      const product = productText(line.reading.product_raw, line.reading.spec_raw)
      if (product && !known.product.has(product)) fresh.product.set(product, line)
    }
    for (const kind of ['customer', 'product'] as const) {
      if (fresh[kind].size === 0) continue
      for (const row of await findNames(ctx, distributorId, kind, [...fresh[kind].keys()])) {
        known[kind].set(row.normal_text, row)
        fresh[kind].delete(row.normal_text)
      }
      const names = [...fresh[kind]].map(([text, line]) =>
        matchNew(kind, text, line, index, { province, aliases: aliases[kind] }),
      )
      for (const row of await saveNames(ctx, distributorId, names)) known[kind].set(row.normal_text, row)
    }
  }

  return {
    async match(lines) {
      await learn(lines)
      return lines.map((read) => ({
        read,
        customer: known.customer.get(customerText(read.reading.customer_raw)) ?? null,
        product: known.product.get(productText(read.reading.product_raw, read.reading.spec_raw)) ?? null,
      }))
    },
    get distinct() {
      return known.customer.size + known.product.size
    },
  }
}

const APART = '\u0001'
const MAX_TEXT = 400

/** Raw text → normal text, each computed once: normalising is dearer than a look-up, and raw texts repeat. */
function remembered(normalise: (raw: string) => string): (raw: string) => string {
  const known = new Map<string, string>()
  return (raw) => {
    let text = known.get(raw)
    if (text === undefined) {
      text = normalise(raw).slice(0, MAX_TEXT)
      known.set(raw, text)
    }
    return text
  }
}

/** Matches a text that this distributor never sent before. */
function matchNew(
  kind: NameKind,
  text: string,
  { reading }: ReadLine,
  index: MatchIndex,
  hints: { province: string | null; aliases: ReadonlyMap<string, string> },
): NewName {
  if (kind === 'customer') {
    const result = index.institutions.match(reading.customer_raw, {
      ...hints,
      address: reading.customer_address,
    })
    return { kind, normal_text: text, raw_text: reading.customer_raw, raw_spec: '', result }
  }
  const { product_raw, spec_raw, product_code, manufacturer, unit } = reading
  const result = index.products.match(
    { name: product_raw, spec: spec_raw, code: product_code, manufacturer, unit },
    hints.aliases,
  )
  return { kind, normal_text: text, raw_text: product_raw, raw_spec: spec_raw, result }
}

async function provinceOf(ctx: Ctx, distributorId: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('distributors')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', distributorId)
    .select('province')
    .executeTakeFirst()
  return row?.province ?? null
}

async function companyAliases(ctx: Ctx): Promise<Record<NameKind, Map<string, string>>> {
  const rows = await ctx.db
    .selectFrom('flow_aliases')
    .where('company_id', '=', ctx.companyId)
    .select(['kind', 'normal_text', 'target_id'])
    .execute()
  const aliases = { customer: new Map<string, string>(), product: new Map<string, string>() }
  for (const row of rows) aliases[row.kind].set(row.normal_text, row.target_id)
  return aliases
}

/** The limit keeps the look-up one probe of the unique key a text, whatever the planner takes the table to hold. */
async function findNames(ctx: Ctx, distributorId: string, kind: NameKind, texts: string[]) {
  const { rows } = await sql<KnownName & { normal_text: string }>`
    select n.id, n.normal_text, n.state, n.target_id
    from unnest(${pgTextArray(texts)}::text[]) t(normal_text) cross join lateral (
      select * from flow_names f where f.company_id = ${ctx.companyId} and f.distributor_id = ${distributorId}
        and f.kind = ${kind} and f.normal_text = t.normal_text limit 1) n`.execute(ctx.db)
  return rows
}

async function saveNames(ctx: Ctx, distributorId: string, names: readonly NewName[]) {
  if (names.length === 0) return []
  return ctx.db
    .insertInto('flow_names')
    .values(
      names.map(({ result, ...name }) => {
        const auto = result.decision === 'auto' && result.best !== null
        return {
          ...name,
          company_id: ctx.companyId,
          distributor_id: distributorId,
          state: auto ? ('auto' as const) : ('waiting' as const),
          target_id: auto && result.best ? result.best.id : null,
          via: result.via,
          score: result.best?.score ?? 0,
          reasons: JSON.stringify(result.best?.reasons ?? []),
          candidates: JSON.stringify(result.candidates),
        }
      }),
    )
    .returning(['id', 'normal_text', 'state', 'target_id'])
    .execute()
}
