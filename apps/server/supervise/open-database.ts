import { createWriteStream, existsSync } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { CannotStart } from '#platform/postgres/cannot-start.ts'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { note } from './note.ts'
import { type Options, PROJECT } from './options.ts'
import { runStep, StepFailed } from './run-step.ts'

export interface OpenedDatabase {
  adminUrl: string
  stop: () => Promise<void>
}

const LOG_MAX_BYTES = 20 * 1024 * 1024

/** The built-in PostgreSQL, or the one DATABASE_URL names; either must be one on which an acknowledged write stays. */
export async function openDatabase(options: Options): Promise<OpenedDatabase> {
  if (options.databaseUrl !== null) {
    await examine(options.databaseUrl)
    return { adminUrl: options.databaseUrl, stop: async () => {} }
  }
  const dataDir = join(options.dataDir, 'postgres')
  const log = await openLog(join(options.dataDir, 'postgres.log'))
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => log.write(`${line}\n`) })
  postgres.onExit((how) => note(`postgres ended (${how}), starting it again`))
  return {
    adminUrl: postgres.adminUrl,
    stop: async () => {
      await postgres.stop()
      log.end()
    },
  }
}

async function openLog(file: string) {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LOG_MAX_BYTES) await rename(file, `${file}.old`)
  return createWriteStream(file, { flags: 'a', mode: 0o600 })
}

async function examine(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    const why = message || code
    throw new CannotStart(`DATABASE_URL does not lead to a database (${client.host}:${client.port}): ${why}.`)
  }
  try {
    const names = ['server_version_num', 'fsync', 'full_page_writes']
    const shown = await client.query(`select ${names.map((name) => `current_setting('${name}') as ${name}`)}`)
    const { server_version_num, fsync, full_page_writes } = shown.rows[0] as Record<string, string>
    if (Number(server_version_num) < 180_000) {
      throw new CannotStart(
        `DATABASE_URL leads to PostgreSQL ${server_version_num}, but 18 or newer is needed.`,
      )
    }
    if (fsync !== 'on' || full_page_writes !== 'on') {
      throw new CannotStart(
        'The database runs with fsync or full_page_writes off and may lose what it has confirmed.',
      )
    }
  } finally {
    await client.end()
  }
}

/**
 * Brings the schema up to date in a process of its own and returns what the programs need to know, as environment
 * variables: `app_url` becomes APP_URL, and so on.
 */
export async function migrateDatabase(
  adminUrl: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  try {
    const env = { ...process.env, DATABASE_URL: adminUrl }
    const output = await runStep('migration', ['apps/server/migrate.ts'], env, signal)
    const result = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(result).map(([name, value]) => [name.toUpperCase(), String(value)]),
    )
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    console.error(error.output)
    throw new CannotStart('The database could not be brought to the newest schema; the reason stands above.')
  }
}

const DEMO_LOADER = 'apps/server/demo/load-demo.ts'

/**
 * Brings in the demo company. The loader decides: DEMO=yes asks for it, DEMO=first only where no company is yet; what is
 * there already stays. It leaves DATA_DIR/demo-logins.json.
 */
export async function loadDemo(
  options: Options,
  urls: Record<string, string>,
  signal: AbortSignal,
): Promise<void> {
  if (options.demo === 'no' || options.role === 'worker' || !existsSync(join(PROJECT, DEMO_LOADER))) return
  try {
    const env = { ...process.env, ...urls, DATA_DIR: options.dataDir, DEMO: options.demo }
    await runStep('demo', [DEMO_LOADER], env, signal)
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    console.error(error.output)
    throw new CannotStart(
      'The demo company could not be loaded; the reason stands above. --empty starts without it.',
    )
  }
}
