import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { PageRow } from './page-shapes.ts'
import { endpointReader, heedSecond } from './second-reader.ts'

function row(...cells: [string, number][]): PageRow {
  return { page: 1, scanned: true, cells: cells.map(([text, sure]) => ({ text, box: null, sure })) }
}

test('a second reading makes surer what agrees and is taken only where the first was unsure', () => {
  const rows = [row(['2025-09-01', 0.7], ['缬沙坦胶囊', 0.99], ['1O', 0.5], ['32.14', 0.99])]
  heedSecond(rows, [['something else'], ['2025-09-01', '缬沙坦胶襄', '10', '32.14']])
  expect(rows[0]?.cells.map((cell) => cell.text)).toEqual(['2025-09-01', '缬沙坦胶囊', '10', '32.14'])
  expect(rows[0]?.cells[0]?.sure).toBeGreaterThan(0.9)
  expect(rows[0]?.cells[2]).toMatchObject({ sure: 0.5, repaired: { from: '1O', by: 'second-reader' } })
})

test('a row unlike any of ours is not taken', () => {
  const rows = [row(['甲', 0.5], ['乙', 0.5])]
  heedSecond(rows, [['丙', '丁']])
  expect(rows[0]?.cells.map((cell) => cell.text)).toEqual(['甲', '乙'])
})

test('an endpoint’s answer is its rows; prose and faults are no rows', async () => {
  const answers = ['```json\n[["甲","1"],["乙",2]]\n```', 'Sorry.']
  const server = createServer((_, response) => {
    const content = answers.shift()
    if (content === undefined) response.statusCode = 500
    response.end(JSON.stringify({ choices: [{ message: { content } }] }))
  }).listen(0)
  const read = endpointReader({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    key: 'k',
    model: 'm',
  })
  const picture = new Uint8Array([1, 2, 3])
  expect(await read(picture)).toEqual([
    ['甲', '1'],
    ['乙', '2'],
  ])
  expect(await read(picture)).toEqual([])
  expect(await read(picture)).toEqual([])
  server.close()
})
