import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

interface Package {
  version: string
  integrity?: string
  license?: string
  dev?: boolean
  hasInstallScript?: boolean
}

const json = async (path: string) => JSON.parse(await readFile(join(ROOT, path), 'utf8'))
const packages = async () =>
  Object.entries((await json('package-lock.json')).packages as Record<string, Package>).filter(
    ([path]) => path !== '',
  )

test('what is installed is pinned, whole as it was published, and runs no script of its own', async () => {
  const { dependencies, devDependencies, optionalDependencies, overrides } = await json('package.json')
  const wanted = Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
    ...overrides,
  })
  expect(
    wanted.filter(([, version]) => !/^(npm:[@\w./-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version))),
  ).toEqual([])
  const locked = await packages()
  expect(locked.length).toBeGreaterThan(200)
  expect(
    locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
  ).toEqual([])
  expect(await readFile(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m)
})

const FREE = new Set(
  `MIT MIT-0 ISC 0BSD BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 CC0-1.0 Unlicense Python-2.0 PostgreSQL Zlib`.split(
    ' ',
  ),
)
/** Left as they are and used over their interface: the files that were changed would be what must be shown. */
const WITH_REASON = [
  ['MPL-2.0', /^node_modules\/(@axe-core\/playwright|axe-core|lightningcss(-.+)?)$/],
  ['MPL-2.0', /^node_modules\/@resvg\/resvg-js(-.+)?$/],
  // Letters, shipped as they are.
  ['OFL-1.1', /^node_modules\/@embedpdf\/fonts-/],
  ['LGPL-3.0-or-later', /^node_modules\/@img\/sharp-/],
  ['Apache-2.0 AND LGPL-3.0-or-later', /^node_modules\/@img\/sharp-/],
  ['Apache-2.0 AND LGPL-3.0-or-later AND MIT', /^node_modules\/@img\/sharp-/],
] as const

function mayBeUsed(path: string, license: string): boolean {
  // Of what is offered one is enough; of what is demanded together, all.
  const plain = license.replace(/[()]/g, '')
  if (plain.split(' OR ').some((one) => one.split(' AND ').every((part) => FREE.has(part)))) return true
  return WITH_REASON.some(([name, where]) => name === license && where.test(path))
}

test('every package may be used as we use it, and says so', async () => {
  const unfit: string[] = []
  for (const [path, { license }] of await packages()) {
    const own =
      license ??
      (await json(`${path}/package.json`).then(
        (read) => read.license,
        () => 'none',
      ))
    if (!mayBeUsed(path, String(own))) unfit.push(`${path}: ${own}`)
  }
  expect(unfit).toEqual([])
  expect(mayBeUsed('node_modules/x', 'AGPL-3.0')).toBe(false)
  expect(mayBeUsed('node_modules/x', 'MIT AND GPL-3.0')).toBe(false)
  expect(mayBeUsed('node_modules/x', 'LGPL-3.0-or-later')).toBe(false)
})

const SECRETS = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bLTAI[0-9A-Za-z]{16,24}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bxox[abp]-[0-9A-Za-z-]{20,}/,
  /\bsk-[A-Za-z0-9]{32,}\b/,
  /\bqc_[0-9a-f]{12}_[A-Za-z0-9_-]{34}_[0-9a-f]{6}\b/,
]
const NOT_OURS = /^(node_modules|dist|\.git|\.data|tests\/journeys\/output)(\/|$)/
const BINARY = /\.(png|jpg|woff2?|onnx|xlsx?|pdf|gz|br|dbf|zip|wasm)$/

async function* files(folder: string): AsyncGenerator<string> {
  for (const one of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, one.name)
    if (NOT_OURS.test(relative(ROOT, path)) || BINARY.test(one.name)) continue
    if (one.isDirectory()) yield* files(path)
    else if (one.isFile()) yield path
  }
}

test('no key of anything lies in the tree', async () => {
  const found: string[] = []
  let read = 0
  for await (const path of files(ROOT)) {
    read += 1
    const text = await readFile(path, 'utf8')
    if (SECRETS.some((one) => one.test(text))) found.push(relative(ROOT, path))
  }
  expect(read).toBeGreaterThan(500)
  expect(found).toEqual([])
  // Put together here, so that this file is no find itself.
  const planted = ['-----BEGIN RSA PRIVATE', ' KEY-----']
  expect(SECRETS.some((one) => one.test(planted.join('')))).toBe(true)
  expect(SECRETS.some((one) => one.test(`AKIA${'ABCDEFGH'.repeat(2)}`))).toBe(true)
})
