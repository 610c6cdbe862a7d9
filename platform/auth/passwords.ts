import { createHmac, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '#kit/refusal.ts'
import type { Config } from '../config.ts'

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Hashing is costly on purpose: at most this many at once, the rest wait. */
const AT_ONCE = 2
const MAX_WAITING = 200

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) throw new Refusal('auth.busy', {}, { status: 503 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

/** argon2id of a password, in PHC text form. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), COST))
}

/** Whether the password is the hashed one. */
export function isPassword(hashed: string, password: string): Promise<boolean> {
  return inTurn(() => verify(hashed, password.normalize('NFKC')))
}

/** A password for one sign-in, 128 bits, in a form that can be read out. */
export function newOneTimePassword(): string {
  return (randomBytes(16).toString('hex').match(/.{4}/g) ?? []).join('-')
}

/** A keyed print of a password: tells that one password is tried on many accounts, and nothing else. */
export function passwordPrint(secret: string, password: string): Buffer {
  return createHmac('sha256', secret).update(password).digest().subarray(0, 16)
}

/** Words that people take when a password must be long: with digits and signs around them they are guessed first. */
const WORDS = new Set(
  `password passw mima admin administrator root qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc
  woaini iloveyou letmein welcome changeme test demo user guest login company abc abcd abcdef abcdefgh
  spring summer autumn winter qucheng`.split(/\s+/),
)
const LEET: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}

/** Whether it is one that is tried first: a common word or nothing with digits and signs around it, or one piece over and over. */
function isCommon(password: string): boolean {
  const lower = password.normalize('NFKC').toLowerCase()
  if (/^(.{1,6}?)\1+.?$/.test(lower)) return true
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const plain = core.replace(/[^\p{L}]/gu, '')
  const read = core.replace(/[013457@$]/g, (sign) => LEET[sign] ?? sign).replace(/[^\p{L}]/gu, '')
  return [plain, read].some((word) => word === '' || WORDS.has(word) || halved(word))
}

const halved = (word: string) =>
  WORDS.has(word.slice(0, word.length / 2)) && word.slice(0, word.length / 2).repeat(2) === word

/** Refuses a password that the profile does not allow; `field` is the name of the input it was given in. */
export function checkNewPassword(
  profile: Config['passwordProfile'],
  password: string,
  login: string,
  field: 'next' | 'password' = 'next',
): void {
  const weak = (why: string) =>
    new Refusal('auth.weak-password', { min: profile === 'modern' ? 12 : 8 }, { fields: { [field]: why } })
  if (password.length > 256) throw weak('too-long')
  const lower = password.toLowerCase()
  if (lower.includes(login.toLowerCase()) || isCommon(password)) throw weak('common')
  if (profile === 'modern') {
    if (password.length < 12) throw weak('too-short')
    if (new Set(password).size < 5) throw weak('common')
    return
  }
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/].filter((one) => one.test(password)).length
  if (password.length < 8) throw weak('too-short')
  if (classes < 3) throw weak('too-plain')
}
