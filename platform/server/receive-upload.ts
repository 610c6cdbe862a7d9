import { extname } from 'node:path'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#kit/refusal.ts'
import type { Config } from '../config.ts'
import { type StoredBytes, storeBytes } from '../files/store-bytes.ts'
import type { Route } from '../http.ts'

/** Streams the files of a multipart request into the store before any transaction is opened. */
export async function receiveUpload(
  request: FastifyRequest,
  rule: NonNullable<Route['upload']>,
  config: Config,
): Promise<{ stored: (StoredBytes & { file_name: string })[]; fields: Record<string, string> }> {
  if (!request.isMultipart()) throw new Refusal('files.not-multipart', {}, { status: 415 })
  const stored: (StoredBytes & { file_name: string })[] = []
  const fields: Record<string, string> = {}
  const parts = request.parts({
    limits: { files: rule.maxFiles, fields: 20, fieldSize: 4000, fileSize: config.uploadMaxBytes + 1 },
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
    const bytes = await storeBytes(config.dataDir, part.file, config.uploadMaxBytes)
    if (bytes.byte_size === 0) throw new Refusal('files.empty', { name: part.filename.slice(-80) })
    stored.push({ ...bytes, file_name: part.filename })
  }
  if (stored.length === 0) throw new Refusal('files.none', {}, { status: 400 })
  return { stored, fields }
}
