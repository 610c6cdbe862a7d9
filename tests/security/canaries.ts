import { Readable } from 'node:stream'
import { receiveFiles } from '#modules/flows/public.ts'
import { recordFile, storeMade } from '#platform/files/public.ts'
import type { TestApp } from '#tests/http.ts'

export const MONTH = '2026-10'

/** Texts that stand in rows of one owner only: where one is seen, a row of that owner was seen. */
export const CANARY = {
  lanzhou: 'canary-of-lanzhou',
  kangze: 'canary-of-kangze',
  hangzhou: 'canary-of-hangzhou',
} as const

/**
 * Gives the named world rows that carry canaries: a file of 康泽 with a line of 杭州区 (its lot is the territory's canary,
 * its name and file the distributor's), and master data of 澜州.
 */
export async function plantCanaries(app: TestApp): Promise<void> {
  await plantOddments(app)
  const { world } = app
  const { lanzhou } = world.company
  await app.admin.query('update institutions set address = $1 where company_id = $2', [
    CANARY.lanzhou,
    lanzhou,
  ])
  await app.admin.query('update products set approval_no = $1 where company_id = $2', [
    CANARY.lanzhou,
    lanzhou,
  ])
  await app.admin.query('update distributors set contact_name = $1 where id = $2', [
    CANARY.kangze,
    world.distributors.kangze,
  ])
  const steward = await app.as('steward')
  await steward.post('/api/flow-months', { month: MONTH })
  const text = [
    '销售日期,客户名称,产品名称,规格,批号,数量,单位',
    `2026-10-01,杭州临泽医院,冠脉支架,3.0*18mm,${CANARY.hangzhou},1,套`,
    `2026-10-02,${CANARY.kangze}不认识的客户,冠脉支架,3.0*18mm,L2,1,套`,
  ].join('\n')
  const bytes = await storeMade(Readable.from([Buffer.from(text)]))
  await app.runAs('steward', async (ctx) => {
    const distributorId = world.distributors.kangze
    const name = `${CANARY.kangze}.csv`
    const file = await recordFile(ctx, bytes, { file_name: name, purpose: 'flow', distributorId })
    await receiveFiles(ctx, { month: MONTH, distributor_id: distributorId, files: [file] })
  })
  await app.runJobs()
  await app.admin.query(
    `insert into flow_match_samples (company_id, month, name_id, stratum, proposed_id)
    select company_id, '2026-10-01', id, 0, $2 from flow_names where company_id = $1 order by id limit 1`,
    [lanzhou, world.institutions.linze],
  )
  await app.admin.query(
    `insert into flow_match_thresholds (company_id, auto_from, previous, reason, before, person_id)
    values ($1, 0.9, 0.8, $2, '[]', $3)`,
    [lanzhou, CANARY.lanzhou, world.people.steward],
  )
  await app.admin.query(
    `insert into targets (company_id, territory_id, product_group, month, amount_fen)
    values ($1, $2, $3, '2026-10-01', 100)`,
    [lanzhou, world.territories.hangzhou, CANARY.hangzhou],
  )
  await app.admin.query(
    `insert into code_values (company_id, list, code, label_zh, label_en)
    values ($1, 'product-group', $2, $2, $2)`,
    [lanzhou, CANARY.lanzhou],
  )
  await app.admin.query(
    `insert into flow_decisions (company_id, kind, action, normal_text, before, person_id)
    values ($1, 'customer', 'ignore', $2, '{}', $3)`,
    [lanzhou, CANARY.lanzhou, world.people.steward],
  )
}

/** A row of each kind that the line and the world do not bring: none is asked for in vain. */
async function plantOddments(app: TestApp): Promise<void> {
  const { world } = app
  const { lanzhou } = world.company
  const { steward, admin } = world.people
  await app.admin.query(
    `insert into api_keys (company_id, prefix, key_hash, name, person_id, permissions, expires_at)
    values ($1, 'qk_canary', '\\x00', $2, $3, '{flows.read}', now() + interval '1 day')`,
    [lanzhou, CANARY.lanzhou, admin],
  )
  await app.admin.query(
    `insert into notifications (company_id, person_id, kind, params) values ($1, $2, 'flows.month-locked', $3)`,
    [lanzhou, steward, JSON.stringify({ month: CANARY.lanzhou })],
  )
  await app.admin.query(
    `insert into approvals (company_id, subject_kind, subject_id, title, steps, requested_by)
    values ($1, 'flows.month', '2026-09', $2, '[{"name": "x", "role": "channel-manager", "needed": 1}]', $3)`,
    [lanzhou, CANARY.lanzhou, steward],
  )
  const { rows } = await app.admin.query(
    `insert into files (company_id, sha256, byte_size, file_name, media_kind, purpose, person_id)
    values ($1, repeat('0', 64), 1, $2, 'xlsx', 'import', $3) returning id`,
    [lanzhou, `${CANARY.lanzhou}.xlsx`, steward],
  )
  await app.admin.query(
    `insert into master_imports (company_id, kind, file_id, state, person_id) values ($1, 'institutions', $2, 'mapping', $3)`,
    [lanzhou, rows[0].id, steward],
  )
  await app.admin.query(
    `insert into calendar_days (company_id, day, kind, name) values ($1, '2026-10-10', 'workday', $2)`,
    [lanzhou, CANARY.lanzhou],
  )
  await app.admin.query(
    `insert into calendar_months (company_id, month, starts_on, ends_on, files_due_on, close_due_on)
    values ($1, '2026-10-01', '2026-10-01', '2026-10-31', '2026-11-03', '2026-11-05')`,
    [lanzhou],
  )
  // The newest of all, however much is done meanwhile.
  await app.admin.query(
    `insert into audit (company_id, id, person_id, deed, subject_kind, subject_id)
    values ($1, 'ffffffff-ffff-7fff-bfff-ffffffffffff', $2, 'test.deed', 'test', $3)`,
    [lanzhou, steward, CANARY.lanzhou],
  )
}

/** What an :id means, by the first part of the path: the table whose rows of 澜州 stand for it. */
const SUBJECTS: Record<string, string> = {
  people: 'memberships',
  'api-keys': 'api_keys',
  jobs: 'jobs',
  notifications: 'notifications',
  approvals: 'approvals',
  institutions: 'institutions',
  products: 'products',
  distributors: 'distributors',
  territories: 'territories',
  posts: 'posts',
  'post-holders': 'post_holders',
  'territory-institutions': 'territory_institutions',
  prices: 'prices',
  'code-values': 'code_values',
  'calendar-days': 'calendar_days',
  'calendar-months': 'calendar_months',
  imports: 'master_imports',
  'flow-batches': 'flow_batches',
  'flow-lines': 'flow_lines',
  'flow-decisions': 'flow_decisions',
  'flow-match-thresholds': 'flow_match_thresholds',
  'flow-match-samples': 'flow_match_samples',
  targets: 'targets',
}

/** Parameters that are no ids of one company's rows. */
const WORDS: Record<string, string> = {
  ':month': MONTH,
  ':list': 'product-group',
  ':page': '1',
  ':kind': 'institutions.xlsx',
  ':subject_kind': 'flows.month',
}

/** Whether the path names a row of one company by its id. */
export function namesARow(path: string): boolean {
  return /:(id|[a-z_]+_id)\b/.test(path)
}

/** Ids of 澜州 by table; where a distributor or a territory matters it is 康泽's, and 杭州区's. */
export async function canaryIds(app: TestApp): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const table of new Set(Object.values(SUBJECTS))) {
    const id = table === 'memberships' ? 'person_id' : 'id'
    const first =
      table === 'flow_lines'
        ? 'territory_id is null'
        : `${id} not in ('${app.world.distributors.kangze}', '${app.world.people.steward}')`
    const { rows } = await app.admin.query(
      `select ${id} as id from ${table} where company_id = $1 order by ${first}, ${id}`,
      [app.world.company.lanzhou],
    )
    if (!rows[0]) throw new Error(`there is no row of ${table} to ask for`)
    ids.set(table, rows[0].id)
  }
  return ids
}

/** A path with its parameters filled by subjects of 澜州. A route whose subject nobody thought of fails. */
export function filled(ids: ReadonlyMap<string, string>, path: string): string {
  let full = path
  for (const [name, value] of Object.entries(WORDS)) full = full.replace(new RegExp(`${name}\\b`), value)
  if (!full.includes(':')) return full
  const id = ids.get(SUBJECTS[path.split('/')[1] ?? ''] ?? '')
  if (!id) throw new Error(`nobody has thought of who may see ${path}: add it to SUBJECTS`)
  full = full.replace(':id', id)
  if (full.includes(':')) throw new Error(`nobody has thought of ${path}: add its parameter to WORDS`)
  return full
}

/** The id of 澜州 that a field of a body or query asks for. */
export function idForField(ids: ReadonlyMap<string, string>, field: string): string {
  const table = {
    institution_id: 'institutions',
    // another row than the one it is merged into
    into_id: 'products',
    product_id: 'products',
    territory_id: 'territories',
    distributor_id: 'distributors',
    person_id: 'memberships',
    batch_id: 'flow_batches',
  }[field]
  return ids.get(table ?? 'institutions') ?? ''
}
