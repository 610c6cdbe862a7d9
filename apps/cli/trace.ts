import { join, resolve } from 'node:path'
import pg from 'pg'
import { type FlowLineLife, lifeOfLine } from '#modules/flows/public.ts'
import { asReader, openDb } from '#platform/db.ts'
import { reachRunning } from '#platform/postgres/reach-running.ts'
import { appUrlOf } from '../server/migrate.ts'

const USAGE = `Usage: bin/trace LINE
  LINE is the id of a flow line, or its first 8 or more characters.
  The database is the one of DATABASE_URL, or the built-in one that runs on DATA_DIR (default .data).`

/** Prints the life of one flow line: figure ← line ← decisions ← raw row ← file. */
async function main(id: string | undefined): Promise<void> {
  if (!id || !/^[0-9a-f-]{8,36}$/.test(id)) return fail(USAGE, 2)
  const dataDir = resolve(process.env.DATA_DIR ?? '.data')
  const adminUrl = process.env.DATABASE_URL ?? (await reachRunning(join(dataDir, 'postgres')))
  if (!adminUrl)
    return fail(
      `没有正在运行的数据库（${dataDir}）。先 bin/start。· No database runs here: bin/start first.`,
      1,
    )
  const admin = new pg.Client({ connectionString: appUrlOf(adminUrl, 'admin') })
  await admin.connect()
  const found = await admin.query<{ company_id: string; id: string }>(
    `select company_id, id from flow_lines where id::text like $1 limit 2`,
    [`${id}%`],
  )
  await admin.end()
  const [line, second] = found.rows
  if (!line) return fail(`没有这一行：${id} · No such line.`, 1)
  if (second) return fail(`不止一行以此开头：${id} · More than one line begins so.`, 1)
  const db = openDb(appUrlOf(adminUrl, 'app'), 1, 'trace')
  const reader = { companyId: line.company_id, personId: null, scope: { kind: 'company' } } as const
  const life = await asReader(
    db,
    reader,
    (tx) =>
      lifeOfLine(
        { ...reader, db: tx, personName: '', permissions: new Set(), now: new Date(), requestId: 'trace' },
        line.id,
      ),
    { readOnly: true },
  )
  await db.destroy()
  for (const text of told(life)) console.log(text)
}

function told(life: FlowLineLife): string[] {
  const { line, file, version } = life
  const yuan = line.amount_fen === null ? '—' : `¥${(line.amount_fen / 100).toFixed(2)}`
  const name = (what: string, one: FlowLineLife['customer'], target: string | null) =>
    one
      ? [
          `  ${what}「${one.raw_text}${one.raw_spec ? ` ${one.raw_spec}` : ''}」→ ${target ?? '—'}`,
          `    ${one.state} · ${one.via} · ${(one.score * 100).toFixed(1)} %${one.auto_from === null ? '' : ` (自动 auto ≥ ${(one.auto_from * 100).toFixed(1)} %)`} · ${one.reasons.map((reason) => reason.code).join(', ') || '—'}${one.decided_by ? ` · ${one.decided_by} ${one.decided_at?.toISOString() ?? ''} (${one.alias_scope})` : ''}`,
        ]
      : []
  return [
    `行 line      ${line.id}  ${line.month}  ${line.state}${line.issues.length ? `  [${line.issues.join(', ')}]` : ''}`,
    `报表 figure  ${version ? `第 ${version.version_no} 版 ${version.state}, ${version.locked_at.toISOString()}, 封签 ${version.seal.slice(0, 16)}…` : '未锁定 not locked'}`,
    `  辖区 ${line.territory_name ?? '（无归属）'} · ${line.institution_name ?? '—'} · ${line.product_name ?? '—'} · ${line.base_qty ?? '—'} ${line.base_unit ?? ''} · ${yuan}`,
    '判定 decisions',
    ...name('客户', life.customer, line.institution_name),
    ...name('产品', life.product, line.product_name),
    `原始行 raw row  ${file.sheet} 第 ${file.row} 行`,
    ...life.cells.map(
      (cell) =>
        `  ${(cell.header || `#${cell.column + 1}`).padEnd(12, ' ')} ${cell.text}${cell.field ? `   ← ${cell.field}` : ''}`,
    ),
    `文件 file    ${file.file_name} · ${line.distributor_name ?? ''} · ${file.channel} · ${file.received_at.toISOString()} · ${file.received_by ?? '—'}`,
  ]
}

function fail(text: string, code: number): void {
  console.error(text)
  process.exitCode = code
}

await main(process.argv[2])
