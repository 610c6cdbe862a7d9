import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Each seal's hash also stands in a file outside the database, one line `seal_no hash` a seal: whoever rewrites rows
 * and seals alike must rewrite this too, and a copy of the file elsewhere tells for ever.
 */
function anchorFile(dataDir: string, companyId: string): string {
  return join(dataDir, 'audit-seals', `${companyId}.txt`)
}

/** Writes a seal's line and waits until it is on the disk. */
export async function anchorSeal(
  dataDir: string,
  companyId: string,
  seal: { seal_no: number; hash: string },
): Promise<void> {
  const path = anchorFile(dataDir, companyId)
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a')
  try {
    await file.write(`${seal.seal_no} ${seal.hash}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The anchored hashes by number of the seal; none when the file is not there. */
export async function readAnchors(dataDir: string, companyId: string): Promise<Map<number, string>> {
  const text = await readFile(anchorFile(dataDir, companyId), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    },
  )
  const lines = text.split('\n').map((line) => line.split(' '))
  return new Map(lines.filter((parts) => parts.length === 2).map(([no, hash]) => [Number(no), hash ?? '']))
}
