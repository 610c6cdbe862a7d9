import { access, constants, statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import { isScannerThere } from '#platform/files/scan-bytes.ts'
import { WORKER_LOCK_SPACE } from '#platform/jobs/start-worker.ts'
import type { Ground } from '#platform/server/authenticate.ts'

const MIN_FREE_BYTES = 200 * 1024 * 1024

/**
 * What work would lack right now, or null when it can be done: the database, the worker that belongs to this
 * installation, a place for files with room in it.
 */
export async function whatIsLacking(app: Db, dataDir: string, needsWorker: boolean): Promise<string | null> {
  const { rows } = await sql<{ worker: boolean }>`select exists (
    select 1 from pg_locks where locktype = 'advisory' and classid = ${WORKER_LOCK_SPACE}::int8::oid and granted) as worker`.execute(
    app,
  )
  if (needsWorker && !rows[0]?.worker) return 'worker'
  const writable = await access(dataDir, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!writable) return 'files'
  const disk = await statfs(dataDir)
  return disk.bavail * disk.bsize < MIN_FREE_BYTES ? 'disk' : null
}

/**
 * What was set up and is not there, while all else goes on: `scanner` (no file is taken), `secrets-key` (people whose second
 * factor was sealed with a key that is gone cannot come in).
 */
export async function whatIsAway({
  gate,
  config,
  keyring,
}: Pick<Ground, 'gate' | 'config' | 'keyring'>): Promise<string[]> {
  const away: string[] = []
  if (config.clamd && !(await isScannerThere(config.clamd))) away.push('scanner')
  const { rows } = await sql<{ id: string }>`select distinct split_part(totp_secret, '.', 2) as id
    from credentials where totp_secret is not null`.execute(gate)
  if (rows.some(({ id }) => !keyring.keys.has(id))) away.push('secrets-key')
  return away
}
