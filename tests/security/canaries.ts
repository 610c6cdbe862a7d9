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

/** First part of a path → the table whose rows of 澜州 its :id means. A route that is not here must be thought of first. */
const SUBJECTS: Record<string, string | null> = {
  people: null,
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
  imports: 'master_imports',
  'flow-batches': 'flow_batches',
  'flow-lines': 'flow_lines',
  'flow-decisions': 'flow_decisions',
  targets: 'targets',
}

/** A path with its parameters filled by subjects of 澜州 (of 康泽 where a distributor is meant). */
export async function filled(app: TestApp, path: string): Promise<string> {
  const named: Record<string, string> = {
    ':month': MONTH,
    ':list': 'product-group',
    ':kind': 'institutions',
    ':subject_kind': 'flows.month',
  }
  let full = path
  for (const [name, value] of Object.entries(named)) full = full.replace(name, value)
  if (!full.includes(':')) return full
  const subject = path.split('/')[1] ?? ''
  const table = SUBJECTS[subject]
  if (table === undefined) throw new Error(`nobody has thought of who may see ${path}: add it to SUBJECTS`)
  const { kangze } = app.world.distributors
  const { rows } =
    table === null
      ? { rows: [{ id: app.world.people.steward }] }
      : await app.admin.query(
          `select id from ${table} where company_id = $1 ${table === 'distributors' ? 'and id = $2' : 'and $2::uuid is not null'} order by id limit 1`,
          [app.world.company.lanzhou, kangze],
        )
  return full.replace(':id', rows[0]?.id ?? '01900000-0000-7000-8000-000000000000')
}
