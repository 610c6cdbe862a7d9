import { readFileSync } from 'node:fs'
import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { inspectFile } from '../../inspect-file.ts'
import { defaultLimits } from '../../limits.ts'
import { type Cell, cellsOfBoth, gbk, oddRows, readOne, sampleFile, sampleWorkbook } from '../../samples.ts'
import { openFile } from '../open-file.ts'
import { SharedStringReader } from './biff-strings.ts'

const FLOW: Cell[][] = [
  ['销售日期', '客户名称', '商品名称', '规格', '批号', '数量', '金额'],
  [
    { v: 45_504, z: 'yyyy-mm-dd' },
    '清河县人民医院',
    '氯沙坦钾片',
    '50mg*14片',
    { v: 12_345, z: '0000000' },
    5,
    62.5,
  ],
  [{ v: 45_505, z: 'yyyy-mm-dd' }, '东岭县人民医院', '氯沙坦钾片', '50mg*14片', 202_407_310_012, -1, -12.5],
]

describe('against a second reader', () => {
  test('an .xls of odd cells reads alike', async () => {
    const path = sampleWorkbook({ 一: oddRows(1_500), 二: [['x'], [], [], ['', '', 'y']] }, 'x.xls', 'biff8')
    for (const { ours, theirs } of await cellsOfBoth(path)) expect(ours).toEqual(theirs)
  })
})

function record(type: number, ...parts: (Buffer | number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (Array.isArray(part) ? Buffer.from(part) : part)))
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(body.length, 2)
  return Buffer.concat([head, body])
}

const u16 = (value: number) => [value & 255, value >> 8]

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}

const OLD: (string | number)[][] = [
  ['日期', '客户', '品名', '数量'],
  ['2024-07-31', '清河县人民医院', '氯沙坦钾片', 5],
  ['2024-08-01', '东岭县人民医院', '氯沙坦钾片', -1],
]

/** Cells as Excel 2 and Excel 95 have them: text in bytes of the code page. */
function oldCells(version: 2 | 5): Buffer[] {
  return OLD.flatMap((row, r) =>
    row.map((cell, c) => {
      const at = [...u16(r), ...u16(c), ...(version === 2 ? [0, 0, 0] : u16(0))]
      if (typeof cell === 'number') return record(version === 2 ? 0x03 : 0x203, at, double(cell))
      const text = gbk(cell)
      return record(version === 2 ? 0x04 : 0x204, at, version === 2 ? [text.length] : u16(text.length), text)
    }),
  )
}

const EXCEL2 = Buffer.concat([record(0x09, u16(2), u16(0x10)), ...oldCells(2), record(0x0a)])

function excel95(): Buffer {
  const globals = [record(0x809, u16(0x500), u16(5), u16(0), u16(0)), record(0x42, u16(936))]
  const name = gbk('明细')
  const sheetAt = globals.reduce((sum, part) => sum + part.length, 0) + 4 + 7 + name.length + 4
  return Buffer.concat([
    ...globals,
    record(0x85, u16(sheetAt), [0, 0, 0, 0, name.length], name),
    record(0x0a),
    record(0x809, u16(0x500), u16(0x10), u16(0), u16(0)),
    ...oldCells(5),
    record(0x0a),
  ])
}

test.each([
  ['Excel 2', EXCEL2, 'Sheet1'],
  ['Excel 95', excel95(), '明细'],
])('a bare stream of %s in GBK is read', async (_, bytes, name) => {
  const { lines, layout } = await readOne(sampleFile(bytes, 'x.xls'))
  expect(layout.sheet).toBe(name)
  expect(lines.map(({ reading }) => [reading.occurred_on, reading.customer_raw, reading.qty])).toEqual([
    ['2024-07-31', '清河县人民医院', '5'],
    ['2024-08-01', '东岭县人民医院', '-1'],
  ])
})

test('dates and lots of an .xls are as their formats show them', async () => {
  const { lines } = await readOne(sampleWorkbook({ 一: FLOW }, 'x.xls', 'biff8'))
  expect(lines.map(({ reading }) => [reading.occurred_on, reading.lot, reading.amount_fen])).toEqual([
    ['2024-07-31', '0012345', 6250],
    ['2024-08-01', '202407310012', -1250],
  ])
})

test('merged cells, hidden rows, columns and sheets are told', async () => {
  const sheet = utils.aoa_to_sheet([
    ['品名', '规格', '客户', '数量'],
    ['氯沙坦钾片', '50mg*14片', '清河县人民医院', 1],
    [null, null, '东岭县人民医院', 2],
  ])
  sheet['!merges'] = [{ s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }]
  sheet['!rows'] = [{}, {}, { hidden: true }]
  sheet['!cols'] = [{}, { hidden: true }]
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '明细')
  utils.book_append_sheet(book, utils.aoa_to_sheet([['x']]), '隐藏')
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
  const opened = await openFile(
    sampleFile(write(book, { type: 'buffer', bookType: 'biff8' }), 'x.xls'),
    'x.xls',
    defaultLimits,
  )
  expect(opened.hidden_sheets).toEqual(['隐藏'])
  expect(opened.sheets).toHaveLength(1)
  expect(await opened.sheets[0]?.merges?.()).toEqual([{ top: 2, bottom: 3, left: 0, right: 0 }])
})

test('a string cut by the end of a record goes on in the next, in another width', () => {
  const first = Buffer.alloc(8 + 3 + 4)
  first.writeUInt32LE(2, 4)
  first.writeUInt16LE(4, 8)
  first.writeUInt8(0, 10)
  first.write('abc', 11, 'latin1')
  first.write('d', 14, 'latin1')
  const whole = Buffer.concat([first.subarray(0, 13)])
  const second = Buffer.concat([
    Buffer.from([1]),
    Buffer.from('医院', 'utf16le'),
    Buffer.from([1, 0, 0]),
    Buffer.from('x'),
  ])
  expect(new SharedStringReader([whole, second]).read(10)).toEqual(['ab医院', 'x'])
})

test('a workbook with a password is encrypted', async () => {
  const pass = record(0x2f, [1, 2, 3, 4])
  const locked = Buffer.concat([EXCEL2.subarray(0, 8), pass, EXCEL2.subarray(8)])
  await expect(inspectFile(sampleFile(locked, 'x.xls'), 'x.xls')).rejects.toMatchObject({ code: 'encrypted' })
})

test('a workbook cut off is corrupt', async () => {
  const whole = readFileSync(sampleWorkbook({ 一: oddRows(300) }, 'x.xls', 'biff8'))
  for (const share of [0.1, 0.5, 0.8]) {
    const cut = sampleFile(whole.subarray(0, whole.length * share), 'x.xls')
    await expect(inspectFile(cut, 'x.xls')).rejects.toMatchObject({
      code: expect.stringMatching(/corrupt|no-table/),
    })
  }
})
