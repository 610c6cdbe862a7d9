import { access, constants, statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import { WORKER_LOCK_SPACE } from '#platform/jobs/start-worker.ts'

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
