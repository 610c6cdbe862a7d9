import type { BenchDatabase } from './database.ts'

/** Where PostgreSQL spends its time: BENCH_STATEMENTS=1 loads pg_stat_statements and prints the dearest statements. */
export const statementSettings: Record<string, string> = process.env.BENCH_STATEMENTS
  ? {
      shared_preload_libraries: 'pg_stat_statements',
      'pg_stat_statements.track': 'all',
      'pg_stat_statements.track_planning': 'on',
    }
  : {}

export async function openStatements(database: BenchDatabase): Promise<void> {
  if (!process.env.BENCH_STATEMENTS) return
  await database.admin.query('create extension if not exists pg_stat_statements')
  await database.admin.query('select pg_stat_statements_reset()')
}

export async function printStatements(database: BenchDatabase): Promise<void> {
  if (!process.env.BENCH_STATEMENTS) return
  const { rows } = await database.admin.query<{ calls: number; ms: number; wal: number; query: string }>(
    `select calls, (total_exec_time + total_plan_time)::float8 as ms, wal_bytes::float8 / 1e6 as wal,
       left(regexp_replace(query, '\\s+', ' ', 'g'), 150) as query
     from pg_stat_statements order by 2 desc limit 20`,
  )
  process.stdout.write('\n      ms    calls   WAL MB  statement\n')
  for (const row of rows) {
    const figures = [
      row.ms.toFixed(0).padStart(8),
      String(row.calls).padStart(8),
      row.wal.toFixed(1).padStart(8),
    ]
    process.stdout.write(`${figures.join(' ')}  ${row.query}\n`)
  }
}
