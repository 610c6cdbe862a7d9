import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { samplesFolder } from '#engines/reading/pages/samples/samples.fixture.ts'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'
import type { BatchPage, LineLife } from './shapes.ts'

// Reading a page takes seconds of a core that may be shared.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const MONTH = '2025-09'

let desk: Desk
let photo: string

beforeAll(async () => {
  desk = await startDesk()
  await desk.open(MONTH)
  photo = await sendPhoto(readFileSync(join(samplesFolder, 'photo.jpg')))
})

afterAll(() => desk.close())

/** Sends a photo in and agrees to its columns where that is asked. */
async function sendPhoto(content: Buffer): Promise<string> {
  const id = await desk.send({ name: '康泽9月.jpg', content, month: MONTH })
  const { state, mapping, kind } = await desk.batch(id)
  if (state !== 'mapping') return id
  const steward = await desk.as('steward')
  expect((await steward.put(`/api/flow-batches/${id}/mapping`, { kind, mapping })).status).toBe(200)
  await desk.runJobs()
  return id
}

async function lifeOf(login: 'steward' | 'clerk-kangze', id: string): Promise<LineLife> {
  const answer = await (await desk.as(login)).get(`/api/flow-lines/${id}`)
  expect(answer.status).toBe(200)
  return answer.body as LineLife
}

test('a line from a photo knows its page and where each of its cells stands on it', async () => {
  const [line] = await desk.lines(photo)
  const { file, cells, around } = await lifeOf('clerk-kangze', line?.id ?? '')
  expect(file.page).toBe(1)
  const own = around.find(({ row }) => row === file.row)
  expect(own?.page).toBe(1)
  expect(own?.boxes).toHaveLength(cells.length)
  const place = (field: string) => {
    const [left, top, right, bottom] = own?.boxes?.[cells.findIndex((cell) => cell.field === field)] ?? []
    return { left, top, right, bottom } as Record<'left' | 'top' | 'right' | 'bottom', number>
  }
  expect(place('occurred_on').right).toBeLessThan(place('customer_raw').left)
  expect(place('customer_raw').right).toBeLessThan(place('qty').left)
  expect(place('qty').top).toBeLessThan(place('qty').bottom)
})

test('rows shown to settle the columns know their places too', async () => {
  const batch = (await (await desk.as('clerk-kangze')).get(`/api/flow-batches/${photo}`)).body as BatchPage
  expect(batch.sample_rows.length).toBeGreaterThan(0)
  for (const { page, boxes, cells } of batch.sample_rows)
    expect([page, boxes?.length]).toEqual([1, cells.length])
})

test('a figure that would be booked and was read with doubt holds its line', async () => {
  const [first, second] = await desk.lines(photo)
  const { file, cells, around } = await lifeOf('steward', second?.id ?? '')
  const own = around.find(({ row }) => row === file.row)
  const box = own?.boxes?.[cells.findIndex((cell) => cell.field === 'amount')] ?? [0, 0, 0, 0]
  // Somebody's thumb: the first half of the amount cannot be read.
  const width = Math.round((box[2] - box[0]) / 2)
  const thumb = { width, height: Math.round(box[3] - box[1]), channels: 3 as const, background: '#eee' }
  const content = await sharp(join(samplesFolder, 'photo.jpg'))
    .composite([{ input: { create: thumb }, left: Math.round(box[0]), top: Math.round(box[1]) }])
    .jpeg({ quality: 92 })
    .toBuffer()
  const lines = await desk.lines(await sendPhoto(content))
  expect(lines.map(({ issues }) => issues.includes('doubtful')).slice(0, 2)).toEqual([false, true])
  expect(lines[1]?.state).toBe('waiting')
  expect(first?.issues).not.toContain('doubtful')
})

test('the picture is a JPEG that holds every box, kept by its reader’s browser alone', async () => {
  const [line] = await desk.lines(photo)
  const { around } = await lifeOf('clerk-kangze', line?.id ?? '')
  const answer = await (await desk.as('clerk-kangze')).get(`/api/flow-batches/${photo}/pages/1`)
  expect(answer.status).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'cache-control': 'private, max-age=600',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringMatching(/^attachment;/),
  })
  const { width, height } = sizeOf(answer.bytes)
  for (const box of around.flatMap(({ boxes }) => boxes ?? [])) {
    if (!box) continue
    expect(Math.min(box[0], box[1])).toBeGreaterThanOrEqual(0)
    expect([box[2] <= width, box[3] <= height]).toEqual([true, true])
  }
})

test('the picture is not there for another distributor, for a rep, or beyond the last page', async () => {
  for (const login of ['clerk-anhe', 'rep-hangzhou'] as const) {
    const answer = await (await desk.as(login)).get(`/api/flow-batches/${photo}/pages/1`)
    expect([login, answer.status]).toEqual([login, 404])
  }
  const own = await desk.as('clerk-kangze')
  expect((await own.get(`/api/flow-batches/${photo}/pages/2`)).status).toBe(404)
  expect((await own.get(`/api/flow-batches/${photo}/pages/0`)).status).toBe(400)
})

test('a file without pages has neither places nor pictures', async () => {
  const id = await desk.send({
    name: '康泽.csv',
    content: csv([sale('2025-09-03', '杭州临泽医院', 2)]),
    month: MONTH,
  })
  const [line] = await desk.lines(id)
  const life = await lifeOf('steward', line?.id ?? '')
  expect(life.file.page).toBe(null)
  expect(life.around).toEqual([{ row: 2, cells: expect.any(Array) }])
  expect((await (await desk.as('steward')).get(`/api/flow-batches/${id}/pages/1`)).status).toBe(404)
})

/** Width and height out of the first frame of a JPEG. */
function sizeOf(jpeg: Buffer): { width: number; height: number } {
  let at = 2
  while (at < jpeg.length) {
    const marker = jpeg[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xc2)
      return { height: jpeg.readUInt16BE(at + 5), width: jpeg.readUInt16BE(at + 7) }
    at += 2 + jpeg.readUInt16BE(at + 2)
  }
  throw new Error('no frame')
}
