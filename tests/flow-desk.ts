import { Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { expect } from 'vitest'
import { modules } from '#apps/server/modules.ts'
import { receiveFiles } from '#modules/flows/arrive/receive-files.ts'
import { openMonth } from '#modules/flows/close/open-month.ts'
import { recordFile, storeMade } from '#platform/files/public.ts'
import { type JobContext, jobContext } from '#platform/jobs/job-context.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'
import type { PersonLogin } from '#tests/world.ts'

/** What a test of the line works at: the named world, its steward's hands, and a look behind the walls. */
export interface Desk extends TestApp {
  open(month: string): Promise<void>
  /** Sends a file in for a distributor and leaves it unread; returns its first batch. */
  put(sent: Sent): Promise<string>
  /** The same, and runs the line. */
  send(sent: Sent): Promise<string>
  batch(id: string): Promise<Record<string, never> & BatchOnDesk>
  lines(batchId: string): Promise<LineOnDesk[]>
  /** A job's view of a batch, for runs that are watched or disturbed. */
  jobOn(kind: string, subjectId: string, changes?: Partial<JobContext>): JobContext
}

export interface Sent {
  name: string
  content: string | Buffer
  month: string
  distributor?: 'kangze' | 'anhe'
  by?: PersonLogin
}

interface BatchOnDesk {
  state: string
  kind: string
  failure_code: string | null
  row_count: number
  skipped_count: number
  line_count: number
  table_no: number
  mapping: Record<string, string | null>
  layout: { columns: { column: number; header: string }[] }
}

export interface LineOnDesk {
  id: string
  line_no: number
  state: string
  issues: string[]
  institution_id: string | null
  product_id: string | null
  territory_id: string | null
  qty: string | null
  base_qty: string | null
  amount_fen: number | null
}

export async function startDesk(): Promise<Desk> {
  const app = await startTestApp({ modules })
  await app.admin.query(
    `insert into approval_rules (company_id, subject_kind, name, steps) values ($1, 'flows.month', '关账', $2)`,
    [app.world.company.lanzhou, JSON.stringify([{ name: '复核', role: 'channel-manager', needed: 1 }])],
  )
  const put = (sent: Sent) =>
    app.runAs(sent.by ?? 'steward', async (ctx) => {
      const distributorId = app.world.distributors[sent.distributor ?? 'kangze']
      const bytes = await storeMade(Readable.from([Buffer.from(sent.content)]))
      const file = await recordFile(ctx, bytes, { file_name: sent.name, purpose: 'flow' })
      const [batch] = await receiveFiles(ctx, {
        month: sent.month,
        distributor_id: distributorId,
        files: [file],
      })
      if (!batch) throw new Error('nothing was received')
      return batch.id
    })
  return {
    ...app,
    open: (month) => app.runAs('steward', (ctx) => openMonth(ctx, { month })),
    put,
    send: async (sent) => {
      const id = await put(sent)
      await app.runJobs()
      return id
    },
    batch: async (id) => {
      const { rows } = await app.admin.query('select * from flow_batches where id = $1', [id])
      expect(rows).toHaveLength(1)
      return rows[0]
    },
    lines: async (batchId) => {
      const { rows } = await app.admin.query(
        `select id, line_no, state, issues, institution_id, product_id, territory_id, trim_scale(qty)::text as qty,
          trim_scale(base_qty)::text as base_qty, amount_fen from flow_lines where batch_id = $1 order by line_no`,
        [batchId],
      )
      return rows
    },
    jobOn: (kind, subjectId, changes = {}) => {
      const job = {
        id: '01900000-0000-7000-8000-000000000001',
        kind,
        company_id: app.world.company.lanzhou,
        subject_id: subjectId,
        payload: {},
        person_id: app.world.people.steward,
        attempts: 1,
      }
      return { ...jobContext(app.ground.app, job, new AbortController().signal), ...changes }
    },
  }
}

export const HEAD = '销售日期,客户名称,产品名称,规格,批号,数量,单位,单价,金额,单号'

/** A csv with the usual columns. */
export function csv(rows: readonly string[], head = HEAD): string {
  return `${[head, ...rows].join('\n')}\n`
}

/** A sale of stents as a row of `csv`; the day and the document make it another one. */
export function sale(day: string, customer: string, qty: number, more: { unit?: string; doc?: string } = {}) {
  const { unit = '套', doc = `D${day.slice(5)}` } = more
  return `${day},${customer},冠脉支架,3.0*18mm,L1,${qty},${unit},3800,${qty * 3800},${doc}`
}

/** A workbook of sheets of plain rows. */
export async function workbook(sheets: Record<string, (string | number)[][]>): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows)
  return Buffer.from(await book.xlsx.writeBuffer())
}
