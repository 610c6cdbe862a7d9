import { sql } from 'kysely'
import {
  type InstitutionHints,
  normaliseInstitutionName,
  normaliseProductText,
} from '#engines/matching/public.ts'
import type { ReadLine } from '#engines/reading/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { KEEP_PLAN } from '#platform/db.ts'
import { type FoundName, type KnownName, type NewName, saveNames } from '../names/save-names.ts'
import { currentThreshold } from '../quality/current-threshold.ts'
import type { NameKind } from '../shapes.ts'
import type { MatchIndex } from './match-index.ts'
import { pgArray, textArray } from './pg-binary.ts'

/** Station `match`: a line that knows its names. */
export interface MatchedLine {
  read: ReadLine
  customer: KnownName | null
  product: KnownName | null
}

/** What is asked of the engine for every text of this distributor. */
interface Asking {
  institution: InstitutionHints
  products: ReadonlyMap<string, string>
}

/**
 * The names of one distributor while a batch runs: each distinct text is looked up or matched once, whatever
 * number of lines carry it.
 */
export interface NameBook {
  match(lines: readonly ReadLine[]): Promise<MatchedLine[]>
  /** All names met so far, as they were when they were met. */
  names(): KnownName[]
}

/** Opens the name book of a distributor for one transaction. */
export async function openNameBook(
  ctx: Ctx,
  batch: { distributor_id: string; month: string },
  index: MatchIndex,
): Promise<NameBook> {
  const { distributor_id: distributorId } = batch
  const known: Record<NameKind, Map<string, KnownName>> = { customer: new Map(), product: new Map() }
  const province = await provinceOf(ctx, distributorId)
  const aliases = await learntAliases(ctx, province)
  const asking: Asking = {
    institution: {
      province,
      aliases: aliases.customer,
      codes: await knownCodes(ctx, distributorId),
      auto_from: await currentThreshold(ctx),
      measure: true,
    },
    products: aliases.product,
  }
  const customers = new RawTexts((name) => normaliseInstitutionName(name), known.customer)
  const products = new RawTexts((name, spec) => normaliseProductText(name, spec), known.product)

  async function learn(lines: readonly ReadLine[]): Promise<void> {
    for (const line of lines) {
      const { customer_raw, product_raw, spec_raw } = line.reading
      customers.meet(customer_raw, '', line)
      products.meet(product_raw, spec_raw, line)
    }
    const fresh = { customer: customers.takeFresh(), product: products.takeFresh() }
    if (fresh.customer.size + fresh.product.size === 0) return
    for (const row of await findNames(ctx, distributorId, fresh)) {
      known[row.kind].set(row.normal_text, row)
      fresh[row.kind].delete(row.normal_text)
    }
    const names = kinds.flatMap((kind) =>
      [...fresh[kind]].map(([text, line]) => matchNew(kind, text, line, index, asking)),
    )
    for (const row of await saveNames(ctx, batch, names)) known[row.kind].set(row.normal_text, row)
  }

  return {
    async match(lines) {
      await learn(lines)
      return lines.map((read) => ({
        read,
        customer: customers.nameOf(read.reading.customer_raw, ''),
        product: products.nameOf(read.reading.product_raw, read.reading.spec_raw),
      }))
    },
    names: () => kinds.flatMap((kind) => [...known[kind].values()]),
  }
}

const kinds: readonly NameKind[] = ['customer', 'product']
const MAX_TEXT = 400

/**
 * Raw texts of one kind, each made normal once: that is dearer than a look-up, and raw texts repeat. A text has two parts,
 * of which the second may be empty.
 */
class RawTexts {
  private readonly normalise: (text: string, more: string) => string
  private readonly known: ReadonlyMap<string, KnownName>
  private readonly normal = new Map<string, Map<string, string>>()
  private fresh = new Map<string, ReadLine>()

  constructor(normalise: (text: string, more: string) => string, known: ReadonlyMap<string, KnownName>) {
    this.normalise = normalise
    this.known = known
  }

  meet(text: string, more: string, line: ReadLine): void {
    let byMore = this.normal.get(text)
    if (byMore?.has(more)) return
    if (!byMore) {
      byMore = new Map()
      this.normal.set(text, byMore)
    }
    const normal = this.normalise(text, more).slice(0, MAX_TEXT)
    byMore.set(more, normal)
    if (normal && !this.known.has(normal) && !this.fresh.has(normal)) this.fresh.set(normal, line)
  }

  /** Normal texts met since the last call that have no name yet, each with a line that has it. */
  takeFresh(): Map<string, ReadLine> {
    const fresh = this.fresh
    this.fresh = new Map()
    return fresh
  }

  nameOf(text: string, more: string): KnownName | null {
    return this.known.get(this.normal.get(text)?.get(more) ?? '') ?? null
  }
}

/** Matches a text that this distributor never sent before. */
function matchNew(
  kind: NameKind,
  text: string,
  { reading }: ReadLine,
  index: MatchIndex,
  asking: Asking,
): NewName {
  if (kind === 'customer') {
    const { customer_raw: raw_text, customer_code, customer_tax_id: tax_id, customer_city: city } = reading
    const result = index.institutions.match(raw_text, {
      ...asking.institution,
      ...(city && { city }),
      address: addressOf(reading),
      tax_id,
      code: customer_code,
    })
    return { kind, normal_text: text, raw_text, raw_spec: '', customer_code, result }
  }
  const { product_raw, spec_raw, product_code, manufacturer, unit } = reading
  const result = index.products.match(
    { name: product_raw, spec: spec_raw, code: product_code, manufacturer, unit },
    asking.products,
  )
  return { kind, normal_text: text, raw_text: product_raw, raw_spec: spec_raw, customer_code: '', result }
}

/** The address, or the columns that tell the place where the file has no address. */
function addressOf(reading: ReadLine['reading']): string {
  const { customer_address, customer_province, customer_city, customer_county } = reading
  return customer_address || `${customer_province}${customer_city}${customer_county}`
}

/**
 * What this distributor's own codes of customers mean: its names that a person confirmed or that are settled, one target a
 * code. A code that stands for several (a collective account) means nothing.
 */
async function knownCodes(ctx: Ctx, distributorId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ customer_code: string; target_id: string }>`
    select customer_code, min(target_id::text) as target_id from flow_names
    where company_id = ${ctx.companyId} and distributor_id = ${distributorId} and customer_code <> ''
      and target_id is not null
    group by customer_code having count(distinct target_id) = 1`.execute(ctx.db)
  return new Map(rows.map((row) => [row.customer_code, row.target_id]))
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

/** What texts mean for a distributor of this province: what was learnt for the province goes before the rest. */
async function learntAliases(
  ctx: Ctx,
  province: string | null,
): Promise<Record<NameKind, Map<string, string>>> {
  const rows = await ctx.db
    .selectFrom('flow_aliases')
    .where('company_id', '=', ctx.companyId)
    .where('province', 'in', ['', province ?? ''])
    .orderBy('province')
    .select(['kind', 'normal_text', 'target_id'])
    .execute()
  const aliases = { customer: new Map<string, string>(), product: new Map<string, string>() }
  for (const row of rows) aliases[row.kind].set(row.normal_text, row.target_id)
  return aliases
}

/** The limit keeps the look-up one probe of the unique key a text, whatever the planner takes the table to hold. */
async function findNames(
  ctx: Ctx,
  distributorId: string,
  texts: Record<NameKind, ReadonlyMap<string, ReadLine>>,
): Promise<FoundName[]> {
  const wanted = kinds.flatMap((kind) => [...texts[kind].keys()].map((text) => [kind, text] as const))
  const { rows } = await sql<FoundName>`${KEEP_PLAN}
    select n.id, n.kind, n.normal_text, n.state, n.target_id
    from unnest(${pgArray(wanted.map(([kind]) => kind))}::text[], ${textArray(wanted.map(([, text]) => text))}::text[])
      t(kind, normal_text) cross join lateral (
      select * from flow_names f where f.company_id = ${ctx.companyId} and f.distributor_id = ${distributorId}
        and f.kind = t.kind and f.normal_text = t.normal_text limit 1) n`.execute(ctx.db)
  return rows
}
