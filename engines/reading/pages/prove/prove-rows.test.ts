import { describe, expect, test } from 'vitest'
import { DOUBTFUL_BELOW } from '../../open/source.ts'
import type { Glyph, PageRow } from '../page-shapes.ts'
import { proveRows } from './prove-rows.ts'
import { isSpec, tidySpec } from './spec-text.ts'

const HEADER = ['日期', '客户名称', '品名', '规格', '批号', '数量', '单价', '金额']

/** A scanned row; a cell is its text, or text with the sureness of its characters and what else they may be. */
function row(
  ...cells: (string | { text: string; sure: number; others?: Record<number, string> })[]
): PageRow {
  return {
    page: 1,
    scanned: true,
    cells: cells.map((cell) => {
      const { text, sure, others } =
        typeof cell === 'string' ? { text: cell, sure: 0.99, others: undefined } : cell
      const glyphs: Glyph[] = [...text].map((character, at) => ({
        text: character,
        left: at * 30,
        right: at * 30 + 28,
        sure: others && !(at in others) ? 0.99 : sure,
        others: others?.[at] ?? '',
      }))
      return { text, box: [0, 0, 10, 10], sure, glyphs: text === '' ? undefined : glyphs }
    }),
  }
}

function proven(...rows: PageRow[]): PageRow[] {
  proveRows([row(...HEADER), ...rows], null)
  return rows
}

const texts = (each: PageRow | undefined) => each?.cells.map((cell) => cell.text)
const sure = (each: PageRow | undefined, column: number) => each?.cells[column]?.sure ?? 0

const QTY = 5

describe('quantity × price = amount', () => {
  test.each([
    ['comes out: all three are sure', ['12', '3.50', '42.00'], ['12', '3.50', '42.00'], true],
    ['one digit confused is put right', ['12', '3.50', '47.00'], ['12', '3.50', '42.00'], true],
    ['a lost minus is put back', ['2', '3.50', '-7.00'], ['-2', '3.50', '-7.00'], true],
    ['a quantity that was not read follows', ['', '3.50', '42.00'], ['12', '3.50', '42.00'], false],
    ['a comma read for the point', ['12', '3.50', '42,00'], ['12', '3.50', '42.00'], true],
    ['a stroke of the rule read as a digit', ['12|', '3.50', '42.00'], ['12', '3.50', '42.00'], true],
    ['nothing explains it: all three are doubtful', ['12', '3.50', '99.00'], ['12', '3.50', '99.00'], false],
  ])('%s', (_, [qty, price, amount], expected, isSure) => {
    const [line] = proven(
      row(
        '2025-09-01',
        '某某医院',
        '缬沙坦胶囊',
        '80mg*7粒',
        'B24091',
        qty as string,
        price as string,
        amount as string,
      ),
    )
    expect(texts(line)?.slice(QTY)).toEqual(expected)
    expect(sure(line, QTY) >= DOUBTFUL_BELOW).toBe(isSure)
  })

  test('without a price, one price on several lines proves them and finds a lost quantity', () => {
    const header = row('日期', '客户名称', '品名', '规格', '数量', '金额')
    const lines = [
      row('2025-09-01', '某某医院', '缬沙坦胶囊', '80mg*7粒', '2', '64.28'),
      row('2025-09-01', '某某医院', '缬沙坦胶囊', '80mg*7粒', '10', '321.40'),
      row('2025-09-02', '某某医院', '缬沙坦胶囊', '80mg*7粒', '', '96.42'),
    ]
    proveRows([header, ...lines], null)
    expect(lines[2]?.cells[4]?.text).toBe('3')
    expect(lines[0]?.cells[4]?.sure).toBeGreaterThan(0.9)
  })

  test('a total proves its column', () => {
    const header = row('品名', '规格', '数量')
    const lines = ['3', '4', '5'].map((qty) => row('缬沙坦胶囊', '80mg*7粒', { text: qty, sure: 0.7 }))
    proveRows([header, ...lines, row('合计', '', '12')], null)
    expect(lines.every((line) => (line.cells[2]?.sure ?? 0) > 0.9)).toBe(true)
  })
})

describe('names', () => {
  test('a character that looks like the right one is put right by the stems names are made of', () => {
    const [line] = proven(row('2025-09-01', '某某医院', '甲钻胺片', '0.5mg*20片', 'B24091', '1', '2', '2'))
    expect(line?.cells[2]).toMatchObject({ text: '甲钴胺片', repaired: { from: '甲钻胺片' } })
  })

  test('a rare character that was left out is put back, and not where nothing lacks', () => {
    const [short, whole] = proven(
      row('2025-09-01', '某某医院', '沙库巴曲沙坦钠片', '0.1g*14片', 'B24091', '1', '2', '2'),
      row('2025-09-01', '某某医院', '厄贝沙坦片', '0.15g*7片', 'B24092', '1', '2', '2'),
    )
    expect(texts(short)?.[2]).toBe('沙库巴曲缬沙坦钠片')
    expect(texts(whole)?.[2]).toBe('厄贝沙坦片')
  })

  test('the second choice of the recogniser that makes a known name is taken; what is printed surely stays', () => {
    const names = {
      product: (text: string) => text === '虚构丹片',
      customer: (text: string) => text === '白水镇卫生院',
    }
    const line = row(
      '2025-09-01',
      '白水镇卫牛院',
      { text: '虚枸丹片', sure: 0.5, others: { 1: '构购' } },
      '1g',
      'B1',
      '1',
      '2',
      '2',
    )
    proveRows([row(...HEADER), line], names)
    expect(texts(line)?.slice(1, 3)).toEqual(['白水镇卫牛院', '虚构丹片'])
  })

  test('a hole in evenly set type is doubtful', () => {
    const line = row('2025-09-01', '余姚市马镇中心卫生院', '缬沙坦胶囊', '80mg*7粒', 'B1', '1', '2', '2')
    for (const glyph of line.cells[1]?.glyphs?.slice(4) ?? []) {
      glyph.left += 30
      glyph.right += 30
    }
    proven(line)
    expect(sure(line, 1)).toBeLessThan(DOUBTFUL_BELOW)
  })

  test('a lone reading beside many that differ where it was unsure follows them', () => {
    const lot = (text: string, at: number) =>
      row('2025-09-01', '某某医院', '缬沙坦胶囊', '80mg*7粒', { text, sure: at }, '1', '2', '2')
    const lines = proven(lot('B2409137', 0.99), lot('B2409137', 0.99), lot('82409137', 0.5))
    expect(texts(lines[2])?.[4]).toBe('B2409137')
  })
})

describe('specs', () => {
  test.each([
    ['3m1:300单位', '3ml:300单位'],
    ['80mg7粒', '80mg*7粒'],
    ['10ml~10支', '10ml*10支'],
    ['0.25g°24粒/盒', '0.25g*24粒/盒'],
    ['50ug*100片', '50μg*100片'],
    ['17.5cm9.5cm', '17.5cm×9.5cm'],
    ['5ml 0.7×32TWLB', '5ml 0.7×32TWLB'],
  ])('%s is %s', (read, meant) => {
    const cell = { text: read, box: null, sure: 0.9 }
    tidySpec(cell, '*')
    expect(cell.text).toBe(meant)
  })

  test.each([
    ['0.5g*20片', true],
    ['100ml:0.6g', true],
    ['250mg/5ml*100ml', true],
    ['3ml:300单位(笔芯)', true],
    ['0.5g*2O片库', false],
  ])('%s fits the grammar: %s', (text, fits) => expect(isSpec(text)).toBe(fits))
})

test('dates of a rising list are sure where they fit, doubtful where they do not', () => {
  const days = [
    '2025-09-01',
    '2025-09-02',
    '2025-09-29',
    '2025-09-03',
    '2025-09-04',
    '2025-09-05',
    '2025-09-05',
    '2025-09-06',
  ]
  const lines = proven(
    ...days.map((day) =>
      row({ text: day, sure: 0.93 }, '某某医院', '缬沙坦胶囊', '80mg*7粒', 'B1', '1', '2', '2'),
    ),
  )
  expect(lines.map((line) => sure(line, 0) >= DOUBTFUL_BELOW)).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
    true,
    true,
  ])
})

test('rows that a file’s own text gave are left alone', () => {
  const line = row('2025-09-01', '某某医院', '甲钻胺片', '80mg7粒', 'B1', '1', '2', '3')
  delete line.scanned
  proveRows([line], null)
  expect(texts(line)).toContain('甲钻胺片')
})

describe('names that stand over their lines', () => {
  const heading = (...cells: Parameters<typeof row>) =>
    row(...cells, ...Array<string>(HEADER.length - cells.length).fill(''))
  const LINE = ['2025-09-01', '', '缬沙坦胶囊', '80mg*7粒', 'B24091', '12', '3.50', '42.00']

  test('read surely are sure, with an unsure character they are not', () => {
    const [plain, unsure] = proven(
      heading('客户：清河县人民医院'),
      heading({ text: '客户：清问县人民医院', sure: 0.7, others: { 4: '河' } }),
      row(...LINE),
    )
    expect(sure(plain, 0)).toBeGreaterThanOrEqual(DOUBTFUL_BELOW)
    expect(sure(unsure, 0)).toBeLessThan(DOUBTFUL_BELOW)
  })

  test('lose the marks read along beside them', () => {
    const [first] = proven(heading('客户：清河县人民医院', ':'), row(...LINE))
    expect(texts(first)?.slice(0, 2)).toEqual(['客户：清河县人民医院', ''])
  })
})

describe('lots', () => {
  const lots = (...printed: Parameters<typeof row>) =>
    proven(
      ...printed.map((lot) =>
        row('2025-09-01', '清河县人民医院', '缬沙坦胶囊', '80mg*7粒', lot, '12', '3.50', '42.00'),
      ),
    )

  test('figures alone amid lots with a hyphen may have lost theirs', () => {
    const [hyphen, lost] = lots('668679-3', '9639332')
    expect(sure(hyphen, 4)).toBeGreaterThanOrEqual(DOUBTFUL_BELOW)
    expect(sure(lost, 4)).toBeLessThan(DOUBTFUL_BELOW)
  })

  test('an unsure 8 that may be a B is doubtful, however often it was read', () => {
    const unsure = { text: 'MKE46858', sure: 0.94, others: { 7: 'B' } }
    for (const each of lots(unsure, unsure)) expect(sure(each, 4)).toBeLessThan(DOUBTFUL_BELOW)
  })
})
