import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const PACKAGE = JSON.stringify({
  imports: {
    '#kit/*': './kit/*',
    '#modules/*': './modules/*',
    '#platform/*': './platform/*',
    '#ui/*': './ui/*',
  },
  dependencies: { zod: '1' },
})

/** Lays a small project into a temporary folder, lets the work look at it, and removes it. */
export function withTree<T>(files: Record<string, string>, work: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'tree-'))
  try {
    for (const [path, text] of Object.entries({ 'package.json': PACKAGE, ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return work(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}
