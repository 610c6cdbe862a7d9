import { describe, expect, test } from 'vitest'
import { type Cell, type ReadTable, readAll, readOne, sampleFile, sampleWorkbook } from './samples.ts'
import type { Reading } from './shapes.ts'

const sheet = (rows: Cell[][], name?: string) => readOne(sampleWorkbook({ Sheet1: rows }), name)
const csv = (text: string, name?: string) => readOne(sampleFile(text), name)
const column = (table: ReadTable, field: keyof Reading) => table.lines.map((line) => line.reading[field])
const fieldsOf = (table: ReadTable) =>
  Object.fromEntries(table.layout.columns.map((guess) => [guess.header, guess.field]))

function expectBalance({ counts }: ReadTable) {
  const skipped = Object.values(counts.skipped).reduce((sum, rows) => sum + rows, 0)
  expect(counts.rows_seen).toBe(counts.rows_read + skipped)
}

const HEAD = ['日期', '客户', '品名', '规格', '批号', '数量', '单价', '金额']
const LINE = ['2024-07-01', '清河县人民医院', '氯沙坦钾片', '50mg*14片', '0012345', 5, 12.5, 62.5]

describe('the header', () => {
  test('is found below titles, and they give month and distributor', async () => {
    const table = await sheet([
      ['云台医药有限公司销售明细'],
      ['查询期间：2024-07-01 至 2024-07-31', null, null, '打印时间：2024-08-02 08:00:00'],
      [],
      HEAD,
      LINE,
    ])
    expect(table.layout).toMatchObject({
      header_row: 4,
      kind: 'sales',
      context: { month: '2024-07', distributor: '云台医药有限公司' },
    })
    expect(table.lines).toHaveLength(1)
    expectBalance(table)
  })

  test('may have two rows; this month counts, the year’s sum does not', async () => {
    const table = await sheet([
      ['2024年6月 客户销售汇总'],
      ['客户名称', '品名', '规格', '本月销售', null, '本年累计', null],
      [null, null, null, '数量', '金额', '数量', '金额'],
      ['清河县人民医院', '氯沙坦钾片', '50mg*14片', 5, 62.5, 50, 625],
    ])
    expect([column(table, 'qty'), column(table, 'amount_fen'), column(table, 'month')]).toEqual([
      ['5'],
      [6250],
      ['2024-06'],
    ])
  })

  test('repeated on every page is no line, nor are page sums and signatures', async () => {
    const table = await sheet([
      HEAD,
      LINE,
      ['本页小计', null, null, null, null, 5, null, 62.5],
      HEAD,
      LINE,
      ['累　计', null, null, null, null, 10, null, 125],
      ['制单：甲', null, '审核：乙'],
    ])
    expect(table.counts).toMatchObject({
      lines: 2,
      skipped: { header: 1, subtotal: 2, 'repeated-header': 1, footer: 1 },
    })
    expectBalance(table)
  })

  test('maps columns by their words, in whatever order they stand', async () => {
    const table = await csv(
      '计量单位,出库数量,备注,生产批号,购货单位,商品规格,药品名称,开票日期\n盒,5,,A1,清河县人民医院,50mg*14片,氯沙坦钾片,2024-07-01\n',
    )
    expect(fieldsOf(table)).toEqual({
      计量单位: 'unit',
      出库数量: 'qty',
      备注: 'remark',
      生产批号: 'lot',
      购货单位: 'customer_raw',
      商品规格: 'spec_raw',
      药品名称: 'product_raw',
      开票日期: 'occurred_on',
    })
  })

  test('that is unknown is mapped by its content', async () => {
    const rows = Array.from(
      { length: 5 },
      (_, day) => `2024/7/${day + 1},东岭县第${day + 1}医院,氯沙坦钾片,50mg*14片,盒,${day + 1}`,
    )
    const table = await csv(`甲一,甲二,商品名称,规格,甲五,数量\n${rows.join('\n')}\n`)
    expect(fieldsOf(table)).toMatchObject({ 甲一: 'occurred_on', 甲二: 'customer_raw', 甲五: 'unit' })
  })
})

describe('rival columns', () => {
  test('the amount with tax is meant where both stand', async () => {
    const rows = [10, 20, 30].map(
      (qty) =>
        `2024-07-01,清河县人民医院,氯沙坦钾片,${qty},11.3,10,${(qty * 11.3).toFixed(2)},${qty * 10},${(qty * 1.3).toFixed(2)}`,
    )
    const table = await csv(
      `日期,客户,品名,数量,含税单价,不含税单价,价税合计,不含税金额,税额\n${rows.join('\n')}\n`,
    )
    expect(column(table, 'price')).toEqual(['11.3', '11.3', '11.3'])
    expect(column(table, 'amount_fen')).toEqual([11300, 22600, 33900])
  })

  test('单位 is a unit or a buyer by what stands in it', async () => {
    const unit = await csv('日期,购货单位,品名,单位,数量\n2024-07-01,清河县人民医院,氯沙坦钾片,盒,5\n')
    expect(fieldsOf(unit)).toMatchObject({ 单位: 'unit', 购货单位: 'customer_raw' })
    const buyer = await csv('销售日期,单位,品名,数量\n2024-07-01,清河县人民医院,氯沙坦钾片,5\n')
    expect(fieldsOf(buyer)).toMatchObject({ 单位: 'customer_raw' })
  })

  test('cartons beside pieces: pieces are the quantity', async () => {
    const table = await csv(
      '日期,客户,品名,件数,数量,单价,金额\n2024-07-01,清河县人民医院,氯沙坦钾片,0.5,50,2,100\n',
    )
    expect(column(table, 'qty')).toEqual(['50'])
  })
})

describe('the kind', () => {
  test.each([
    ['采购日期,供应商,品名,数量\n2024-07-01,云台制药有限公司,氯沙坦钾片,5\n', '', 'purchase'],
    ['入库日期,单位名称,品名,入库数量\n2024-07-01,云台制药有限公司,氯沙坦钾片,5\n', '', 'purchase'],
    ['品名,规格,批号,库存数量\n氯沙坦钾片,50mg*14片,A1,5\n', '', 'stock'],
    ['品名,规格,期初数量,购进数量,销售数量,期末数量\n氯沙坦钾片,50mg*14片,5,10,6,9\n', '', 'stock'],
    [
      '日期,单位名称,品名,数量\n2024-07-01,云台制药有限公司,氯沙坦钾片,5\n',
      'PM_A1_云台_20240731.csv',
      'purchase',
    ],
    ['日期,单位名称,品名,数量\n2024-07-01,清河县人民医院,氯沙坦钾片,5\n', '7月流向.csv', 'sales'],
  ])('of %j (%s) is %s', async (text, name, kind) => expect((await csv(text, name)).layout.kind).toBe(kind))

  test('a stock movement’s quantity is the closing one', async () => {
    const table = await csv('品名,规格,期初数量,购进数量,销售数量,期末数量\n氯沙坦钾片,50mg*14片,5,10,6,9\n')
    expect(column(table, 'qty')).toEqual(['9'])
  })
})

describe('cells left blank', () => {
  test('below a merged name take it, a new name starts anew', async () => {
    const table = await sheet([
      ['品名', '规格', '日期', '客户', '数量'],
      ['氯沙坦钾片', '50mg*14片', '2024-07-01', '清河县人民医院', 1],
      [null, null, '2024-07-02', '东岭县人民医院', 2],
      [null, null, '2024-07-03', '南湾县人民医院', 3],
      ['小计', null, null, null, 6],
      ['人工晶状体', null, '2024-07-04', '清河县人民医院', 4],
      [null, null, '2024-07-05', '东岭县人民医院', 5],
    ])
    expect(column(table, 'product_raw')).toEqual([
      '氯沙坦钾片',
      '氯沙坦钾片',
      '氯沙坦钾片',
      '人工晶状体',
      '人工晶状体',
    ])
    expect(column(table, 'spec_raw')).toEqual(['50mg*14片', '50mg*14片', '50mg*14片', '', ''])
  })

  test('here and there are missing values, not names to repeat', async () => {
    const rows: Cell[][] = Array.from({ length: 30 }, (_, index) => [
      '2024-07-01',
      index === 7 ? null : '清河县人民医院',
      '氯沙坦钾片',
      index + 1,
    ])
    const table = await sheet([['日期', '客户', '品名', '数量'], ...rows])
    expect(table.lines[7]?.reading.customer_raw).toBe('')
    expect(table.lines[7]?.issues).toEqual([
      { code: 'reading.missing-customer', field: 'customer_raw', text: '' },
    ])
  })

  test('lines below 客户：… belong to it', async () => {
    const table = await sheet([
      ['日期', '单号', '商品', '数量'],
      ['客户：清河县人民医院'],
      ['2024-07-01', 'XS1', '氯沙坦钾片', 1],
      ['小计', null, null, 1],
      ['客户：东岭县人民医院'],
      ['2024-07-02', 'XS2', '氯沙坦钾片', 2],
    ])
    expect(column(table, 'customer_raw')).toEqual(['清河县人民医院', '东岭县人民医院'])
    expect(table.counts.skipped).toEqual({ header: 1, 'group-heading': 2, subtotal: 1 })
  })

  test('lines below a row with a name alone belong to it', async () => {
    const table = await sheet([
      ['日期', '商品', '数量'],
      ['清河县人民医院'],
      ['2024-07-01', '氯沙坦钾片', 1],
      ['东岭县人民医院'],
      ['2024-07-02', '氯沙坦钾片', 2],
    ])
    expect(column(table, 'customer_raw')).toEqual(['清河县人民医院', '东岭县人民医院'])
  })
})

describe('figures', () => {
  test('lots keep the zeros and digits they are meant with', async () => {
    const table = await sheet([
      ['日期', '客户', '品名', '批号', '数量'],
      ['2024-07-01', '清河县人民医院', '氯沙坦钾片', { v: 12_345, z: '0000000' }, 1],
      ['2024-07-01', '清河县人民医院', '氯沙坦钾片', 202_407_310_012, 1],
      ['2024-07-01', '清河县人民医院', '氯沙坦钾片', '="0012345"', 1],
      ['2024-07-01', '清河县人民医院', '氯沙坦钾片', '00123', 1],
    ])
    expect(column(table, 'lot')).toEqual(['0012345', '202407310012', '0012345', '00123'])
  })

  test('dates of every writing are one day', async () => {
    const dates: Cell[] = [
      { v: 45_504, z: 'yyyy/m/d' },
      45_504,
      20_240_731,
      '2024.7.31',
      '2024年7月31日',
      '24/7/31',
      '7月31日',
    ]
    const table = await sheet([
      ['2024年7月销售明细'],
      ['日期', '客户', '品名', '数量'],
      ...dates.map((date): Cell[] => [date, '清河县人民医院', '氯沙坦钾片', 1]),
    ])
    expect(new Set(column(table, 'occurred_on'))).toEqual(new Set(['2024-07-31']))
  })

  test('a return is negative by sign, brackets or its document’s type', async () => {
    const table = await csv(
      '日期,单据类型,客户,品名,数量,金额\n2024-07-01,销售,清河县人民医院,氯沙坦钾片,5,50\n2024-07-01,销售退回,清河县人民医院,氯沙坦钾片,5,50\n2024-07-01,销售,清河县人民医院,氯沙坦钾片,(5),(50)\n2024-07-01,退货,清河县人民医院,氯沙坦钾片,-5,-50\n',
    )
    expect(column(table, 'qty')).toEqual(['5', '-5', '-5', '-5'])
    expect(column(table, 'amount_fen')).toEqual([5000, -5000, -5000, -5000])
    expect(column(table, 'is_return')).toEqual([false, true, true, true])
  })

  test('an expiry month is good to its last day', async () => {
    const table = await csv('品名,批号,有效期至,库存数量\n氯沙坦钾片,A1,2026-02,5\n')
    expect(column(table, 'expires_on')).toEqual(['2026-02-28'])
  })

  test('the header’s unit is the lines’', async () => {
    expect(
      column(await csv('日期,客户,品名,数量（盒）\n2024-07-01,清河县人民医院,氯沙坦钾片,5\n'), 'unit'),
    ).toEqual(['盒'])
  })

  test('a joined name and spec are cut where that is clear', async () => {
    const table = await csv(
      '日期,终端名称,品规,数量\n2024-07-01,清河县人民医院,氯沙坦钾片(安) 50mg*14片,5\n2024-07-01,清河县人民医院,人工晶状体,1\n',
    )
    expect(column(table, 'product_raw')).toEqual(['氯沙坦钾片(安)', '人工晶状体'])
    expect(column(table, 'spec_raw')).toEqual(['50mg*14片', ''])
  })
})

test('what is wrong in a row is an issue on its line', async () => {
  const table = await csv(
    '日期,客户,品名,数量,单价,金额\n三十日,,氯沙坦钾片,若干,10,50\n2024-07-01,清河县人民医院,,5,10,70\n',
  )
  expect(table.lines.map((line) => line.issues.map((issue) => issue.code))).toEqual([
    ['reading.bad-date', 'reading.bad-qty', 'reading.missing-customer'],
    ['reading.missing-product', 'reading.amount-differs'],
  ])
})

describe('pivots', () => {
  test('months across: a line for each filled cell', async () => {
    const table = await sheet([
      ['氯沙坦钾片 50mg*14片 2024年各医院销量统计（单位：盒）'],
      ['序号', '医院名称', '5月', '6月', '合计'],
      [1, '清河县人民医院', 0, 30, 30],
      [2, '东岭县人民医院', 5, -2, 3],
      ['合计', null, 5, 28, 33],
    ])
    const rows = table.lines.map(({ reading }) => [
      reading.customer_raw,
      reading.product_raw,
      reading.spec_raw,
      reading.month,
      reading.qty,
      reading.unit,
    ])
    expect(rows).toEqual([
      ['清河县人民医院', '氯沙坦钾片', '50mg*14片', '2024-06', '30', '盒'],
      ['东岭县人民医院', '氯沙坦钾片', '50mg*14片', '2024-05', '5', '盒'],
      ['东岭县人民医院', '氯沙坦钾片', '50mg*14片', '2024-06', '-2', '盒'],
    ])
    expectBalance(table)
  })

  test('products across, their specs below', async () => {
    const table = await sheet([
      ['客户名称', '氯沙坦钾片', '人工晶状体', '一次性输液器', '业务员'],
      [null, '50mg*14片', 'SA60AT', '0.7mm', null],
      ['清河县人民医院', 5, null, 7, '甲'],
    ])
    const rows = table.lines.map(({ reading }) => [reading.product_raw, reading.spec_raw, reading.qty])
    expect(rows).toEqual([
      ['氯沙坦钾片', '50mg*14片', '5'],
      ['一次性输液器', '0.7mm', '7'],
    ])
  })
})

describe('several tables', () => {
  const STOCK: Cell[][] = [
    ['品名', '批号', '库存数量'],
    ['氯沙坦钾片', 'A1', 9],
  ]

  test('in several sheets, a summary sheet left out', async () => {
    const path = sampleWorkbook({
      汇总: [
        ['客户名称', '金额'],
        ['清河县人民医院', 62.5],
      ],
      销售: [HEAD, LINE],
      库存: STOCK,
    })
    const tables = await readAll(path)
    expect(tables.map((table) => [table.layout.sheet, table.layout.kind, table.lines.length])).toEqual([
      ['销售', 'sales', 1],
      ['库存', 'stock', 1],
    ])
  })

  test('one below the other in one sheet', async () => {
    const tables = await readAll(
      sampleWorkbook({ 一: [['销售明细'], HEAD, LINE, LINE, [], ['库存明细'], ...STOCK] }),
    )
    expect(tables.map((table) => [table.layout.kind, table.lines.length])).toEqual([
      ['sales', 2],
      ['stock', 1],
    ])
    for (const table of tables) expectBalance(table)
  })
})

test('a person’s mapping outweighs the guesses', async () => {
  const path = sampleFile('日期,客户,品名,数量,实数\n2024-07-01,清河县人民医院,氯沙坦钾片,5,6\n')
  expect(column(await readOne(path, 'x', { 4: 'qty' }), 'qty')).toEqual(['6'])
  expect(column(await readOne(path, 'x', { 1: null }), 'customer_raw')).toEqual([''])
})

test('the same headers have the same fingerprint, whatever stands above or below', async () => {
  const one = await sheet([HEAD, LINE])
  const other = await sheet([['标题'], HEAD.map((text) => ` ${text} `), LINE, LINE])
  expect(other.layout.fingerprint).toBe(one.layout.fingerprint)
})
