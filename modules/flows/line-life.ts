import { sql } from 'kysely'
import { notFound } from '#kit/refusal.ts'
import type { Ctx } from '#platform/ctx.ts'
import { withCompanyEyes } from '#platform/db.ts'
import { linesByKey } from './line-queries.ts'
import { pagesKindOf } from './page-picture.ts'
import { currentThreshold } from './quality/current-threshold.ts'
import { type RawChunk, unpackCells } from './raw-cells.ts'
import type { LineLife } from './shapes.ts'
import type { Mapping } from './tables.ts'

const AROUND = 5

/**
 * The whole life of a line that the reader may see: file, cells, what each name was taken for and why, the version
 * it is sealed in. Row-level security decides whether the line is theirs; then its own cells are read with the
 * company's eyes. Rows around it are shown only to readers of the whole file.
 */
export async function lifeOfLine(ctx: Ctx, id: string): Promise<LineLife> {
  const key = await ctx.db
    .selectFrom('flow_lines')
    .where('company_id', '=', ctx.companyId)
    .where('id', '=', id)
    .select(['month', 'id', 'batch_id', 'sheet_row', 'customer_name_id', 'product_name_id', 'line_no'])
    .executeTakeFirst()
  if (!key) throw notFound('line')
  const [line] = await linesByKey(ctx, [key])
  if (!line) throw notFound('line')
  const wholeFile = ctx.scope.kind !== 'territory'
  return withCompanyEyes(ctx, async () => {
    const batch = await ctx.db
      .selectFrom('flow_batches as b')
      .leftJoin('people as p', 'p.id', 'b.person_id')
      .where('b.company_id', '=', ctx.companyId)
      .where('b.id', '=', key.batch_id)
      .select([
        'b.file_id',
        'b.file_name',
        'b.channel',
        'b.received_at',
        'b.layout',
        'b.mapping',
        'p.name as received_by',
      ])
      .executeTakeFirstOrThrow()
    const chunk = await ctx.db
      .selectFrom('flow_raw_chunks')
      .where('company_id', '=', ctx.companyId)
      .where('batch_id', '=', key.batch_id)
      .where('first_line_no', '<=', key.line_no)
      .orderBy('first_line_no', 'desc')
      .select(['cells', 'sheet', 'first_line_no'])
      .executeTakeFirst()
    const raw: RawChunk = chunk ? unpackCells(chunk.cells) : { rows: [] }
    // The picture shows all rows of its page, so only those who may read all of them see it.
    if (!wholeFile || !pagesKindOf(chunk?.sheet)) delete raw.places
    const place = key.line_no - (chunk?.first_line_no ?? 1)
    return {
      line: { ...line, batch_id: key.batch_id },
      file: {
        file_id: batch.file_id,
        file_name: batch.file_name,
        channel: batch.channel,
        received_at: batch.received_at,
        received_by: batch.received_by,
        sheet: chunk?.sheet ?? '',
        row: key.sheet_row,
        page: raw.places?.[place]?.page ?? null,
      },
      cells: cellsOf(raw.rows[place] ?? [], batch.layout?.columns ?? [], batch.mapping ?? {}),
      around: wholeFile ? around(raw, place) : [],
      customer: key.customer_name_id ? await nameLife(ctx, key.customer_name_id) : null,
      product: key.product_name_id ? await nameLife(ctx, key.product_name_id) : null,
      version: await versionOf(ctx, key.month),
    }
  })
}

function cellsOf(
  raw: (string | number)[],
  columns: { column: number; header: string }[],
  mapping: Mapping,
): LineLife['cells'] {
  const headers = new Map(columns.map((column) => [column.column, column.header]))
  return raw.slice(1).map((cell, column) => ({
    column,
    header: headers.get(column) ?? '',
    field: mapping[String(column)] ?? null,
    text: String(cell),
  }))
}

function around({ rows, places }: RawChunk, place: number): LineLife['around'] {
  const first = Math.max(0, place - AROUND)
  return rows.slice(first, place + AROUND + 1).map(([row, ...cells], at) => ({
    row: Number(row),
    cells: cells.map(String),
    ...places?.[first + at],
  }))
}

async function nameLife(ctx: Ctx, id: string): Promise<LineLife['customer']> {
  const { rows } = await sql<NonNullable<LineLife['customer']>>`
    select n.id, n.raw_text, n.raw_spec, n.state, n.via, n.score, n.said_score, n.reasons,
      case n.kind when 'customer' then ${await currentThreshold(ctx)}::float8 end as auto_from, p.name as decided_by, n.decided_at,
      d.alias_scope
    from flow_names n
    left join flow_decisions d on d.company_id = n.company_id and d.id = n.decision_id
    left join people p on p.id = d.person_id
    where n.company_id = ${ctx.companyId} and n.id = ${id}`.execute(ctx.db)
  return rows[0] ?? null
}

async function versionOf(ctx: Ctx, month: string): Promise<LineLife['version']> {
  const { rows } = await sql<NonNullable<LineLife['version']>>`
    select v.version_no, v.locked_at, encode(v.seal, 'hex') as seal, m.state
    from flow_versions v join flow_months m on m.company_id = v.company_id and m.month = v.month
    where v.company_id = ${ctx.companyId} and v.month = ${month} order by v.version_no desc limit 1`.execute(
    ctx.db,
  )
  return rows[0] ?? null
}
