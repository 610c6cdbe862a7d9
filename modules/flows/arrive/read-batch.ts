import {
  type Inspection,
  inspectFile,
  ReadingError,
  type ReadingNote,
  type TableLayout,
} from '#engines/reading/public.ts'
import { assert } from '#kit/assert.ts'
import type { Ctx } from '#platform/ctx.ts'
import { publishEvent } from '#platform/events/public.ts'
import { pathOfFile } from '#platform/files/public.ts'
import { enqueueJob, type JobContext } from '#platform/jobs/public.ts'
import type { Mapping } from '../tables.ts'
import { layoutDrift, tellDrift } from './layout-drift.ts'
import { guessedMapping, isSure, missingFields } from './mapping.ts'
import { pageReading } from './page-reading.ts'

export interface BatchToRead {
  id: string
  month: string
  distributor_id: string
  file_id: string
  file_name: string
  sha256: string
  table_no: number
  channel: string
  person_id: string | null
}

/**
 * Station `read`, first look: finds the tables of the file. The first becomes this batch, each other one a batch
 * of its own. A layout that was confirmed for this distributor, or that is sure, goes on; a doubtful one waits for
 * a person, and so does one that lost or changed what lines need since the file before. A file that cannot be read ends
 * the batch with the engine's own code, and stays for the record. Who stops the reading ends it within a second.
 */
export async function readBatch(
  job: JobContext,
  batch: BatchToRead,
): Promise<'cleaning' | 'mapping' | 'failed'> {
  let inspection: Inspection
  const watch = watchStop(job, batch.id)
  try {
    const pages = pageReading(job, batch.distributor_id, AbortSignal.any([job.stopping, watch.stopped]))
    inspection = await inspectFile(pathOfFile(batch.sha256), batch.file_name, undefined, undefined, pages)
    if (inspection.tables.length === 0) throw new ReadingError('no-table')
  } catch (error) {
    if (watch.stopped.aborted) return 'failed'
    if (!(error instanceof ReadingError)) throw error
    await job.transaction((ctx) => failBatch(ctx, batch, `reading.${error.code}`, error.params))
    return 'failed'
  } finally {
    watch.end()
  }
  const { tables } = inspection
  return job.transaction(async (ctx) => {
    if (!(await stillReads(ctx, batch.id))) return 'failed'
    const wanted = tables[batch.table_no]
    assert(wanted, `table ${batch.table_no} of ${tables.length}`)
    if (batch.table_no === 0) await spread(ctx, batch, tables)
    return keepLayout(ctx, batch, wanted, notesOf(inspection, batch.table_no, wanted))
  })
}

const WATCH_MS = 1_000

/** Looks every second whether somebody stopped the reading. */
function watchStop(job: JobContext, id: string): { stopped: AbortSignal; end(): void } {
  const stop = new AbortController()
  const timer = setInterval(() => {
    job
      .transaction((ctx) => reads(ctx, id))
      .then(
        (batch) => batch || stop.abort(new Error('the reading was stopped')),
        // The database is away for a moment: the next look will tell.
        () => {},
      )
  }, WATCH_MS)
  return { stopped: stop.signal, end: () => clearInterval(timer) }
}

const reading = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom('flow_batches')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .where('state', 'in', ['received', 'reading'])
    .select('id')
const reads = (ctx: Ctx, id: string) => reading(ctx, id).executeTakeFirst()
const stillReads = (ctx: Ctx, id: string) => reading(ctx, id).forUpdate().executeTakeFirst()

/** What the engine told of this table: the first one has what was told of the whole file, too. */
function notesOf({ tables, notes }: Inspection, tableNo: number, layout: TableLayout): ReadingNote[] {
  if (tableNo > 0) return notes.filter(({ params }) => params?.sheet === layout.sheet)
  const others = new Set(tables.slice(1).map(({ sheet }) => sheet))
  others.delete(layout.sheet)
  const own = notes.filter(({ params }) => !others.has(String(params?.sheet)))
  return tables.length > 1 ? [...own, { code: 'several-tables', params: { count: tables.length } }] : own
}

async function keepLayout(
  ctx: Ctx,
  batch: BatchToRead,
  layout: TableLayout,
  notes: readonly ReadingNote[],
): Promise<'cleaning' | 'mapping'> {
  const remembered = await ctx.db
    .selectFrom('flow_layouts')
    .where('company_id', '=', ctx.companyId)
    .where('distributor_id', '=', batch.distributor_id)
    .where('fingerprint', '=', layout.fingerprint)
    .select(['mapping', 'kind'])
    .executeTakeFirst()
  const kind = (remembered?.kind as TableLayout['kind'] | undefined) ?? layout.kind
  const drift = remembered ? null : await layoutDrift(ctx, batch, layout)
  const known = remembered?.mapping ?? drift?.mapping
  const mapping: Mapping = known ?? guessedMapping(layout)
  const goesOn = known
    ? missingFields(kind, mapping, layout).length === 0
    : isSure(kind, layout) && !drift?.asks
  const state = goesOn ? 'cleaning' : 'mapping'
  await ctx.db
    .updateTable('flow_batches')
    .set({
      state,
      kind,
      layout: JSON.stringify(layout),
      mapping: JSON.stringify(mapping),
      fingerprint: layout.fingerprint,
      notes: JSON.stringify(notes),
      drift: JSON.stringify(drift?.changes ?? []),
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', batch.id)
    .where('state', 'in', ['received', 'reading'])
    .execute()
  if (drift && drift.changes.length > 0) await tellDrift(ctx, batch, { ...drift, asks: state === 'mapping' })
  if (state === 'mapping') {
    await publishEvent(ctx, { name: 'flows.mapping-asked', subject: ['flows.batch', batch.id] })
  }
  return state
}

/** The tables after the first become batches of their own, once. */
async function spread(ctx: Ctx, batch: BatchToRead, tables: readonly TableLayout[]): Promise<void> {
  for (const [table_no, table] of tables.entries()) {
    if (table_no === 0) continue
    const row = await ctx.db
      .insertInto('flow_batches')
      .values({
        company_id: ctx.companyId,
        month: batch.month,
        distributor_id: batch.distributor_id,
        channel: batch.channel,
        file_id: batch.file_id,
        file_name: batch.file_name,
        sha256: batch.sha256,
        sheet_index: table.sheet_index,
        table_no,
        state: 'received',
        person_id: batch.person_id,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) continue
    const jobId = await enqueueJob(ctx, {
      kind: 'flows.run-batch',
      subject: ['flows.batch', row.id],
      distributorId: batch.distributor_id,
    })
    await ctx.db
      .updateTable('flow_batches')
      .set({ job_id: jobId })
      .where('company_id', '=', ctx.companyId)
      .where('id', '=', row.id)
      .execute()
  }
}

/** Ends a batch that cannot be read; the file stays, the reason is told. */
export async function failBatch(
  ctx: Ctx,
  batch: { id: string },
  code: string,
  params: Record<string, string | number>,
): Promise<void> {
  await ctx.db
    .updateTable('flow_batches')
    .set({
      state: 'failed',
      failure_code: code,
      failure_params: JSON.stringify(params),
      row_count: 0,
      skipped_count: 0,
      line_count: 0,
      amount_fen: 0,
      ended_at: ctx.now,
    })
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', batch.id)
    .execute()
  await publishEvent(ctx, {
    name: 'flows.batch-failed',
    subject: ['flows.batch', batch.id],
    payload: { code },
  })
}
