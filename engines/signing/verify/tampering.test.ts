import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SAMPLE_DAY, sampleTrust, signedSample } from '../samples.ts'
import { ATTACKS } from './attacks.fixture.ts'
import type { Target } from './edits.fixture.ts'
import { verifyPdf } from './verify-pdf.ts'

const folder = mkdtempSync(join(tmpdir(), 'qucheng-tampering-'))
const at = new Date(SAMPLE_DAY.getTime() + 3_600_000)
let target: Target

beforeAll(async () => {
  const trust = sampleTrust()
  target = { trust, files: await signedSample(trust) }
})
afterAll(() => rmSync(folder, { recursive: true }))

function check(bytes: Uint8Array) {
  return verifyPdf(bytes, { roots: target.trust.root.certificates, at, parties: 3 })
}

/** Signatures pdfsig tells of, and those it calls valid. */
function pdfsig(bytes: Uint8Array): { signatures: number; valid: number } {
  const path = join(folder, 'file.pdf')
  writeFileSync(path, bytes)
  try {
    const told = execFileSync('pdfsig', ['-nocert', path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return {
      signatures: told.match(/Signature Validation:/g)?.length ?? 0,
      valid: told.match(/Signature is Valid\./g)?.length ?? 0,
    }
  } catch {
    return { signatures: 0, valid: 0 }
  }
}

test('the untouched contract is valid, for us and for pdfsig', () => {
  expect(check(target.files[3])).toMatchObject({ verdict: 'valid', findings: [] })
  expect(pdfsig(target.files[3])).toEqual({ signatures: 3, valid: 3 })
})

describe('a signed contract that was changed is refused', () => {
  test.each(ATTACKS)('$name', async ({ make, codes, pdfsig_sees_nothing }) => {
    const bytes = await make(target)
    const report = check(bytes)
    const found = [...report.findings, ...report.signatures.flatMap(({ findings }) => findings)]
    expect(report.verdict).toBe('not-valid')
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(codes))
    for (const { zh, en } of found) expect(`${zh}${en}`).not.toMatch(/[{}]|\?/)
    const { signatures, valid } = pdfsig(bytes)
    expect(signatures > 0 && signatures === valid).toBe(pdfsig_sees_nothing)
  })
})

test('no byte of a signed contract can be flipped unnoticed', () => {
  const [, first] = target.files
  const step = Math.floor(first.length / 150)
  for (let place = 7; place < first.length; place += step) {
    const bytes = Buffer.from(first)
    bytes.writeUInt8((bytes[place] ?? 0) ^ 0x01, place)
    const { findings, signatures } = check(bytes)
    const told = [...findings, ...signatures.flatMap((one) => one.findings)].map(({ code }) => code)
    expect(
      told.filter((code) => code !== 'party-not-signed'),
      `byte ${place}`,
    ).not.toEqual([])
  }
})
