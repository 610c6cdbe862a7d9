import { sql } from 'kysely'
import {
  newCounts,
  ReadingError,
  type ReadLine,
  readLines,
  type TableLayout,
} from '#engines/reading/public.ts'
import { assert } from '#kit/assert.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { pathOfFile } from '#platform/files/public.ts'
import type { JobContext } from '#platform/jobs/public.ts'
import { pageReading } from '../arrive/page-reading.ts'
import { type BatchToRead, failBatch, readBatch } from '../arrive/read-batch.ts'
import { lockOpenMonth } from '../close/open-month.ts'
import { atStation, type StationSeconds } from '../line.ts'
import { NameSums } from '../names/name-sums.ts'
import type { KnownName } from '../names/save-names.ts'
import type { Mapping } from '../tables.ts'
import { openChecks } from './check-lines.ts'
import { openAlikes } from './find-alike.ts'
import { matchIndex } from './match-index.ts'
import { openNameBook } from './match-names.ts'
import { reopenAlikes } from './reopen-alikes.ts'
import { settleNames } from './settle-names.ts'
import { writeLines } from './write-lines.ts'

/**
 * Job `flows.run-batch`: one batch along the line, from the stored file to posted or waiting lines. All lines of a
 * batch are written in one transaction with their counters, so a run that is killed leaves nothing behind and the
 * next one starts clean. A second run of a finished batch does nothing.
 */
export async function runBatch(job: JobContext): Promise<Record<string, unknown>> {
  const batch = await takeBatch(job)
  if (!batch) {
    // Done already; the run before may have ended between the lines and this.
    await job.transaction((ctx) => settleBatch(ctx, job.subjectId, null))
    return { skipped: true }
  }
  if (!batch.layout) {
    const next = await readBatch(job, batch)
    if (next !== 'cleaning') return { state: next }
  }
  try {
    const { result, written } = await job.transaction((ctx) => cleanBatch(ctx, job))
    await job.transaction((ctx) => settleBatch(ctx, batch.id, written))
    return result
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error
    await job.transaction(async (ctx) => {
      await reopenAlikes(ctx, batch, 'leaving')
      await clearBatch(ctx, batch)
      await failBatch(ctx, batch, `reading.${error.code}`, error.params)
    })
    return { state: 'failed' }
  }
}

async function takeBatch(
  job: JobContext,
): Promise<(BatchToRead & { layout: TableLayout | null }) | undefined> {
  return job.transaction((ctx) =>
    ctx.db
      .updateTable('flow_batches')
      .set({ state: sql`case when state = 'received' then 'reading' else state end` })
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', job.subjectId)
      .where('state', 'in', ['received', 'reading', 'cleaning'])
      .returning([
        'id',
        'month',
        'distributor_id',
        'file_id',
        'file_name',
        'sha256',
        'table_no',
        'channel',
        'person_id',
        'layout',
      ])
      .executeTakeFirst(),
  )
}

/** What the lines of a batch were written by, for `settleBatch`. */
interface Written {
  names: KnownName[]
  duplicates: number
}

/** Once the lines can be seen by others: they follow what was decided while they were written. */
async function settleBatch(ctx: Ctx, id: string, written: Written | null): Promise<void> {
  await settleNames(ctx, id, written?.names ?? null)
  if (written?.duplicates === 0) return
  const batch = await ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .select(['id', 'month', 'distributor_id'])
    .executeTakeFirst()
  if (batch) await reopenAlikes(ctx, batch, 'staying')
}

/** Holds the month open, the batch and its distributor, and takes away what an earlier run left. */
async function beginBatch(ctx: Ctx, id: string) {
  const batch = await ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .where('state', '=', 'cleaning')
    .forUpdate()
    .select([
      'id',
      'month',
      'distributor_id',
      'file_name',
      'sha256',
      'layout',
      'mapping',
      'kind',
      'line_count',
    ])
    .executeTakeFirst()
  if (!batch?.layout || !batch.mapping) return null
  const window = await lockOpenMonth(ctx, batch.month)
  // Batches of one distributor run one after the other: they share names and look for each other's duplicates.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`flows ${ctx.companyId} ${batch.distributor_id}`}, 0))`.execute(
    ctx.db,
  )
  // Lines stand only where a run came to its end.
  if (batch.line_count > 0) {
    await reopenAlikes(ctx, batch, 'leaving')
    await clearBatch(ctx, batch)
  }
  return { ...batch, ...window, layout: batch.layout, mapping: batch.mapping }
}

/** Stations read → map → match → check → post in one transaction. Memory holds one chunk of lines, whatever the file. */
async function cleanBatch(
  ctx: Ctx,
  job: JobContext,
): Promise<{ result: Record<string, unknown>; written: Written }> {
  const written: Written = { names: [], duplicates: 0 }
  const batch = await beginBatch(ctx, job.subjectId)
  if (!batch) return { result: { skipped: true }, written }

  const seconds: StationSeconds = {}
  const counts = newCounts()
  const index = await atStation(seconds, 'match', () => matchIndex(ctx))
  const names = await openNameBook(ctx, batch, index)
  const check = openChecks(ctx, index, batch)
  const markAlikes = await atStation(seconds, 'check', () => openAlikes(ctx, batch))
  const source = readLines(
    pathOfFile(batch.sha256),
    batch.file_name,
    { ...batch.layout, kind: batch.kind },
    asNumbers(batch.mapping),
    undefined,
    counts,
    pageReading(job, batch.distributor_id),
  )
  const sums = new NameSums()
  // The database writes a chunk while the next one is read.
  let posting: Promise<void> = Promise.resolve()
  let lineNo = 1
  let chunkNo = 0
  const started = performance.now()
  while (true) {
    const next = await atStation<IteratorResult<ReadLine[]>>(seconds, 'read', () => source.next())
    if (next.done) break
    if (job.stopping.aborted) throw new Error('asked to stop')
    const matched = await atStation(seconds, 'match', () => names.match(next.value))
    const checked = await atStation(seconds, 'check', async () => {
      const lines = await check(matched)
      written.duplicates += markAlikes(lines)
      return lines
    })
    await posting
    posting = atStation(seconds, 'post', () =>
      writeLines(ctx, batch, { no: chunkNo, first_line_no: lineNo }, checked),
    )
    // Seen at the next await; until then nobody else may call it unhandled.
    posting.catch(() => {})
    sums.count(checked)
    lineNo += checked.length
    chunkNo += 1
    if (performance.now() - started > TELLING_MS) await job.progress('post', lineNo - 1, null)
  }
  await posting
  await sums.save(ctx, batch)
  assert(counts.lines === lineNo - 1, `read ${counts.lines} lines, wrote ${lineNo - 1}`)
  written.names = names.names()
  if (counts.lines === 0) {
    await failBatch(ctx, batch, 'reading.no-rows', {})
    return { result: { state: 'failed' }, written }
  }
  return { result: await finishBatch(ctx, batch, counts, sums, seconds), written }
}

/** A batch that is done sooner is not worth telling how far it is. */
const TELLING_MS = 500

/** What an earlier run under another mapping left: the file itself stays, and is read again. */
async function clearBatch(ctx: Ctx, batch: { id: string; month: string }): Promise<void> {
  await ctx.db
    .deleteFrom('flow_lines')
    .where('company_id', '=', ctx.companyId)
    .where('month', '=', batch.month)
    .where('batch_id', '=', batch.id)
    .execute()
  await ctx.db
    .deleteFrom('flow_raw_chunks')
    .where('company_id', '=', ctx.companyId)
    .where('batch_id', '=', batch.id)
    .execute()
}

async function finishBatch(
  ctx: Ctx,
  batch: { id: string },
  counts: ReturnType<typeof newCounts>,
  sums: { posted: number; waiting: number; amount_fen: number },
  seconds: StationSeconds,
): Promise<Record<string, unknown>> {
  await ctx.db
    .updateTable('flow_batches')
    .set({
      state: 'done',
      row_count: counts.rows_seen,
      skipped_count: counts.rows_seen - counts.rows_read,
      line_count: counts.lines,
      amount_fen: sums.amount_fen,
      seconds: JSON.stringify(seconds),
      ended_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', batch.id)
    .execute()
  await publishEvent(ctx, {
    name: 'flows.cleaned',
    subject: ['flows.batch', batch.id],
    payload: { lines: counts.lines, posted: sums.posted, waiting: sums.waiting },
  })
  return { lines: counts.lines, posted: sums.posted, waiting: sums.waiting }
}

function asNumbers(mapping: Mapping): Record<number, Mapping[string]> {
  return Object.fromEntries(Object.entries(mapping).map(([column, field]) => [Number(column), field]))
}
