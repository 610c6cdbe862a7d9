import { sql } from 'kysely'
import type { InstitutionKind } from '#modules/masterdata/shapes.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { InstitutionDraft } from '../shapes.ts'

interface Place {
  province: string
  city: string | null
  county: string | null
}

const kindByTail: readonly [RegExp, InstitutionKind][] = [
  [/连锁|总店$/, 'chain'],
  [/(药房|药店|药堂|大药房|店)$/, 'pharmacy'],
  [/(公司|商行|经营部)$/, 'distributor'],
  [/(诊所|门诊部|卫生室|卫生所|医务室|卫生站|卫生服务站)$/, 'clinic'],
]

/**
 * What a raw text tells of the institution it names, for a form that a person looks over: name, kind by how it ends, and
 * where it is by the divisions that the master already knows. `province`: that of the distributors who wrote it, if it is
 * one; it decides between divisions of one name. The code is the next of its kind.
 */
export async function draftInstitution(
  ctx: Ctx,
  text: { raw_text: string; province: string | null },
): Promise<InstitutionDraft> {
  const name = text.raw_text.normalize('NFKC').replace(/\s+/g, ' ').trim()
  const kind = kindByTail.find(([tail]) => tail.test(name))?.[1] ?? 'hospital'
  const { rows } = await sql<Place>`select distinct province, city, county from institutions
    where company_id = ${ctx.companyId} and state = 'active' and province is not null`.execute(ctx.db)
  const place = placeIn(name, rows, text.province)
  return { name, kind, code: await nextCode(ctx, kind), ...place }
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
