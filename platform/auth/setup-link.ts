import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hashToken } from './sessions.ts'

const LINK_MINUTES = 30
const linkShape = z.object({ token_sha256: z.string(), expires_at: z.iso.datetime() })

const fileOf = (dataDir: string): string => join(dataDir, 'setup-link.json')

/** Makes the token of the way in to an empty system, 256 bits, kept only as its hash; the one before no longer works. */
export async function makeSetupToken(dataDir: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const link: z.output<typeof linkShape> = {
    token_sha256: hashToken(token).toString('hex'),
    expires_at: new Date(Date.now() + LINK_MINUTES * 60_000).toISOString(),
  }
  // A file that is there would keep its mode.
  await dropSetupToken(dataDir)
  await writeFile(fileOf(dataDir), JSON.stringify(link), { mode: 0o600, flag: 'wx' })
  return token
}

/** Whether this is the token that was made last and its time is not over. */
export async function isSetupToken(dataDir: string, token: string, now: Date): Promise<boolean> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => null)
  if (text === null) return false
  const link = linkShape.parse(JSON.parse(text))
  return (
    timingSafeEqual(hashToken(token), Buffer.from(link.token_sha256, 'hex')) &&
    now < new Date(link.expires_at)
  )
}

export async function dropSetupToken(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true })
}
