import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { samplesFolder } from '#engines/reading/pages/samples/samples.fixture.ts'
import { folderBesideFiles } from '#platform/files/public.ts'
import { csv, type Desk, HEAD, sale, startDesk, workbook } from '#tests/flow-desk.ts'
import type { BatchPage } from '../shapes.ts'
import { secondReader } from './page-reading.ts'

// Reading a page takes seconds of a core that may be shared.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

let desk: Desk
const photo = readFileSync(join(samplesFolder, 'photo.jpg'))

beforeAll(async () => {
  desk = await startDesk()
  for (const month of ['2025-09', '2026-10', '2026-11']) await desk.open(month)
})
afterAll(() => desk.close())

const pageOf = async (id: string) =>
  (await (await desk.as('steward')).get(`/api/flow-batches/${id}`)).body as BatchPage

test('a column that moved next month is followed and told; a price by another name asks', async () => {
  const first = await desk.send({
    name: '十月.csv',
    content: csv([sale('2026-10-02', '杭州临泽医院', 2)]),
    month: '2026-10',
  })
  expect(await desk.batch(first)).toMatchObject({ state: 'done', drift: [] })
  const head = HEAD.split(',')
  const row = sale('2026-11-02', '杭州临泽医院', 3).split(',')
  const turned = (cells: string[]) => [...cells.slice(0, 5), ...cells.slice(6), cells[5]].join(',')
  const moved = await desk.send({
    name: '十一月.csv',
    content: csv([turned(row)], turned(head)),
    month: '2026-11',
  })
  expect(await pageOf(moved)).toMatchObject({
    state: 'done',
    drift: [{ change: 'moved', header: '数量', from: 5, to: 9 }],
  })
  expect((await desk.lines(moved))[0]).toMatchObject({ qty: '3', state: 'posted' })
  const renamed = csv([sale('2026-11-03', '杭州临泽医院', 3)], HEAD.replace('单价', '含税单价'))
  const asks = await desk.send({ name: '十一月二.csv', content: renamed, month: '2026-11' })
  const page = await pageOf(asks)
  expect(page.state).toBe('mapping')
  expect(page.drift).toContainEqual(
    expect.objectContaining({ change: 'renamed', before: '单价', header: '含税单价' }),
  )
  const told = (await (await desk.as('steward')).get('/api/notifications')).body.rows
  expect(told.map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['flows.layout-changed', 'flows.layout-asks']),
  )
})

test('the reading of a photo can be stopped: its process ends, the file stays, and is read when asked again', async () => {
  const id = await desk.put({ name: '九月.jpg', content: photo, month: '2025-09' })
  const running = desk.runJobs()
  await vi.waitFor(() => expect(childrenReading()).toBe(1), { timeout: 30_000, interval: 50 })
  const clerk = await desk.as('clerk-kangze')
  const other = await desk.as('clerk-anhe')
  expect((await other.delete(`/api/flow-batches/${id}/reading`)).status).toBe(404)
  expect((await clerk.delete(`/api/flow-batches/${id}/reading`)).status).toBe(200)
  await running
  expect(childrenReading()).toBe(0)
  expect(await desk.batch(id)).toMatchObject({
    state: 'failed',
    failure_code: 'flows.reading-stopped',
    line_count: 0,
  })
  expect((await clerk.delete(`/api/flow-batches/${id}/reading`)).body).toMatchObject({
    status: 409,
    code: 'flows.wrong-batch-state',
  })
  expect((await clerk.post(`/api/flow-batches/${id}/reading`, {})).status).toBe(200)
  await desk.runJobs()
  const batch = await pageOf(id)
  expect(['mapping', 'done']).toContain(batch.state)
  expect(batch.notes).toMatchObject([{ code: 'pages-scanned', params: { pages: 1 } }])
  // Read once: whoever opens the file again finds its pages beside the files.
  expect(readdirSync(folderBesideFiles('pages'))).toHaveLength(1)
})

test('a photo within an archive has its picture, and the member that cannot be read is told', async () => {
  const content = stored({ '九月/照片.jpg': photo, '坏.xlsx': Buffer.from('PK\u0003\u0004broken') })
  const id = await desk.send({ name: '九月.zip', content, month: '2025-09', distributor: 'anhe' })
  const batch = await pageOf(id)
  expect(batch.notes.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['member-skipped', 'pages-scanned']),
  )
  expect(batch.sample_rows[0]?.page).toBe(1)
  const answer = await (await desk.as('clerk-anhe')).get(`/api/flow-batches/${id}/pages/1`)
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect((await (await desk.as('clerk-kangze')).get(`/api/flow-batches/${id}/pages/1`)).status).toBe(404)
})

test('several tables of a file are told on the first of them', async () => {
  const rows = (day: string) => [HEAD.split(','), sale(day, '杭州临泽医院', 1).split(',')]
  const content = await workbook({ 上旬: rows('2026-10-05'), 下旬: rows('2026-10-25') })
  const id = await desk.send({ name: '两张.xlsx', content, month: '2026-10', distributor: 'anhe' })
  expect((await pageOf(id)).notes).toEqual([{ code: 'several-tables', params: { count: 2 } }])
})

test('no second reader looks unless the operator named one', () => {
  expect(secondReader({})).toBeUndefined()
  expect(secondReader({ VISION_URL: 'http://127.0.0.1:1/v1' })).toBeUndefined()
  expect(secondReader({ VISION_URL: 'http://127.0.0.1:1/v1', VISION_MODEL: 'm' })).toBeTypeOf('function')
})

/** Processes of ours that read pages. */
function childrenReading(): number {
  const lines = execFileSync('ps', ['-o', 'ppid=,args=', '-A']).toString().split('\n')
  return lines.filter((line) => line.trim().startsWith(`${process.pid} `) && line.includes('pages-child'))
    .length
}

/** An archive of members that are not packed. */
function stored(members: Record<string, Buffer>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, bytes] of Object.entries(members)) {
    const text = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800, 2)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(text.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, place, text)
    const part = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, text, bytes])
    parts.push(part)
    at += part.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  const count = Object.keys(members).length
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}
