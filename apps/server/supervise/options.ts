import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { canEnter, postgresAccount } from '#platform/postgres/account.ts'
import { CannotStart } from '#platform/postgres/cannot-start.ts'

export interface Options {
  role: 'api' | 'worker' | 'all'
  host: string
  port: number
  dataDir: string
  /** Null: PostgreSQL is started by us. */
  databaseUrl: string | null
  /** `first`: only into a database without a company. */
  demo: 'yes' | 'no' | 'first'
  /** Restart on changed sources, pages from Vite's server. */
  dev: boolean
}

export const PROJECT = resolve(import.meta.dirname, '../../..')

export const USAGE = `Usage: bin/start [--role api|worker|all] [--demo | --empty] [--port N] [--data FOLDER]
  --role    what this process does; default all
  --demo    load the demo company; --empty never does. Default: on a first start only
  --port    default 3000 (PORT); --data default .data (DATA_DIR)
  DATABASE_URL names a PostgreSQL 18 to use instead of the built-in one.`

/** Arguments first, environment second, defaults third. Throws CannotStart for what cannot be understood. */
export async function readOptions(args: string[], env: NodeJS.ProcessEnv): Promise<Options> {
  const given = parsed(args)
  const role = given.role ?? env.ROLE ?? 'all'
  if (role !== 'api' && role !== 'worker' && role !== 'all') {
    throw new CannotStart(`--role is api, worker or all, not "${role}".`)
  }
  if (given.demo && given.empty) throw new CannotStart('--demo and --empty exclude each other.')
  const port = Number(given.port ?? (env.PORT || 3000))
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new CannotStart(`PORT must be a number from 1 to 65535, not "${given.port ?? env.PORT}".`)
  }
  const databaseUrl = env.DATABASE_URL || null
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new CannotStart('DATABASE_URL must look like postgresql://user:password@host:5432/database.')
  }
  const dataDir = given.data ?? (env.DATA_DIR || null)
  return {
    role,
    host: env.HOST || '127.0.0.1',
    port,
    dataDir: dataDir === null ? await defaultDataDir(databaseUrl === null) : resolve(dataDir),
    databaseUrl,
    demo: given.demo ? 'yes' : given.empty ? 'no' : 'first',
    dev: given.dev ?? false,
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        role: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        demo: { type: 'boolean' },
        empty: { type: 'boolean' },
        dev: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${USAGE}`)
  }
}

/** `.data` in the project; a project in root's private home keeps its data where PostgreSQL's own user can go. */
async function defaultDataDir(embedded: boolean): Promise<string> {
  const inProject = join(PROJECT, '.data')
  const account = embedded ? await postgresAccount(join(inProject, 'postgres/cluster')) : null
  const made = await stat(inProject).then(
    () => true,
    () => false,
  )
  const blocked = account && (await canEnter(account, made ? inProject : PROJECT))
  if (!blocked) return inProject
  const mark = createHash('sha256').update(PROJECT).digest('hex').slice(0, 8)
  return `/var/lib/qucheng-${mark}`
}
