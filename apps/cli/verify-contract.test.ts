import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toPem } from '#engines/signing/public.ts'
import { sampleTrust, signedSample } from '#engines/signing/samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'qucheng-verify-'))
const root = join(folder, 'root.pem')
const contract = join(folder, '协议.pdf')

beforeAll(async () => {
  const trust = sampleTrust()
  const [, , , signed] = await signedSample(trust, 1)
  writeFileSync(root, toPem(trust.root.certificates[0] ?? Buffer.alloc(0)))
  writeFileSync(contract, signed)
  const changed = Buffer.from(signed)
  changed.writeUInt8((changed[3000] ?? 0) ^ 1, 3000)
  writeFileSync(join(folder, 'changed.pdf'), changed)
  writeFileSync(join(folder, 'text.pdf'), 'hello')
})
afterAll(() => rmSync(folder, { recursive: true }))

function verify(...args: string[]): { status: number | null; out: string } {
  const { status, stdout } = spawnSync('bin/verify-contract', [...args, '--at', '2026-11-26T00:00:00Z'], {
    encoding: 'utf8',
  })
  return { status, out: stdout }
}

test('exit 0 for a valid contract, with who and when in both languages', () => {
  const { status, out } = verify(contract, '--root', root, '--parties', '3')
  expect(out).toContain('有效 · VALID')
  expect(out).toContain('浙江示例康泰医药有限公司')
  expect(out).toContain('2026-11-25T08:02:00.000Z')
  expect(status).toBe(0)
})

test('exit 1 for one that was changed, for a missing party, and without a root', () => {
  const changed = verify(join(folder, 'changed.pdf'), '--root', root)
  expect([changed.status, changed.out.includes('✗')]).toEqual([1, true])
  expect(verify(contract, '--root', root, '--parties', '4').status).toBe(1)
  const unknown = verify(contract)
  expect([unknown.status, unknown.out.includes('who signed is not proven')]).toEqual([1, true])
})

test('exit 2 for what cannot be read, 64 for a wrong call', () => {
  expect(verify(join(folder, 'none.pdf'), '--root', root).status).toBe(2)
  expect(verify(join(folder, 'text.pdf'), '--root', root).status).toBe(2)
  expect(verify(contract, '--root', contract).status).toBe(2)
  expect(verify().status).toBe(64)
})

test('--json prints the whole report', () => {
  const report = JSON.parse(verify(contract, '--root', root, '--json').out)
  expect(report).toMatchObject({ verdict: 'valid', findings: [], signatures: [{ party: 'maker' }, {}, {}] })
})
