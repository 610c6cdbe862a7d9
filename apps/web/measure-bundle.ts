import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * What a person's browser loads before it shows the sign-in and then a page: prints each page's kilobytes (gzip) and
 * fails when one is above the limit. Run after the build: `node apps/web/measure-bundle.ts [dist/web]`.
 */
const LIMIT_KB = 450

type Chunk = { file: string; name?: string; src?: string; imports?: string[]; isDynamicEntry?: boolean }

const root = resolve(process.argv[2] ?? resolve(import.meta.dirname, '../../dist/web'))
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(resolve(root, '.vite/manifest.json'), 'utf8'))
const sizes = new Map<string, number>()

function closure(keys: readonly string[], seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    const chunk = manifest[key]
    if (!chunk || seen.has(key)) continue
    seen.add(key)
    closure(chunk.imports ?? [], seen)
  }
  return seen
}

function kilobytes(keys: Iterable<string>): number {
  let bytes = 0
  for (const key of keys) {
    const file = manifest[key]?.file ?? ''
    if (!file.endsWith('.js')) continue
    if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(resolve(root, file)), { level: 9 }).length)
    bytes += sizes.get(file) ?? 0
  }
  return bytes / 1000
}

const isPage = (key: string) => /-page\.tsx$/.test(key) && manifest[key]?.isDynamicEntry === true
// The words of one language; Chinese or English, whichever is more.
const words = ['messages/zh-cn.ts', 'messages/en.ts'].sort((a, b) => kilobytes([b]) - kilobytes([a]))[0] ?? ''
const start = closure(['index.html', 'account/sign-in-page.tsx', words])
const pages = Object.keys(manifest)
  .filter(isPage)
  .map((key) => ({ key, kb: kilobytes(closure([key], new Set(start))) }))
  .sort((a, b) => b.kb - a.kb)

console.log(`${kilobytes(start).toFixed(0).padStart(5)} kB  sign-in`)
for (const { key, kb } of pages) console.log(`${kb.toFixed(0).padStart(5)} kB  sign-in + ${key}`)
const tooBig = pages.filter(({ kb }) => kb > LIMIT_KB)
if (pages.length === 0) console.error('no page was found in the manifest')
for (const { key, kb } of tooBig) console.error(`${key} loads ${kb.toFixed(0)} kB, at most ${LIMIT_KB}`)
process.exit(tooBig.length > 0 || pages.length === 0 ? 1 : 0)
