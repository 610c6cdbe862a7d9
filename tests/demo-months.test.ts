import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { monthFiles } from '#apps/server/demo/generate/month-files.ts'
import type { CompanyKey, DemoFile, RowTruth } from '#apps/server/demo/generate/shapes.ts'
import { fileBytes } from '#apps/server/demo/generate/write-file.ts'
import { type DemoIds, loadMaster } from '#apps/server/demo/load-master.ts'
import { receiveFiles } from '#modules/flows/arrive/receive-files.ts'
import { recomputeLines } from '#modules/flows/clean/recompute-lines.ts'
import { openMonth } from '#modules/flows/close/open-month.ts'
import type { Ctx } from '#platform/ctx.ts'
import { recordFile, storeMade } from '#platform/files/public.ts'
import { type Desk, startDesk } from './flow-desk.ts'

// Whole months of generated files, with all the mistakes that are planted in them, through the line.

const COLUMNS = `id, batch_id, line_no, state, issues, institution_id, product_id, territory_id, base_qty, qty, amount_fen`
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.close())

interface Place {
  companyId: string
  ids: DemoIds
  as<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
}

/** A maker of the generated world as a company of its own, with the steward who serves both. */
async function settle(key: CompanyKey): Promise<Place> {
  const { rows } = await desk.admin.query(`insert into companies (code, name) values ($1, $1) returning id`, [
    key,
  ])
  const companyId: string = rows[0].id
  await desk.admin.query(
    `insert into memberships (company_id, person_id, roles, scope) values ($1, $2, '{flow-steward}', 'company')`,
    [companyId, desk.world.people.both],
  )
  const as = <T>(work: (ctx: Ctx) => Promise<T>) => desk.runAs('both', work, companyId)
  const ids = await as((ctx) => loadMaster(ctx, key, new Map()))
  return { companyId, ids, as }
}

/** Sends a month's files in, a file that came before left out, and runs the line. */
async function runMonth(place: Place, key: CompanyKey, month: string): Promise<DemoFile[]> {
  const taken: DemoFile[] = []
  await place.as(async (ctx) => {
    await openMonth(ctx, { month })
    const seen = new Set<string>()
    for (const file of monthFiles(month, { company: key }).files) {
      const bytes = await storeMade(Readable.from([await fileBytes(file)]))
      const distributorId = place.ids.distributors.get(file.distributor_key) ?? ''
      if (seen.has(`${distributorId} ${bytes.sha256}`)) continue
      seen.add(`${distributorId} ${bytes.sha256}`)
      const stored = await recordFile(ctx, bytes, { file_name: file.file_name, purpose: 'flow' })
      await receiveFiles(ctx, { month, distributor_id: distributorId, files: [stored] })
      taken.push(file)
    }
  })
  await desk.runJobs()
  return taken
}

interface Posted {
  distributor_id: string
  file_name: string
  sheet: string
  sheet_row: number
  institution_id: string
  product_id: string
  base_qty: string
}

async function postedLines(companyId: string, month: string): Promise<Posted[]> {
  const { rows } = await desk.admin.query<Posted>(
    `select b.distributor_id, b.file_name, case when b.file_name like '%.csv' then '' else b.layout ->> 'sheet' end as sheet, l.sheet_row, l.institution_id, l.product_id,
      trim_scale(l.base_qty)::text as base_qty
    from flow_lines l join flow_batches b on b.id = l.batch_id
    where l.company_id = $1 and l.month = $2 and l.state = 'posted'`,
    [companyId, `${month}-01`],
  )
  return rows
}

describe.each([
  ['C1', '2026-11'],
  ['C2', '2026-11'],
  ['C2', '2026-04'],
] as const)('%s in %s', (key, month) => {
  let place: Place
  let files: DemoFile[]

  beforeAll(async () => {
    place = places.get(key) ?? (await settle(key))
    places.set(key, place)
    files = await runMonth(place, key, month)
  })

  test('no file is left behind: each is done, waits for its columns, or has failed with a reason', async () => {
    const { rows } = await desk.admin.query(
      `select state, failure_code, count(*)::int as n from flow_batches where company_id = $1 and month = $2 group by 1, 2`,
      [place.companyId, `${month}-01`],
    )
    for (const row of rows) {
      expect(['done', 'mapping', 'failed']).toContain(row.state)
      if (row.state === 'failed') expect(row.failure_code).toBe('reading.no-rows')
    }
    const { rows: known } = await desk.admin.query(
      `select count(distinct (distributor_id, sha256))::int as n from flow_batches where company_id = $1 and month = $2`,
      [place.companyId, `${month}-01`],
    )
    expect(known[0].n).toBe(files.length)
  })

  test('rows in are lines and skipped rows; lines are posted, waiting, excluded and rejected', async () => {
    const { rows } = await desk.admin.query(
      `select b.row_count, b.skipped_count, b.line_count, b.amount_fen, count(l.id)::int as lines,
        coalesce(sum(l.amount_fen), 0)::bigint as fen,
        count(l.id) filter (where l.state in ('posted', 'waiting', 'excluded', 'rejected'))::int as told,
        max(l.line_no) as last, (select sum(line_count)::int from flow_raw_chunks c where c.batch_id = b.id) as raw
      from flow_batches b left join flow_lines l on l.batch_id = b.id and l.month = b.month
      where b.company_id = $1 and b.month = $2 and b.state = 'done' group by b.id, b.company_id`,
      [place.companyId, `${month}-01`],
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(row.row_count).toBe(row.line_count + row.skipped_count)
      expect([row.lines, row.told, row.last, row.raw]).toEqual(Array(4).fill(row.line_count))
      expect(row.fen).toBe(row.amount_fen)
    }
  })

  test('what is posted by itself is what the row really says, 97 times in 100', async () => {
    const truths = truthsBy(files, place.ids)
    const lines = await postedLines(place.companyId, month)
    let right = 0
    for (const line of lines) {
      const truth = truths.get(`${line.distributor_id} ${line.file_name} ${line.sheet} ${line.sheet_row}`)
      if (truth && isRight(line, truth, place.ids)) right += 1
    }
    const all = files.flatMap((file) => file.truth).length
    expect(lines.length).toBeGreaterThan(all / 4)
    expect([right / lines.length >= 0.97, right, lines.length]).toEqual([true, right, lines.length])
  })

  test('computing every line again from its names changes nothing', async () => {
    const changed = await place.as(async (ctx) => {
      const names = await ctx.db
        .selectFrom('flow_names')
        .where('company_id', '=', ctx.companyId)
        .select('id')
        .execute()
      return recomputeLines(
        ctx,
        names.map((name) => name.id),
      )
    })
    expect(changed).toBe(0)
  })

  test('running every batch again changes nothing', async () => {
    const all = () =>
      desk.admin.query(`select ${COLUMNS} from flow_lines where company_id = $1 order by id`, [
        place.companyId,
      ])
    const before = (await all()).rows
    await desk.admin.query(
      `update jobs set state = 'queued' where kind = 'flows.run-batch' and company_id = $1`,
      [place.companyId],
    )
    await desk.runJobs()
    expect((await all()).rows).toEqual(before)
  })
})

const places = new Map<CompanyKey, Place>()

function truthsBy(files: readonly DemoFile[], ids: DemoIds): Map<string, RowTruth> {
  return new Map(
    files.flatMap((file) =>
      file.truth.map((row) => [
        [
          ids.distributors.get(file.distributor_key),
          file.file_name,
          file.format === 'csv' ? '' : row.sheet,
          row.row,
        ].join(' '),
        row,
      ]),
    ),
  )
}

/** Of two alike lines either may be called the copy. */
function isRight(line: Posted, truth: RowTruth, ids: DemoIds): boolean {
  return (
    truth.institution_key !== null &&
    ids.institutions.get(truth.institution_key) === line.institution_id &&
    ids.products.get(truth.product_key) === line.product_id &&
    Number(truth.base_qty) === Number(line.base_qty) &&
    (truth.counts || truth.planted === 'duplicate_line')
  )
}
