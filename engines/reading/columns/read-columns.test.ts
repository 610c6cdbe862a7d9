import { existsSync, readdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inspectFile } from '../inspect-file.ts'
import { defaultLimits } from '../limits.ts'
import { type ByteRows, cellsOf, splitBytes, splitsByBytes } from '../open/byte-rows.ts'
import { CellTexts } from '../open/cell-texts.ts'
import { splitDelimited } from '../open/delimited.ts'
import { detectEncoding } from '../open/encoding.ts'
import { openFile } from '../open/open-file.ts'
import type { RawRow } from '../open/source.ts'
import { newCounts } from '../read-lines.ts'
import { gbk, sampleFile } from '../samples.ts'
import type { ReadLine, TableLayout } from '../shapes.ts'
import { LineBuilder } from '../type/line-builder.ts'
import { lineDigest } from '../type/line-digest.ts'
import { DistinctLines } from './distinct-lines.ts'
import { readColumns } from './read-columns.ts'

/** A file's rows as they are split by characters. */
async function rowsByCharacters(path: string, delimiter: string): Promise<RawRow[]> {
  const file = await open(path, 'r')
  const head = Buffer.alloc(65_536)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  const encoding = await detectEncoding(file, head.subarray(0, bytesRead))
  const bytes = await file.readFile()
  await file.close()
  async function* pieces() {
    yield new TextDecoder(encoding.name).decode(bytes.subarray(encoding.bom_bytes))
  }
  const rows: RawRow[] = []
  for await (const batch of splitDelimited(pieces(), delimiter, defaultLimits)) rows.push(...batch)
  return rows
}

/** Rows, lines, counts and digests of a text file by bytes and by characters. */
async function expectSame(path: string) {
  const book = await openFile(path, 'sample', defaultLimits)
  const sheet = book.sheets[0]
  if (!sheet?.blocks || !book.delimiter) return
  const byCharacters = await rowsByCharacters(path, book.delimiter)
  const byBytes: RawRow[] = []
  for await (const batch of sheet.rows()) byBytes.push(...batch)
  expect(byBytes).toEqual(byCharacters)
  const tables = await inspectFile(path, 'sample').then(
    (inspection) => inspection.tables,
    () => [],
  )
  for (const layout of tables) await expectSameLines(path, layout, byCharacters)
}

async function expectSameLines(path: string, layout: TableLayout, rows: RawRow[]) {
  const expected = { counts: newCounts(), lines: [] as ReadLine[] }
  const builder = new LineBuilder(layout, {}, expected.counts)
  for (const row of rows) builder.add(row, expected.lines)
  const counts = newCounts()
  const lines: ReadLine[] = []
  const digests: number[][] = []
  const figures: unknown[] = []
  for await (const block of readColumns(path, 'sample', layout, {}, defaultLimits, counts)) {
    for (let at = 0; at < block.size; at++) {
      lines.push(block.line(at))
      digests.push([block.digest_high[at] as number, block.digest_low[at] as number])
      figures.push([block.issue_counts[at], block.qty[at], block.amount_fen[at]])
    }
  }
  expect(lines).toEqual(expected.lines)
  expect(counts).toEqual(expected.counts)
  expect(digests).toEqual(expected.lines.map((line) => lineDigest(line.reading)))
  expect(figures).toEqual(
    expected.lines.map(({ issues, reading }) => [
      issues.length,
      reading.qty === null ? Number.NaN : Number(reading.qty),
      reading.amount_fen ?? Number.NaN,
    ]),
  )
}

/** The same numbers for the same seed. */
function randomFrom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 8) % below
  }
}

const DATES = [
  '2024-07-01',
  '2024/7/2',
  '20240703',
  '2024-07-04 10:00:00',
  '７月５日',
  '2024-07',
  '',
  '无',
  '三十日',
]
const CUSTOMERS = [
  '清河县人民医院',
  ' 东岭县中医院　',
  '',
  '合计',
  '南湾审计医院',
  '"北原,大药房"',
  '"西渡\n医院"',
  "'云台医院",
]
const PRODUCTS = ['氯沙坦钾片', '"阿莫西林""胶囊"', '人工晶状体', '', '小计：', 'ABC', '"甲"片']
const LOTS = ['B240001', '="0012345"', '2.02407E+11', '', '00123', '１２３']
const FIGURES = [
  '5',
  '-3',
  '12.50',
  '0.5',
  '.5',
  '5.',
  '007',
  '0',
  '-0',
  '1,200.00',
  '"1,200.00"',
  '（12）',
  '１２',
  '12盒',
  '',
  '-',
  '若干',
  '1.005',
  '12345678901234567890',
  '+3',
  '12-',
  '62.5000',
]
const TYPES = ['销售', '销售退回', '', '退货']
const NOTES = ['', '退货', '加急', '退款另议', 'ok']
const ODD_ROWS = [
  '',
  ',,,',
  '合计,,,,50,,500',
  '日期,客户,品名,批号,数量,单价,金额,单据类型,备注,单号',
  '制单：甲',
  '2024-07-01,清河县人民医院',
  '=====',
  ',---,---',
  '品名,规格,批号,库存数量',
]

function messyText(seed: number, rows: number): string {
  const random = randomFrom(seed)
  const one = (texts: string[]) => texts[random(texts.length)] as string
  const often = (usual: string, texts: string[]) => (random(4) > 0 ? usual : one(texts))
  const ending = one(['\n', '\r\n', '\r'])
  const lines = ['日期,客户,品名,批号,数量,单价,金额,单据类型,备注,单号,有效期至']
  for (let row = 0; row < rows; row++) {
    if (random(25) === 0) lines.push(one(ODD_ROWS.slice(0, random(40) === 0 ? undefined : -1)))
    const cells = [
      often('2024-07-01', DATES),
      often(`清河县第${random(9)}医院`, CUSTOMERS),
      often('氯沙坦钾片', PRODUCTS),
      often(`B${random(90)}`, LOTS),
      often('10', FIGURES),
      often('12.5', FIGURES),
      often('125', FIGURES),
      often('销售', TYPES),
      often('', NOTES),
      random(9) === 0 ? '' : `XS${random(2) === 0 ? row : random(1e9)}`,
      often('2026-02', DATES),
    ]
    lines.push(cells.slice(0, random(12) === 0 ? 1 + random(11) : 11).join(','))
  }
  return lines.join(ending) + (random(2) === 0 ? ending : '')
}

describe('bytes and characters give the same rows, lines, counts and digests', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('of a messy file (%i)', async (seed) => {
    const text = messyText(seed, 600)
    await expectSame(sampleFile(text))
    await expectSame(sampleFile(`\ufeff\ufeff${text}`))
    await expectSame(sampleFile(gbk(text)))
    await expectSame(sampleFile(text.replaceAll(',', '\t')))
  })

  test('of a file in which document numbers and customers are too many to be remembered', async () => {
    await expectSame(sampleFile(messyText(9, 9_000)))
    await expectSame(sampleFile(gbk(messyText(10, 6_000))))
  })

  test('of broken bytes', async () => {
    const random = randomFrom(5)
    for (const bytes of [Buffer.from(`\ufeff${messyText(11, 500)}`), gbk(messyText(12, 500))]) {
      for (let at = 60; at < bytes.length; at += 1 + random(900)) bytes[at] = random(256)
      await expectSame(sampleFile(bytes))
    }
  })

  test('of a quote that nothing closes, near the end and before a megabyte', async () => {
    const text = messyText(13, 200)
    await expectSame(sampleFile(`${text}\n2024-07-01,"清河县人民医院,甲,B1,5\n2024-07-01,乙,丙,B1,6\n`))
    const more = '2024-07-01,清河县人民医院,氯沙坦钾片,B1,5,1,5\n'.repeat(40_000)
    await expectSame(sampleFile(`日期,客户,品名,批号,数量,单价,金额\n2024-07-01,"甲,乙,B1,5,1,5\n${more}`))
  })

  // Files as distributors send them, where they are at hand.
  const folder = process.env.QUCHENG_DOCUMENTS ?? ''
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(csv|txt)$/i.test(name)) : []
  test.each(files.length > 0 ? files : ['none at hand'])('of %s', async (name) => {
    if (files.length > 0) await expectSame(join(folder, name))
  })
})

test('a delimiter that may be part of a character in GBK is left to characters', () => {
  const gb = { name: 'gb18030', bom_bytes: 0 } as const
  expect([',', ';', '\t', '|', '^', '，'].map((one) => splitsByBytes(gb, one))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})

test('cells cut by a block’s end are whole', async () => {
  const row = `${'甲'.repeat(40)},"${'乙'.repeat(50)}",${'x'.repeat(300)}\n`
  const path = sampleFile(row.repeat(2_000))
  const texts = new CellTexts()
  const seen = new Set<string>()
  let rows = 0
  const source: AsyncGenerator<ByteRows, unknown> = splitBytes(
    path,
    { name: 'utf-8', bom_bytes: 0 },
    ',',
    defaultLimits,
  )
  for await (const block of source) {
    rows += block.count
    for (const { cells } of texts.rowsOf(block)) seen.add(cells.join('|'))
    seen.add(cellsOf(block, block.count - 1).join('|'))
  }
  expect([rows, seen.size]).toEqual([2_000, 1])
})

test('repeated lines are counted once, however they are printed', async () => {
  const path = sampleFile(
    '日期,客户,品名,数量,金额\n2024-07-01,清河县人民医院,氯沙坦钾片,5,50\n2024/7/1,清河县人民医院 ,氯沙坦钾片,5.0,50.00\n2024-07-01,清河县人民医院,氯沙坦钾片,6,60\n',
  )
  const { tables } = await inspectFile(path, 'x')
  const distinct = new DistinctLines()
  for await (const block of readColumns(path, 'x', tables[0] as TableLayout)) distinct.addAll(block)
  expect(distinct.size).toBe(2)
})
