import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { asReader, type Db } from '../db.ts'
import { pathOfBytes } from './store-bytes.ts'

/**
 * Bytes that no row names are kept this long: longer than any backup of the database that may be put back, whose rows would
 * name them again.
 */
const UNNAMED_DAYS = 40
/** A draft of a process that was killed. */
const DRAFT_DAYS = 1
const DAY_MS = 86_400_000

/**
 * Removes bytes that no company's row names (a refused upload leaves some) and drafts left behind, both old enough; returns
 * how many. The store is one for all companies, so it asks each of them, in a transaction of its own.
 */
export async function sweepFiles(
  dbs: { app: Db; gate: Db },
  dataDir: string,
  now: Date,
  stopping: AbortSignal,
): Promise<number> {
  const incoming = join(dataDir, 'files', 'incoming')
  const isOld = (path: string, days: number) =>
    stat(path).then(
      ({ mtimeMs }) => now.getTime() - mtimeMs > days * DAY_MS,
      () => false,
    )
  let removed = 0
  for (const name of await namesIn(incoming)) {
    if (!(await isOld(join(incoming, name), DRAFT_DAYS))) continue
    await rm(join(incoming, name), { force: true })
    removed += 1
  }
  const companies = await dbs.gate.selectFrom('companies').select('id').execute()
  for (const shard of (await namesIn(join(dataDir, 'files'))).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    stopping.throwIfAborted()
    const old: string[] = []
    for (const hash of await hashesIn(join(dataDir, 'files', shard))) {
      if (await isOld(pathOfBytes(dataDir, hash), UNNAMED_DAYS)) old.push(hash)
    }
    for (const hash of await unnamed(dbs.app, companies, old)) {
      // Out of its place first, then looked at again: the same bytes may have come in anew in this very moment.
      const aside = join(incoming, randomUUID())
      await rename(pathOfBytes(dataDir, hash), aside)
      if (await isOld(aside, UNNAMED_DAYS)) {
        await rm(aside)
        removed += 1
      } else await rename(aside, pathOfBytes(dataDir, hash))
    }
  }
  return removed
}

async function unnamed(app: Db, companies: { id: string }[], hashes: string[]): Promise<Set<string>> {
  const left = new Set(hashes)
  for (const { id } of companies) {
    if (left.size === 0) break
    const reader = { companyId: id, personId: null, scope: { kind: 'company' } } as const
    const named = await asReader(
      app,
      reader,
      (tx) =>
        tx
          .selectFrom('files')
          .where('company_id', '=', id)
          .where('sha256', 'in', [...left])
          .select('sha256')
          .execute(),
      { readOnly: true },
    )
    for (const { sha256 } of named) left.delete(sha256)
  }
  return left
}

async function hashesIn(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const inner of await namesIn(folder)) found.push(...(await namesIn(join(folder, inner))))
  return found.filter((name) => /^[0-9a-f]{64}$/.test(name))
}

/** Names in a folder; none when there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
}
