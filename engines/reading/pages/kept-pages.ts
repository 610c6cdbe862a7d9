import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { PageKind, ReadPage } from './read-pages.ts'

/** Goes up with every change of what a page is read as: what an older reader kept is read anew. */
const VERSION = 2
/** What nobody asked for so long is read again when it is. */
const KEPT_DAYS = 30
const DAY_MS = 86_400_000

/** Pages that OCR read, kept in a folder under the hash of their file's bytes, so that no process reads them twice. */
export interface KeptPages {
  load(): Promise<ReadPage[] | null>
  save(pages: ReadPage[]): Promise<void>
}

/** What the folder keeps of a file. Its text is the file's own: the folder must be as private as the file. */
export async function keptPages(folder: string, path: string, kind: PageKind): Promise<KeptPages> {
  const hash = createHash('sha256').update(`${VERSION} ${kind} ${process.env.QUCHENG_OCR_MODELS ?? ''} `)
  await pipeline(createReadStream(path), hash)
  const place = join(folder, `${hash.digest('hex')}.json.gz`)
  return {
    load: async () => {
      try {
        return JSON.parse((await promisify(gunzip)(await readFile(place))).toString()) as ReadPage[]
      } catch {
        // Not there, or broken by a full disk: the file itself is read.
        return null
      }
    },
    save: async (pages) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const draft = join(folder, `${randomUUID()}.draft`)
      await writeFile(draft, await promisify(gzip)(JSON.stringify(pages)), { mode: 0o600 })
      await rename(draft, place)
      await dropOld(folder)
    },
  }
}

async function dropOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > KEPT_DAYS * DAY_MS) await rm(path, { force: true })
  }
}
