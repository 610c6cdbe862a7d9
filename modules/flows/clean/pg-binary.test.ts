import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '#tests/database.ts'
import {
  bigintArray,
  booleanArray,
  dateArray,
  int4Array,
  int8Array,
  newIdArray,
  pgArray,
  textArray,
} from './pg-binary.ts'

let client: pg.Client

beforeAll(async () => {
  client = new pg.Client({ connectionString: (await testDatabase()).admin_url })
  await client.connect()
})
afterAll(() => client.end())

/** What PostgreSQL took it to be, as text. */
async function read(type: string, array: Buffer): Promise<(string | null)[]> {
  const { rows } = await client.query(`select x::text from unnest($1::${type}[]) x`, [array])
  return rows.map((row) => row.x)
}

test('numbers, dates and truths arrive as they are, and null is null', async () => {
  expect(await read('int4', int4Array([0, null, -1, 2 ** 31 - 1, -(2 ** 31)]))).toEqual([
    '0',
    null,
    '-1',
    '2147483647',
    '-2147483648',
  ])
  const wide = [0, -1, 2 ** 32, -(2 ** 32) - 5, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
  expect(await read('int8', int8Array([...wide, null]))).toEqual([...wide.map(String), null])
  const keys = [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)]
  expect(await read('int8', bigintArray(keys))).toEqual(keys.map(String))
  expect(await read('boolean', booleanArray([true, false]))).toEqual(['true', 'false'])
  const days = ['2026-10-31', '2000-01-01', '1999-12-31', '1899-12-30', '2024-02-29', '9999-12-31']
  expect(await read('date', dateArray([...days, null]))).toEqual([...days, null])
})

test('any text arrives as it is, without NUL', async () => {
  const texts = ['', '盒', 'null', 'a,"b"\\{}', ' x\ty\n', '😀药', 'é', 'XS20261001']
  expect(await read('text', textArray(texts))).toEqual(texts)
  expect(await read('text', textArray(['a\0b', '药\0店', '\0']))).toEqual(['ab', '药店', ''])
  expect(await read('text', textArray([]))).toEqual([])
})

test('an array as text needs no quotes for decimals and codes, and null is NULL', () => {
  expect(pgArray([1, null, 'a-b', '-0.5'])).toBe('{1,NULL,a-b,-0.5}')
  expect(pgArray([])).toBe('{}')
})

test('a day that is none is a fault, not another day', () => {
  expect(() => dateArray(['2026-13-01'])).toThrow('no day')
})

test('ids are uuids of version 7, distinct, of now, and in order over many chunks', async () => {
  const before = Date.now()
  const ids: string[] = []
  for (const count of [5000, 1, 3000]) ids.push(...((await read('uuid', newIdArray(count))) as string[]))
  expect(new Set(ids).size).toBe(8001)
  expect([...ids].sort()).toEqual(ids)
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const { rows } = await client.query('select uuid_extract_timestamp($1::uuid) as made', [ids[0]])
  expect(Math.abs(rows[0].made.getTime() - before)).toBeLessThan(5_000)
})
