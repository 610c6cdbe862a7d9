import { sql } from 'kysely'
import { type ParsedInstitutionName, parseInstitutionName } from '#engines/matching/public.ts'
import type { InstitutionKind } from '#modules/masterdata/shapes.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { InstitutionDraft } from '../shapes.ts'

interface Place {
  province: string
  city: string | null
  county: string | null
}

const kindOf: Record<ParsedInstitutionName['kind'], InstitutionKind> = {
  hospital: 'hospital',
  clinic: 'clinic',
  pharmacy: 'pharmacy',
  chain: 'chain',
  company: 'distributor',
  other: 'other',
}

/**
 * What a raw text tells of the institution it names, for a form that a person looks over: name without remarks, kind, level,
 * what it is a part of, and where it is. `province`: that of the distributors who wrote it, if it is one; it decides between
 * divisions of one name. Where the text names no division, those that the master knows are looked for in it. The code is the
 * next of its kind.
 */
export async function draftInstitution(
  ctx: Ctx,
  text: { raw_text: string; province: string | null },
): Promise<InstitutionDraft> {
  const parsed = parseInstitutionName(text.raw_text, text.province)
  const { name, category, province, city, county } = parsed
  const kind = kindOf[parsed.kind]
  const parent = await wholeOf(ctx, parsed.whole)
  const { rows } = await sql<Place>`select distinct province, city, county from institutions
    where company_id = ${ctx.companyId} and state = 'active' and province is not null`.execute(ctx.db)
  const place = province && city ? { province, city, county } : placeIn(name, rows, province ?? text.province)
  return {
    name,
    kind,
    category,
    code: await nextCode(ctx, kind),
    level: await levelOf(ctx, parsed.level),
    parent_id: parent?.id ?? null,
    parent_name: parent?.name ?? null,
    // A site stands where its hospital is known to be, unless it says otherwise.
    province: place.province ?? parent?.province ?? null,
    city: place.city ?? parent?.city ?? null,
    county: place.county ?? (place.city ? null : (parent?.county ?? null)),
  }
}

/** The institution of the master that has the name of the whole, if it is one. */
async function wholeOf(ctx: Ctx, whole: string | null) {
  if (whole === null) return null
  const { rows } = await sql<Place & { id: string; name: string }>`
    select id, name, province, city, county from institutions
    where company_id = ${ctx.companyId} and state = 'active' and (name = ${whole} or ${whole} = any (aliases))
    order by name <> ${whole} limit 2`.execute(ctx.db)
  return rows.length === 1 || rows[0]?.name === whole ? (rows[0] ?? null) : null
}

/** As the company writes levels: by the code of its list, else in words. */
async function levelOf(ctx: Ctx, level: string | null): Promise<string | null> {
  if (level === null) return null
  const { rows } = await sql<{ level: string }>`select code as level from code_values
    where company_id = ${ctx.companyId} and list = 'institution-level' and active and label_zh = ${level}
      and exists (select from institutions i where i.company_id = ${ctx.companyId} and i.level = code_values.code)
    limit 1`.execute(ctx.db)
  return rows[0]?.level ?? level
}

/** The place that the name tells most of; where two tell as much, only what both agree on. */
export function placeIn(
  name: string,
  places: readonly Place[],
  home: string | null,
): Pick<InstitutionDraft, 'province' | 'city' | 'county'> {
  let best = 0
  let found: Place[] = []
  for (const place of places) {
    const said = told(name, place.county, 8) + told(name, place.city, 4) + told(name, place.province, 2)
    if (said === 0) continue
    // A name that may mean a place elsewhere means the one at home.
    const score = said + (place.province === home ? 1 : 0)
    if (score > best) found = []
    if (score >= best) found.push(place)
    best = Math.max(best, score)
  }
  const agreed = (key: keyof Place) =>
    found.every((one) => one[key] === found[0]?.[key]) ? (found[0]?.[key] ?? null) : null
  if (found.length > 0)
    return { province: agreed('province'), city: agreed('city'), county: countyOf(name, agreed('county')) }
  return { province: home, city: null, county: null }
}

/** Several counties of one city tell as much by the city's name alone: none of them was said. */
const countyOf = (name: string, county: string | null) => (told(name, county, 1) > 0 ? county : null)

/** How much a name says of a division: all for its full name, less for the name without its rank. */
function told(name: string, division: string | null, weight: number): number {
  if (!division) return 0
  if (name.includes(division)) return weight
  const stem = division.replace(/(省|市|县|区|旗|盟|(壮族|回族|维吾尔)?自治[区州县])$/, '')
  return stem.length >= 2 && name.includes(stem) ? weight * 0.75 : 0
}

/** One more than the highest code of the kind, in its own form: H00041 after H00040. */
async function nextCode(ctx: Ctx, kind: InstitutionKind): Promise<string> {
  const { rows } = await sql<{ code: string }>`select code from institutions
    where company_id = ${ctx.companyId} and code ~ '^[A-Za-z-]*[0-9]{1,12}$'
    order by (kind = ${kind}) desc, length(code) desc, code desc limit 1`.execute(ctx.db)
  const last = /^(.*?)(\d+)$/.exec(rows[0]?.code ?? 'N0000')
  const digits = last?.[2] ?? '0'
  return `${last?.[1] ?? ''}${String(Number(digits) + 1).padStart(digits.length, '0')}`
}
