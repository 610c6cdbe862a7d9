import { randomInt } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { readConfig } from '#platform/config.ts'
import type { Ctx } from '#platform/ctx.ts'
import { asReader } from '#platform/db.ts'
import { openGround } from '../ground.ts'
import { samples } from './generate/samples.ts'
import { CURRENT_MONTH, HISTORY_MONTHS } from './generate/shapes.ts'
import { loadCurrentMonth } from './load-current-month.ts'
import { loadHistoryMonth, openHistory } from './load-history.ts'
import { loadMaster } from './load-master.ts'
import { loadPeople } from './load-people.ts'
import { loadTargets } from './load-targets.ts'

/**
 * Brings in the demo company: DEMO=yes asks for it, DEMO=first only where there is no company yet. Each company is
 * loaded in one transaction, so a loader that is killed starts that company again; what is there already stays.
 */
const config = readConfig()
const ground = openGround(config)
const loginsFile = join(config.dataDir, 'demo-logins.json')

async function main(): Promise<void> {
  const companies = await ground.gate.selectFrom('companies').select(['id', 'code', 'is_demo']).execute()
  const others = companies.filter((company) => !company.is_demo)
  if (process.env.DEMO !== 'yes' && others.length > 0) return
  const password = await demoPassword()
  for (const key of ['C1', 'C2'] as const) {
    const people = await loadPeople(ground, key, password)
    const reader = {
      companyId: people.companyId,
      personId: people.steward,
      scope: { kind: 'company' },
    } as const
    await asReader(
      ground.app,
      reader,
      async (tx) => {
        const ctx: Ctx = {
          ...reader,
          db: tx,
          personName: '',
          permissions: new Set(),
          now: new Date(),
          requestId: 'demo',
        }
        const loaded = await tx
          .selectFrom('products')
          .where('company_id', '=', ctx.companyId)
          .select('id')
          .executeTakeFirst()
        if (loaded) return
        const ids = await loadMaster(ctx, key, people.posts)
        await loadTargets(ctx, key, ids)
        const history = openHistory()
        for (const month of HISTORY_MONTHS) await loadHistoryMonth(ctx, key, ids, history, month)
        await loadCurrentMonth(ctx, key, ids, CURRENT_MONTH)
        await readOldNotices(ctx)
      },
      { statementTimeoutMs: 300_000 },
    )
    await people.linkDistributors()
  }
  await samples(join(config.dataDir, 'samples'))
  await keep(loginsFile, JSON.stringify(await demoLogins(password), null, 1))
}

/** A year of releases is old news: only the newest is unread. */
async function readOldNotices(ctx: Ctx): Promise<void> {
  await sql`select set_config('app.person', '', true)`.execute(ctx.db)
  await sql`update notifications set read_at = now()
    where company_id = ${ctx.companyId} and params ->> 'month' < ${HISTORY_MONTHS.at(-1)}`.execute(ctx.db)
}

/** One password for all demo people of this installation, four plain syllable words; DEMO_PASSWORD sets it. */
async function demoPassword(): Promise<string> {
  if (process.env.DEMO_PASSWORD) return process.env.DEMO_PASSWORD
  const known = await readFile(loginsFile, 'utf8').catch(() => null)
  if (known) return String(JSON.parse(known)[0]?.password)
  const words = 'shan shui tian lin yun feng xue hua qiu chun song zhu mei lan jing hai'.split(' ')
  return [1, 2, 3, 4].map(() => words[randomInt(words.length)]).join('-') + randomInt(10, 99)
}

const WHO: Record<string, [zh: string, en: string]> = {
  steward: ['流向专员：上传、清洗、关账、下发', 'Flow steward: upload, clean, close, release'],
  channel: ['渠道经理：主数据、审批关账', 'Channel manager: master data, approves the close'],
  director: ['营销总监：达成总览', 'Director: attainment overview'],
  finance: ['财务', 'Finance'],
  admin: ['系统管理员：人员与接口', 'System administrator: people and API keys'],
  security: ['安全管理员：重置登录方式、审批规则', 'Security administrator: ways in, approval rules'],
  audit: ['审计管理员：操作审计', 'Audit administrator: the audit trail'],
  suheng: ['经销商数据专员（江苏苏恒）：只见自己的流向', 'Distributor clerk: own flow only'],
  chuanheng: ['经销商负责人（四川川衡）：服务两家厂商', 'Distributor owner serving two makers'],
}

async function demoLogins(password: string) {
  const people = await ground.gate
    .selectFrom('people')
    .orderBy('created_at')
    .select(['login', 'name'])
    .execute()
  const order = Object.keys(WHO)
  return people
    .map(({ login, name }) => {
      const [zh, en] = WHO[login] ?? ['业务员：只见自己辖区', 'Sales rep: own territory only']
      return {
        login,
        password,
        who: `${name} · ${zh}`,
        who_zh: `${name} · ${zh}`,
        who_en: `${login} · ${en}`,
      }
    })
    .filter((one) => !['admin2', 'channel2'].includes(one.login))
    .sort(
      (one, other) => ((order.indexOf(one.login) + 100) % 100) - ((order.indexOf(other.login) + 100) % 100),
    )
}

async function keep(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

await main()
await ground.app.destroy()
await ground.gate.destroy()
