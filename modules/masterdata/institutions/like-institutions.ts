import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { folded } from '../search-text.ts'

/** An institution whose name or alias is like a given one; `likeness` 0..1. */
export interface LikeInstitution {
  id: string
  name: string
  /** Where it is, its level and code. */
  detail: string
  likeness: number
}

const LIKE_ENOUGH = 0.4
const MOST = 6

/** Active institutions that a new one of this name may be the double of, the likest first; at most six. */
export async function likeInstitutions(ctx: Ctx, name: string): Promise<LikeInstitution[]> {
  const asked = folded(name)
  if (asked.length < 2) return []
  const { rows } = await sql<LikeInstitution>`
    select l.id, l.name, concat_ws(' · ', nullif(concat(l.province, nullif(l.city, l.province), l.county), ''), l.level, l.code) as detail,
      l.likeness
    from (
      select i.*, greatest(similarity(i.name, ${asked}), (select max(similarity(a, ${asked})) from unnest(i.aliases) a))
        as likeness
      from institutions i where i.company_id = ${ctx.companyId} and i.state = 'active'
    ) l where l.likeness >= ${LIKE_ENOUGH} order by l.likeness desc, l.name limit ${MOST}`.execute(ctx.db)
  return rows
}
