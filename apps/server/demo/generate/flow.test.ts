import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { read, utils } from '@e965/xlsx'
import { afterAll, describe, expect, test } from 'vitest'
import { encodeGbk } from './gbk.ts'
import { LAYOUT_IDS, layoutOf } from './layouts.ts'
import { buildMonth, type MonthChoice, monthFiles } from './month-files.ts'
import { factorOf } from './products.ts'
import { samples } from './samples.ts'
import { CURRENT_MONTH, type DemoFile, HISTORY_MONTHS, type PlantedKind } from './shapes.ts'
import { world } from './world.ts'
import { fileBytes, writeMonthFile } from './write-file.ts'

const historyLines = (month: string, choice: MonthChoice = {}) => buildMonth(month, choice).lines

const folder = mkdtempSync(join(tmpdir(), 'demo-flow-'))
afterAll(() => rmSync(folder, { recursive: true }))

const KINDS: PlantedKind[] = [
  'duplicate_line',
  'out_of_period',
  'wrong_sign_return',
  'unknown_customer',
  'unknown_product_spelling',
  'unit_mixup',
  'same_terminal_two_distributors',
  'price_far_below_list',
  'missing_file',
  'file_sent_twice',
  'empty_file',
]

const current = monthFiles(CURRENT_MONTH)
const w = world('C1')

describe('months of flow', () => {
  test('the same seed gives the same content, another seed another', () => {
    expect(JSON.stringify(monthFiles('2026-03'))).toBe(JSON.stringify(monthFiles('2026-03')))
    const one = historyLines('2026-03')
    expect(historyLines('2026-03', { seed: 7 })[0]).not.toEqual(one[0])
  })

  test('a year of history has about 3,500 lines a month, quickly', () => {
    const started = performance.now()
    const counts = HISTORY_MONTHS.map((month) => historyLines(month).length)
    expect(performance.now() - started).toBeLessThan(3000)
    for (const count of counts) {
      expect(count).toBeGreaterThan(2300)
      expect(count).toBeLessThan(4500)
    }
  })

  test.each([HISTORY_MONTHS[0], HISTORY_MONTHS[7]])(
    'lines of %s are exactly the rows of its files that count',
    (month) => {
      const { files } = monthFiles(month)
      const lines = historyLines(month)
      const rows = files.flatMap((file) => file.truth.filter((row) => row.counts))
      const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0)
      expect(lines).toHaveLength(rows.length)
      expect(total(lines.map((line) => line.amount_fen))).toBe(total(rows.map((row) => row.amount_fen)))
      expect(total(lines.map((line) => Number(line.base_qty)))).toBe(
        total(rows.map((row) => Number(row.base_qty))),
      )
      expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length)
    },
  )

  test('price × quantity is the amount, quantity × factor the base quantity, and days lie in the month', () => {
    const products = new Map(w.products.map((entry) => [entry.key, entry]))
    for (const line of historyLines('2026-05')) {
      const product = products.get(line.product_key)
      if (!product) throw new Error(line.product_key)
      expect(Math.round(Number(line.price) * 100) * Number(line.qty)).toBe(line.amount_fen)
      expect(Number(line.qty) * factorOf(product, line.unit)).toBe(Number(line.base_qty))
      expect(line.occurred_on.slice(0, 7)).toBe('2026-05')
      expect(line.is_return).toBe(line.amount_fen < 0)
    }
  })

  test('a month that is not over has nothing after its last day', () => {
    const cut = historyLines(CURRENT_MONTH, { until: '2026-11-20' })
    expect(cut.length).toBeGreaterThan(1500)
    expect(cut.filter((line) => line.occurred_on > '2026-11-20')).toEqual([])
  })

  test('the second maker has a small flow of its own', () => {
    expect(historyLines('2026-10', { company: 'C2' }).length).toBeGreaterThan(80)
  })
})

describe('planted mistakes', () => {
  test.each([...HISTORY_MONTHS, CURRENT_MONTH])('every kind is in %s', (month) => {
    const found = new Set(monthFiles(month).planted.map((entry) => entry.kind))
    expect(KINDS.filter((kind) => !found.has(kind))).toEqual([])
  })

  test('they are what they say', () => {
    const names = new Set(w.institutions.flatMap((entry) => [entry.name, ...entry.aliases]))
    for (const file of current.files) {
      for (const row of file.truth) {
        if (row.planted === 'out_of_period') expect(row.occurred_on.slice(0, 7)).not.toBe(CURRENT_MONTH)
        if (row.planted === 'wrong_sign_return') {
          expect(Number(row.qty)).toBeLessThan(0)
          expect(cellUnder(file, row, 'qty')).toBeGreaterThan(0)
        }
        if (row.planted === 'unknown_customer') {
          expect(row.institution_key).toBeNull()
          expect(row.counts).toBe(false)
          expect(names.has(String(cellUnder(file, row, 'customer')))).toBe(false)
        }
        if (row.planted === 'unit_mixup') expect(cellUnder(file, row, 'unit')).not.toBe(row.unit)
      }
    }
    for (const key of current.missing)
      expect(current.files.some((file) => file.distributor_key === key)).toBe(false)
  })

  test('a returned quantity without its minus is only in layouts that show returns as negative', () => {
    for (const file of current.files) {
      const lost = file.truth.filter((row) => row.planted === 'wrong_sign_return')
      if (lost.length > 0) expect(layoutOf(file.layout).returns).toBe('negative')
    }
  })
})

function cellUnder(file: DemoFile, row: { sheet: string; row: number }, field: string) {
  const at = layoutOf(file.layout).columns.findIndex(([, own]) => own === field)
  const cell = file.sheets.find((sheet) => sheet.name === row.sheet)?.rows[row.row - 1]?.[at]
  return typeof cell === 'string' && field === 'qty' ? Number(cell.replaceAll(',', '')) : cell
}

describe('files', () => {
  test('at least twelve layouts are in use in one month', () => {
    const used = new Set(current.files.map((file) => file.layout))
    expect(used.size).toBeGreaterThanOrEqual(12)
    for (const id of LAYOUT_IDS) expect(used.has(id)).toBe(true)
    expect(current.files.some((file) => /^SM_JXS\d+_.+_20261130\.xlsx$/.test(file.file_name))).toBe(true)
    expect(new Set(current.files.map((file) => file.key)).size).toBe(current.files.length)
  })

  test('a workbook of each layout, read again, shows the same cells in the same rows', async () => {
    const one = [...Map.groupBy(current.files, (file) => file.layout).values()].map((files) => files[0])
    for (const file of one) {
      if (file?.format !== 'xlsx') continue
      const book = read(await fileBytes(file), { cellDates: true, UTC: true })
      expect(book.SheetNames).toEqual(file.sheets.map((sheet) => sheet.name))
      for (const row of file.truth) {
        const sheet = book.Sheets[row.sheet]
        if (!sheet) throw new Error(row.sheet)
        const rows = utils.sheet_to_json<unknown[]>(sheet, {
          header: 1,
          blankrows: true,
          defval: null,
          UTC: true,
        })
        const shown =
          rows[row.row - 1]?.[layoutOf(file.layout).columns.findIndex(([, field]) => field === 'lot')]
        expect(shown ?? null).toEqual(cellUnder(file, row, 'lot') ?? null)
        const expected = cellUnder(file, row, 'amount')
        const amount =
          rows[row.row - 1]?.[layoutOf(file.layout).columns.findIndex(([, field]) => field === 'amount')]
        if (expected !== undefined) expect(amount).toEqual(expected)
      }
    }
  })

  test('GBK bytes decode to the same text and csv rows stand where the truth says', async () => {
    const text = '重庆市綦江区中医院（药剂科）,10cm×10cm,￥１２'
    expect(new TextDecoder('gbk').decode(encodeGbk(text))).toBe(text)
    expect(() => encodeGbk('𠮷')).toThrow('GBK has no')
    const file = current.files.find((entry) => entry.layout === 'csv-gbk' && entry.truth.length > 10)
    if (!file) throw new Error('no GBK file this month')
    const path = join(folder, 'gbk.csv')
    await writeMonthFile(file, path)
    const lines = new TextDecoder('gbk').decode(readFileSync(path)).split('\r\n')
    for (const row of file.truth) expect(lines[row.row - 1]).toContain(row.occurred_on.replaceAll('-', ''))
  })

  test('six samples of different layouts can be written', async () => {
    const paths = await samples(join(folder, 'samples'))
    expect(paths).toHaveLength(6)
    for (const path of paths) expect(readFileSync(path).length).toBeGreaterThan(800)
  })
})

describe('plausible trade', () => {
  test('a device company sells no drugs and nobody sells outside its groups', () => {
    const products = new Map(w.products.map((entry) => [entry.key, entry]))
    const distributors = new Map(w.distributors.map((entry) => [entry.key, entry]))
    for (const line of historyLines('2026-06')) {
      const product = products.get(line.product_key)
      const distributor = distributors.get(line.distributor_key)
      expect(distributor?.product_groups).toContain(product?.group)
      if (distributor?.name.includes('医疗器械')) expect(product?.kind).toBe('device')
    }
  })
})
