import { extname } from 'node:path'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { asReader } from '../db.ts'
import { type StoredBytes, storeReceived } from '../files/public.ts'
import type { Route } from '../http.ts'
import type { Ground } from './authenticate.ts'
import { refuseHidden } from './refuse-hidden.ts'

/** Streams the files of a multipart request into the store before any transaction is opened. */
export async function receiveUpload(
  request: FastifyRequest,
  rule: NonNullable<Route['upload']>,
  ground: Ground,
  asker: Omit<Ctx, 'db'>,
): Promise<{ stored: (StoredBytes & { file_name: string })[]; fields: Record<string, string> }> {
  if (!request.isMultipart()) throw new Refusal('files.not-multipart', {}, { status: 415 })
  const { uploadMaxBytes } = ground.config
  const stored: (StoredBytes & { file_name: string })[] = []
  const fields: Record<string, string> = {}
  const parts = request.parts({
    limits: { files: rule.maxFiles, fields: 20, fieldSize: 4000, fileSize: uploadMaxBytes + 1 },
  })
  for await (const part of parts) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value)
      continue
    }
    const extension = extname(part.filename).slice(1).toLowerCase()
    if (!rule.extensions.includes(extension)) {
      part.file.resume()
      throw new Refusal(
        'files.wrong-kind',
        { name: part.filename.slice(-80), allowed: rule.extensions.join(', ') },
        { status: 415 },
      )
    }
    try {
      const bytes = await storeReceived(part.file, part.filename, uploadMaxBytes)
      stored.push({ ...bytes, file_name: part.filename })
    } catch (refusal) {
      await recordRefused(ground, asker, rule.purpose, refusal)
      throw refusal
    }
  }
  refuseHidden(fields)
  if (stored.length === 0) throw new Refusal('files.none', {}, { status: 400 })
  return { stored, fields }
}

/** Who sent a virus is known afterwards, though nothing else of it is kept. */
async function recordRefused(ground: Ground, asker: Omit<Ctx, 'db'>, purpose: string, refusal: unknown) {
  if (!(refusal instanceof Refusal && refusal.code === 'files.infected')) return
  await asReader(ground.app, asker, (db) =>
    recordAudit(
      { ...asker, db },
      { deed: 'platform.refuse-file', subject: ['platform.upload', purpose], new: refusal.params },
    ),
  )
}
