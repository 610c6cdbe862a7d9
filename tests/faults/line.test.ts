import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, WORLD_PASSWORD, type World } from '#tests/world.ts'
import { type PatientClient, signIn } from './patient-client.ts'
import { type RunningProduct, startProduct, VICTIMS, type Victim } from './running-product.ts'

// A month after the other goes from its files to its lock while worker, server and database are killed at random.

const ROUNDS = Number(process.env.FAULT_ROUNDS || 6)
const SEED = Number(process.env.FAULT_SEED || randomInt(2 ** 31))
const FILES = 6
const ROWS = 3000
const HEAD = '销售日期,客户名称,产品名称,规格,批号,数量,单位,单价,金额,单号'
const CUSTOMERS = ['杭州临泽医院', '杭州望江诊所', '成都锦屏医院']

let product: RunningProduct
let world: World
let steward: PatientClient
let manager: PatientClient
/** What a month holds that nobody disturbed. */
let undisturbed: unknown
const tally = { rounds: 0, kills: 0, phases: {} as Record<string, number>, tries: 0, slowest_ms: 0 }

beforeAll(async () => {
  product = await startProduct()
  world = await createWorld(product.adminUrl)
  await ask('insert into approval_rules (company_id, subject_kind, name, steps) values ($1, $2, $3, $4)', [
    world.company.lanzhou,
    'flows.month',
    '关账',
    JSON.stringify([{ name: '复核', role: 'channel-manager', needed: 1 }]),
  ])
  steward = await signIn(product.url, 'steward', WORLD_PASSWORD)
  manager = await signIn(product.url, 'manager', WORLD_PASSWORD)
  const month = monthOf(0)
  await run(month, async () => {})
  undisturbed = await figuresOf(month)
})

afterAll(async () => {
  console.log(`seed ${SEED}: ${JSON.stringify(tally)}`)
  await product?.stop()
})

/** A query with the owner's eyes on a connection of its own: the database may just be coming back. */
async function ask<Row extends pg.QueryResultRow>(query: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: product.adminUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(query, values)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

/** Numbers from 0 to 1 that the seed decides. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function monthOf(round: number): string {
  return `${2000 + Math.floor(round / 12)}-${String((round % 12) + 1).padStart(2, '0')}`
}

/** The same rows in each month but for the date: returns, big units, copies of a line, lines of another month. */
function fileOf(month: string, no: number): Buffer {
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const day = String((row % 28) + 1).padStart(2, '0')
    const date = row % 500 === 7 ? '1999-12-31' : `${month}-${day}`
    const copied = row % 300 === 1 ? row - 1 : row
    const qty = row % 90 === 5 ? -1 : (row % 7) + 1
    const unit = row % 50 === 3 ? '箱' : '套'
    const same = copied === row ? { date, qty, unit } : { date: `${month}-01`, qty: 1, unit: '套' }
    const first = row % 300 === 0 ? { date: `${month}-01`, qty: 1, unit: '套' } : same
    return `${first.date},${CUSTOMERS[copied % 3]},冠脉支架,3.0*18mm,L${no},${first.qty},${first.unit},10,${first.qty * 10},F${no}-${copied}`
  })
  return Buffer.from([HEAD, ...rows].join('\n'))
}

type Phase = 'upload' | 'cleaning' | 'settling' | 'lock'
/** Where the month stands now; a blow counts for the phase it really fell in. */
let standing: Phase | null = null

/** In milliseconds, the latest that a phase is struck for the first time, and again: short enough to fall into it. */
const STRUCK_WITHIN: Record<Phase, readonly [first: number, again: number]> = {
  upload: [30, 250],
  cleaning: [600, 1500],
  settling: [60, 60],
  lock: [400, 1500],
}
const victims = Object.keys(VICTIMS) as Victim[]

/** Who is struck first in a phase: one that has not been there yet, as long as there is one. */
function firstVictim(phase: Phase, roll: () => number): Victim {
  const spared = victims.filter((victim) => !tally.phases[`${phase} ${victim}`])
  const from = spared.length > 0 ? spared : victims
  return from[Math.floor(roll() * from.length)] ?? 'worker'
}

/** A month from its files to its lock, as people do it. `during` is told where it stands. */
async function run(month: string, during: (phase: Phase) => Promise<void>): Promise<void> {
  expect((await steward.send('POST', '/api/flow-months', { month })).status).toBe(201)
  standing = 'upload'
  const disturbing: Promise<void>[] = [during('upload')]
  const sent = await Promise.all(
    Array.from({ length: FILES }, async (_, no) => {
      const answer = await steward.upload('/api/flow-batches', {
        name: `${month}-${no}.csv`,
        bytes: fileOf(month, no),
        fields: { month, distributor_id: world.distributors[no % 2 ? 'anhe' : 'kangze'] },
      })
      expect([answer.status, answer.body?.code]).toEqual([202, undefined])
      return answer.body.batches[0].id as string
    }),
  )
  standing = 'cleaning'
  disturbing.push(during('cleaning'))
  await product.until(async () => {
    const { body } = await steward.get(`/api/flow-batches?month=${month}&size=100`)
    return body.rows.length === FILES && body.rows.every((row: { state: string }) => row.state === 'done')
  }, `clean: ${month}`)
  await Promise.all(disturbing)
  // Nothing that was acknowledged is gone, to the byte.
  for (const [no, id] of sent.entries()) {
    expect((await steward.get(`/api/flow-batches/${id}/file`)).bytes.equals(fileOf(month, no))).toBe(true)
  }
  standing = 'settling'
  const settling = during('settling')
  const settled = await steward.send('POST', '/api/flow-issue-decisions', {
    month,
    issue: 'duplicate',
    action: 'exclude',
  })
  expect([settled.status, settled.body?.code]).toEqual([201, undefined])
  await settling
  standing = 'lock'
  const locking = during('lock')
  const asked = await steward.send('POST', `/api/flow-months/${month}/closure`)
  expect([asked.status, asked.body?.code]).toEqual([200, undefined])
  const approval = `/api/approvals/${asked.body.approval_id}/decisions`
  const approved = await manager.send('POST', approval, { decision: 'approve' })
  expect([approved.status, approved.body?.code]).toEqual([201, undefined])
  await product.until(
    async () => (await steward.get(`/api/flow-months/${month}`)).body.state === 'locked',
    `locked: ${month}`,
  )
  standing = null
  await locking
}

/** Everything that must be the same whether anybody was killed or not. */
async function figuresOf(month: string): Promise<unknown> {
  const day = `${month}-01`
  const batches = await ask(
    `select b.row_count, b.skipped_count, b.line_count, b.amount_fen::text, count(l.id)::int as lines,
      count(distinct l.line_no)::int as line_nos, count(l.id) filter (where l.state = 'posted')::int as posted,
      count(l.id) filter (where l.state = 'excluded')::int as excluded, sum(l.base_qty)::text as qty,
      (select sum(c.line_count)::int from flow_raw_chunks c where c.batch_id = b.id) as raw
    from flow_batches b left join flow_lines l on l.batch_id = b.id and l.month = b.month
    where b.month = $1 group by b.company_id, b.id order by b.file_name`,
    [day],
  )
  const versions = await ask(
    'select version_no, line_count, qty::text, amount_fen::text from flow_versions where month = $1',
    [day],
  )
  const totals = await ask(
    `select version_no, count(*)::int as rows, sum(line_count)::int as lines, sum(base_qty)::text as qty,
      sum(amount_fen)::text as fen from flow_totals where month = $1 group by version_no`,
    [day],
  )
  const events = await ask(
    `select name, count(*)::int as n from events where subject_id = $1 or subject_id in (
      select id::text from flow_batches where month = $2) group by name order by name`,
    [month, day],
  )
  const audits = await ask(
    `select deed, count(*)::int as n from audit where subject_id = $1 or subject_id in (
      select id::text from flow_batches where month = $2) group by deed order by deed`,
    [month, day],
  )
  const told = await ask(
    `select person_id, kind, count(*)::int as n from notifications where params ->> 'month' = $1 group by 1, 2 order by 1, 2`,
    [month],
  )
  const seal = (await steward.get(`/api/flow-months/${month}/seal`)).body
  return { batches, versions, totals, events, audits, told, intact: seal.intact, sealed: seal.line_count }
}

test('a month that nobody disturbs is whole', () => {
  expect(undisturbed).toMatchObject({
    intact: true,
    versions: [{ version_no: 1 }],
    totals: [{ version_no: 1 }],
    batches: Array.from({ length: FILES }, () => ({
      row_count: ROWS + 1,
      line_count: ROWS,
      lines: ROWS,
      raw: ROWS,
    })),
  })
})

test.each(Array.from({ length: ROUNDS }, (_, no) => no + 1))(
  'round %i: whoever is killed, the month is the same',
  async (round) => {
    const began = Date.now()
    const month = monthOf(round)
    const roll = dice(SEED + round)
    const kills: string[] = []
    const during = async (phase: Phase) => {
      const count = phase === 'settling' ? Math.round(roll()) : 1 + Math.floor(roll() * 2)
      for (let no = 0; no < count; no += 1) {
        const victim = no === 0 ? firstVictim(phase, roll) : (victims[Math.floor(roll() * 3)] ?? 'worker')
        await sleep(roll() * STRUCK_WITHIN[phase][no === 0 ? 0 : 1])
        if (!(await product.kill(victim))) continue
        const fell = standing ?? 'after'
        kills.push(`${victim} in ${fell} at ${Date.now() - began} ms`)
        tally.kills += 1
        tally.phases[`${fell} ${victim}`] = (tally.phases[`${fell} ${victim}`] ?? 0) + 1
      }
    }
    try {
      await run(month, during)
      await product.until(product.isHealthy, 'healthy again')
      await product.until(async () => (await unended()).length === 0, 'at rest')
      expect(await figuresOf(month)).toEqual(undisturbed)
      const bad = await ask(
        `select kind, state, attempts, error_code from jobs where state not in ('done', 'cancelled')`,
      )
      expect(bad).toEqual([])
    } catch (error) {
      throw new Error(`seed ${SEED}, round ${round}, killed: ${kills.join('; ')}`, { cause: error })
    }
    tally.rounds += 1
    tally.tries = steward.tries() + manager.tries()
    tally.slowest_ms = Math.max(tally.slowest_ms, Date.now() - began)
  },
)

// With fewer rounds there are not enough blows to ask for.
test.runIf(ROUNDS >= 6)(
  'each part was killed while files were uploaded, cleaned and the month was locked',
  () => {
    const spared = ['upload', 'cleaning', 'lock'].flatMap((phase) =>
      victims.map((victim) => `${phase} ${victim}`).filter((place) => !tally.phases[place]),
    )
    expect(spared).toEqual([])
  },
)

const unended = () => ask(`select id from jobs where state in ('queued', 'running')`)
