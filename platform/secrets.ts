import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keys by their id. The first seals, all of them open: a key is turned by putting the new one in front. */
export interface Keyring {
  current: string
  keys: ReadonlyMap<string, Buffer>
}

const FORM = 's1'
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals a secret that must be read again (AES-256-GCM): `s1.KEY-ID.…`. `about` names what it belongs to, table, column
 * and row: sealed text that is carried over to another row does not open there.
 */
export function sealSecret(keyring: Keyring, text: string, about: readonly string[]): string {
  const key = keyring.keys.get(keyring.current)
  if (!key) throw new Error('the keyring has no key')
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad(about))
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [FORM, keyring.current, sealed.toString('base64url')].join('.')
}

/** The secret again; null when no key here opens it, it belongs to something else, or it was never sealed. */
export function openSecret(keyring: Keyring, sealed: string, about: readonly string[]): string | null {
  const [form, id = '', body = '', more] = sealed.split('.')
  const key = keyring.keys.get(id)
  const bytes = Buffer.from(body, 'base64url')
  if (form !== FORM || !key || more !== undefined || bytes.length < IV_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(aad(about)).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const open = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES))
    return Buffer.concat([open, decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** The id of the key a secret is sealed with; empty for text that was never sealed. */
export function keyIdOf(sealed: string): string {
  const [form, id = ''] = sealed.split('.')
  return form === FORM ? id : ''
}

// The length in front of each part: ['ab', 'c'] is not ['a', 'bc'].
const aad = (about: readonly string[]) =>
  Buffer.from(about.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''))

/**
 * Keys from text: each 32 bytes as 64 hex digits, separated by commas or spaces, the one that seals first. Throws an
 * error that is a sentence, without the text.
 */
export function readKeyring(text: string): Keyring {
  const keys = new Map<string, Buffer>()
  for (const hex of text.split(/[\s,]+/).filter((one) => one !== '')) {
    if (!/^[0-9a-f]{64}$/i.test(hex)) throw new Error('each key is 64 hex digits (openssl rand -hex 32)')
    const key = Buffer.from(hex, 'hex')
    keys.set(createHash('sha256').update('key id').update(key).digest('hex').slice(0, 8), key)
  }
  const [current] = keys.keys()
  if (current === undefined) throw new Error('there is no key')
  return { current, keys }
}

export const keyFileOf = (dataDir: string): string => join(dataDir, 'secrets-key')

/** The keys of `SECRETS_KEY`, else those of DATA_DIR/secrets-key, which is made at the first start for its owner alone. */
export function loadKeyring(dataDir: string, fromEnvironment: string | undefined): Keyring {
  if (fromEnvironment) return readKeyring(fromEnvironment)
  const file = keyFileOf(dataDir)
  if (!existsSync(file)) makeKeyFile(file)
  return readKeyring(readFileSync(file, 'utf8'))
}

function makeKeyFile(file: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  // Whole or not there at all, and never over one that is there: two processes may start at once.
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
