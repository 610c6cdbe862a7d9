import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import type { UnpackBudget } from './archive.ts'

/**
 * Unpacks the file that a sheet of an archive came from, through archives within it, and hands its path to the work; it is
 * gone afterwards. `sheet` is the sheet's index. Throws ReadingError as `openFile`.
 */
export async function withMember<T>(
  path: string,
  sheet: number,
  limits: ReadingLimits,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const [{ openArchive }, { extract, isMember, memberAt }] = await Promise.all([
    import('./archive.ts'),
    import('./zip-book.ts'),
  ])
  const folder = mkdtempSync(join(tmpdir(), 'qucheng-member-'))
  const budget: UnpackBudget = { bytes: limits.unpacked_bytes }
  try {
    let current = path
    let rest = sheet
    for (let depth = 0; await isZip(current); depth++) {
      const archive = await openArchive(current, limits, budget)
      try {
        const { at, inner } = memberAt(rest)
        const entry = [...archive.entries].filter(([name]) => isMember(name))[at]?.[1]
        if (!entry) throw new ReadingError('no-table', { member: at })
        current = join(folder, String(depth))
        await extract(archive, entry, current)
        rest = inner
      } finally {
        archive.close()
      }
    }
    return await work(current)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.toString('latin1') === 'PK'
  } finally {
    await file.close()
  }
}
