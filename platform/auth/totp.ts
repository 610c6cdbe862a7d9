import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Refusal } from '#kit/refusal.ts'
import { type Keyring, openSecret, sealSecret } from '../secrets.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_SECONDS = 30

/** A new secret, 160 bits in base32. */
export function newTotpSecret(): string {
  let bits = ''
  for (const byte of randomBytes(20)) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('')
}

const about = (personId: string) => ['credentials', 'totp_secret', personId]

/** The secret as it is kept: sealed, and for this person's row alone. */
export function sealTotpSecret(keyring: Keyring, personId: string, secret: string): string {
  return sealSecret(keyring, secret, about(personId))
}

/**
 * The secret that was kept. Refuses auth.totp-unreadable when the key is gone or it was never sealed: nobody comes in
 * without their code, and an administrator takes the second factor away so that it is set up anew.
 */
export function openTotpSecret(keyring: Keyring, personId: string, kept: string): string {
  const secret = openSecret(keyring, kept, about(personId))
  if (secret === null) throw new Refusal('auth.totp-unreadable', {}, { status: 409 })
  return secret
}

/** What an authenticator app scans. */
export function totpUri(secret: string, login: string): string {
  return `otpauth://totp/${encodeURIComponent(`渠成:${login}`)}?secret=${secret}&issuer=${encodeURIComponent('渠成')}`
}

/**
 * The time step a code belongs to (RFC 6238, SHA-1, 6 digits, 30 s; one step of clock drift either way), or
 * null. A step at or before `lastStep` was used already: a code works once.
 */
export function totpStep(secret: string, code: string, now: Date, lastStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const current = Math.floor(now.getTime() / 1000 / STEP_SECONDS)
  for (const step of [current, current - 1, current + 1]) {
    if (step > lastStep && timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code)))
      return step
  }
  return null
}

/** The six digits of a time step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', base32(secret)).update(counter).digest()
  const offset = (digest[19] ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function base32(text: string): Buffer {
  let bits = ''
  for (const letter of text) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}
