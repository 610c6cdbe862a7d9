import { DuckDBInstance } from '@duckdb/node-api'
import { type InstitutionEntry, normaliseInstitutionName } from '#engines/matching/public.ts'

const cpu = () => {
  const u = process.cpuUsage()
  return (u.user + u.system) / 1e6
}

/** DuckDB measures every query against every name: the likeliest by Jaro-Winkler. */
export async function askDuckDb(
  master: Iterable<InstitutionEntry>,
  queries: readonly { raw: string; distributor_province: string }[],
) {
  const started = cpu()
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const db = await instance.connect()
  await db.run('create table names (id varchar, name varchar)')
  const appender = await db.createAppender('names')
  for (const entry of master)
    for (const name of [entry.name, ...entry.aliases]) {
      appender.appendVarchar(entry.id)
      appender.appendVarchar(normaliseInstitutionName(name))
      appender.endRow()
    }
  appender.closeSync()
  const built = cpu()
  const ask = await db.prepare(
    'select id, jaro_winkler_similarity(name, $1) as likeness from names order by likeness desc limit 1',
  )
  const found: { id: string; likeness: number }[] = []
  for (const { raw } of queries) {
    ask.bindVarchar(1, normaliseInstitutionName(raw))
    const [row] = (await ask.runAndReadAll()).getRows()
    found.push({ id: String(row?.[0] ?? ''), likeness: Number(row?.[1] ?? 0) })
  }
  const seconds = cpu() - built
  db.closeSync()
  return {
    found,
    build: built - started,
    seconds,
    thresholds: [0.8, 0.85, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98],
  }
}
