import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeSbom } from './make-sbom.ts'

test('the bill names every locked package, and PostgreSQL, machine code and reading models with their hash', async () => {
  const { bomFormat, components } = await makeSbom()
  expect(bomFormat).toBe('CycloneDX')
  const lock = JSON.parse(await readFile(join(import.meta.dirname, '../../package-lock.json'), 'utf8'))
  const purls = new Set(components.map(({ purl }) => purl))
  const missing = Object.entries(lock.packages as Record<string, { version: string }>).filter(
    ([path, { version }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length).replace('@', '%40')
      return path !== '' && !purls.has(`pkg:npm/${name}@${version}`)
    },
  )
  expect(missing).toEqual([])
  const of = (type: string) => components.filter((one) => one.type === type)
  expect(of('application').map(({ name }) => name)).toEqual(['postgresql'])
  expect(of('machine-learning-model').length).toBeGreaterThanOrEqual(2)
  const files = of('file').map(({ name }) => name)
  for (const native of [/argon2.*\.node$/, /onnxruntime.*\.so/, /sharp.*\.node$/, /pdfium\.wasm$/]) {
    expect(files.some((name) => native.test(name))).toBe(true)
  }
  const parts = components.filter(({ purl }) => purl === undefined)
  expect(parts.every(({ hashes }) => /^[0-9a-f]{64}$/.test(hashes?.[0]?.content ?? ''))).toBe(true)
})
