import { sql } from 'kysely'
import { type MatchResult, normaliseInstitutionName, normaliseProductText } from '#engines/matching/public.ts'
import type { ReadLine } from '#engines/reading/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { KEEP_PLAN } from '#platform/db.ts'
import type { NameKind, NameState } from '../shapes.ts'
import type { MatchIndex } from './match-index.ts'
import { pgArray, textArray } from './pg-binary.ts'

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
  /** All names met so far, as they were when they were met. */
  names(): KnownName[]
}

/** Opens the name book of a distributor for one transaction. */
export async function openNameBook(ctx: Ctx, distributorId: string, index: MatchIndex): Promise<NameBook> {
  const known: Record<NameKind, Map<string, KnownName>> = { customer: new Map(), product: new Map() }
  const province = await provinceOf(ctx, distributorId)
  const aliases = await learntAliases(ctx, province)
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
      [...fresh[kind]].map(([text, line]) =>
        matchNew(kind, text, line, index, { province, aliases: aliases[kind] }),
      ),
    )
    for (const row of await saveNames(ctx, distributorId, names)) known[row.kind].set(row.normal_text, row)
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

type FoundName = KnownName & { kind: NameKind; normal_text: string }

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

async function saveNames(ctx: Ctx, distributorId: string, names: readonly NewName[]): Promise<FoundName[]> {
  if (names.length === 0) return []
  const targets = names.map(({ result }) =>
    result.decision === 'auto' && result.best ? result.best.id : null,
  )
  const texts = (pick: (name: NewName) => string) => textArray(names.map(pick))
  const { rows } = await sql<FoundName>`${KEEP_PLAN}
    insert into flow_names (company_id, distributor_id, kind, normal_text, raw_text, raw_spec, state, target_id, via,
      score, reasons, candidates)
    select ${ctx.companyId}::uuid, ${distributorId}::uuid, n.kind, n.normal_text, n.raw_text, n.raw_spec,
      case when n.target_id is null then 'waiting' else 'auto' end, n.target_id, n.via, n.score,
      n.reasons::jsonb, n.candidates::jsonb
    from (select unnest(${texts((name) => name.kind)}::text[]) as kind,
      unnest(${texts((name) => name.normal_text)}::text[]) as normal_text,
      unnest(${texts((name) => name.raw_text)}::text[]) as raw_text,
      unnest(${texts((name) => name.raw_spec)}::text[]) as raw_spec,
      unnest(${pgArray(targets)}::uuid[]) as target_id,
      unnest(${texts(({ result }) => result.via)}::text[]) as via,
      unnest(${pgArray(names.map(({ result }) => result.best?.score ?? 0))}::real[]) as score,
      unnest(${texts(({ result }) => JSON.stringify(result.best?.reasons ?? []))}::text[]) as reasons,
      unnest(${texts(({ result }) => JSON.stringify(result.candidates))}::text[]) as candidates) n
    returning id, kind, normal_text, state, target_id`.execute(ctx.db)
  return rows
}
