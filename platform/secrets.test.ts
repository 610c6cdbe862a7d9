import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keyFileOf, loadKeyring, openSecret, readKeyring, sealSecret } from './secrets.ts'

const OLD = '1'.repeat(64)
const NEW = '2'.repeat(64)
const about = ['credentials', 'totp_secret', 'somebody']

test('a sealed secret opens again, never looks the same twice, and shows nothing', () => {
  const keyring = readKeyring(OLD)
  const [one, two] = [sealSecret(keyring, '密钥 GEHEIM', about), sealSecret(keyring, '密钥 GEHEIM', about)]
  expect(openSecret(keyring, one, about)).toBe('密钥 GEHEIM')
  expect(one).not.toBe(two)
  expect(one).toMatch(/^s1\.[0-9a-f]{8}\.[\w-]+$/)
  expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('GEHEIM')
})

test('sealed for one row it does not open for another, nor for parts that read the same when joined', () => {
  const keyring = readKeyring(OLD)
  const sealed = sealSecret(keyring, 'x', about)
  expect(openSecret(keyring, sealed, ['credentials', 'totp_secret', 'somebody else'])).toBeNull()
  expect(openSecret(keyring, sealed, ['credentialstotp_secret', 'somebody'])).toBeNull()
})

test('after a key is turned the old one still opens, and alone the new one does not', () => {
  const sealed = sealSecret(readKeyring(OLD), 'x', about)
  const both = readKeyring(`${NEW},${OLD}`)
  expect(openSecret(both, sealed, about)).toBe('x')
  expect(openSecret(readKeyring(NEW), sealed, about)).toBeNull()
  expect(openSecret(readKeyring(OLD), sealSecret(both, 'x', about), about)).toBeNull()
})

test('a flipped bit, a cut end and text that was never sealed do not open', () => {
  const keyring = readKeyring(OLD)
  const [form, id, body = ''] = sealSecret(keyring, 'secret', about).split('.')
  for (let at = 0; at < body.length; at += 1) {
    const flipped = body.slice(0, at) + (body[at] === 'A' ? 'B' : 'A') + body.slice(at + 1)
    const bytes = (text: string) => Buffer.from(text, 'base64url').toString('hex')
    // The last letter may carry bits that no byte needs.
    if (bytes(flipped) === bytes(body)) continue
    expect(openSecret(keyring, [form, id, flipped].join('.'), about)).toBeNull()
  }
  for (const text of [[form, id, body.slice(0, -4)].join('.'), 'GEZDGNBVGY3TQOJQ', '', 's1..', 's1.x.y.z']) {
    expect(openSecret(keyring, text, about)).toBeNull()
  }
})

test.each(['', 'short', `${OLD}0`, `${OLD},x`])(
  '%j is no keyring, and the error does not repeat it',
  (text) => {
    expect(() => readKeyring(text)).toThrow(/there is no key|64 hex digits/)
  },
)

test('the key file is made once, whole, and is readable by its owner alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'))
  try {
    const first = loadKeyring(folder, undefined)
    expect(loadKeyring(folder, undefined)).toEqual(first)
    expect((await stat(keyFileOf(folder))).mode & 0o777).toBe(0o600)
    expect(loadKeyring(folder, NEW)).toEqual(readKeyring(NEW))
  } finally {
    await rm(folder, { recursive: true })
  }
})
