import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '#apps/server/modules.ts'
import { renderPage } from '#engines/reading/public.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'

let app: TestApp
let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'qucheng-foreign-'))
  app = await startTestApp({ modules })
  await (await app.as('steward')).post('/api/flow-months', { month: '2026-10' })
})
afterAll(async () => {
  await app.close()
  await rm(dir, { recursive: true })
})

test('a photo is shown drawn anew: neither place, nor device, nor anything else that lay in the file', async () => {
  const photo = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#ffffff' } })
    .jpeg()
    .withExif({
      IFD0: { Make: 'CanaryPhone', Copyright: 'canary of a name' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 15/1 0/1' },
    })
    .toBuffer()
  expect(photo.includes('CanaryPhone')).toBe(true)
  const path = join(dir, 'photo.jpg')
  await writeFile(path, Buffer.concat([photo, Buffer.from('trailing canary')]))
  const drawn = Buffer.from((await renderPage(path, 'picture', 1)).bytes)
  for (const hidden of ['CanaryPhone', 'canary', 'Exif', 'GPS']) expect(drawn.includes(hidden)).toBe(false)
  const { exif, xmp, iptc, format } = await sharp(drawn).metadata()
  expect([exif, xmp, iptc, format]).toEqual([undefined, undefined, undefined, 'jpeg'])
})

test('a picture of 50,000 by 50,000 is refused by its head, before it is unpacked', async () => {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const sides = Buffer.from('0000c3500000c3500802000000', 'hex')
  const path = join(dir, 'huge.png')
  await writeFile(path, Buffer.concat([head, sides, Buffer.alloc(4)]))
  const before = process.memoryUsage().rss
  await expect(renderPage(path, 'picture', 1)).rejects.toThrow()
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
})

test('what a file holds besides its rows is written down with it; as it came it is an attachment and nothing else', async () => {
  const steward = await app.as('steward')
  const fields = { month: '2026-10', distributor_id: app.world.distributors.kangze }
  const bytes = Buffer.from(
    '%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (1) >> >>\nendobj\n%%EOF',
  )
  const sent = await steward.upload('/api/flow-batches', { file_name: 'x.pdf', bytes, fields })
  expect(sent.status).toBe(202)
  const { rows } = await app.admin.query(`select active_content from files where file_name = 'x.pdf'`)
  expect(rows).toEqual([{ active_content: ['script'] }])
  const page = await steward.get(`/api/flow-batches/${sent.body.batches[0].id}`)
  expect(page.body.active_content).toEqual(['script'])
  const { headers } = await steward.get(`/api/flow-batches/${sent.body.batches[0].id}/file`)
  expect(headers['content-disposition']).toMatch(/^attachment;/)
  expect(headers['content-type']).toBe('application/octet-stream')
  expect(headers['content-security-policy']).toContain('sandbox')
})

test('a workbook that is called by its macros is refused with what is taken instead', async () => {
  const steward = await app.as('steward')
  const fields = { month: '2026-10', distributor_id: app.world.distributors.kangze }
  const { status, body } = await steward.upload('/api/flow-batches', {
    file_name: '流向.xlsm',
    bytes: 'PK',
    fields,
  })
  expect([status, body.code]).toEqual([415, 'files.wrong-kind'])
  expect(body.params.allowed).toContain('xlsx')
})
