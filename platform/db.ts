import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'

// Dates stay ISO text, big integers (fen) become numbers while they are exact, numerics stay decimal text.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('an integer from the database is beyond 2^53')
  return value
})

/** All tables. Each module adds its own by declaration merging in its `tables.ts`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the modules
export interface Tables {}

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/** Who reads: the whole company, one distributor's people, or the people of some territories. */
export type Scope =
  | { kind: 'company' }
  | { kind: 'distributor'; distributorId: string }
  | { kind: 'territory'; territoryIds: readonly string[] }

/** What row-level security is told at the start of every transaction. */
export interface Reader {
  companyId: string
  personId: string | null
  scope: Scope
}

/**
 * Marks a statement whose plan each connection keeps, as `sql`${KEEP_PLAN} select …`` or by `modifyFront(KEEP_PLAN)`. Planning
 * a join of seven tables under row-level security takes three times as long as running it for a page. Only for
 * statements whose text does not vary and whose best plan is the same for all values: keys, not filters.
 */
export const KEEP_PLAN = sql.raw('/* keep plan */')

const kept = new Map<string, string>()

/** The name under which connections keep the plan of a statement. */
function nameOf(text: string): string {
  let name = kept.get(text)
  if (!name) {
    name = createHash('sha1').update(text).digest('hex')
    kept.set(text, name)
  }
  return name
}

class PlanKeepingClient extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values] = args
    const keep =
      typeof text === 'string' && Array.isArray(values) && text.slice(0, 40).includes('/* keep plan */')
    const asked = keep ? [{ name: nameOf(text), text, values }, ...args.slice(2)] : args
    return super.query(...(asked as [string])) as never
  }
}

/** A pool of connections for one database role. */
export function openDb(url: string, max: number, name: string): Db & { pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    Client: PlanKeepingClient,
  })
  // An idle connection that dies (PostgreSQL restarted) must not end the process; the next query opens a new one.
  pool.on('error', () => {})
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return Object.assign(db, { pool })
}

export interface TransactionOptions {
  readOnly?: boolean
  /** Milliseconds one statement may take. */
  statementTimeoutMs?: number
}

/**
 * One transaction of one company, seen with the reader's eyes. The settings live in the transaction only,
 * so a pooled connection carries nothing over to the next request.
 */
export async function asReader<T>(
  db: Db,
  reader: Reader,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  return db
    .transaction()
    .setAccessMode(options.readOnly ? 'read only' : 'read write')
    .execute(async (tx) => {
      await tellReader(tx, reader, options.statementTimeoutMs ?? 30_000)
      return work(tx)
    })
}

async function tellReader(tx: Tx, reader: Reader, timeoutMs: number): Promise<void> {
  const { scope } = reader
  await sql`${KEEP_PLAN} select
    set_config('app.company', ${reader.companyId}, true),
    set_config('app.person', ${reader.personId ?? ''}, true),
    set_config('app.scope', ${scope.kind}, true),
    set_config('app.distributor', ${scope.kind === 'distributor' ? scope.distributorId : ''}, true),
    set_config('app.territories', ${scope.kind === 'territory' ? `{${scope.territoryIds.join(',')}}` : '{}'}, true),
    set_config('statement_timeout', ${String(timeoutMs)}, true)`.execute(tx)
}

/**
 * Reads something with the whole company's eyes inside a reader's transaction, and gives the reader's eyes back.
 * Only after the reader's own right to the subject has been proved under row-level security.
 */
export async function withCompanyEyes<T>(reader: Reader & { db: Tx }, work: () => Promise<T>): Promise<T> {
  await sql`select set_config('app.scope', 'company', true)`.execute(reader.db)
  try {
    return await work()
  } finally {
    await sql`select set_config('app.scope', ${reader.scope.kind}, true)`.execute(reader.db)
  }
}
