import { describe, expect, test } from 'vitest'
import { type Cell, type ReadTable, readAll, readOne, sampleFile, sampleWorkbook } from './samples.ts'

// Layouts as distributors' systems print them, each with the reading it must give.

const sheet = (rows: Cell[][], name?: string) => readOne(sampleWorkbook({ Sheet1: rows }), name)
const csv = (text: string, name?: string) => readOne(sampleFile(text), name)

/** A line in short: day or month, customer or supplier, product, spec, quantity, amount in yuan. */
function short(table: ReadTable): unknown[][] {
  return table.lines.map(({ reading }) => [
    reading.occurred_on ?? reading.month,
    reading.customer_raw || reading.supplier_raw,
    reading.product_raw,
    reading.spec_raw,
    reading.qty,
    reading.amount_fen === null ? null : reading.amount_fen / 100,
  ])
}

const A = '清河县人民医院'
const B = '东岭县中医院'
const P = '氯沙坦钾片'
const Q = '阿莫西林胶囊'
const PS = '50mg*14片'
const QS = '0.25g*24粒'

describe('tables side by side', () => {
  test('parted by a blank column', async () => {
    const tables = await readAll(
      sampleWorkbook({
        一: [
          ['销售明细', null, null, null, null, null, '库存明细'],
          ['日期', '客户', '品名', '规格', '数量', null, '品名', '规格', '批号', '库存数量'],
          ['2024-07-01', A, P, PS, 5, null, P, PS, 'A1', 90],
          ['2024-07-02', B, Q, QS, 6, null, Q, QS, 'A2', 80],
          ['2024-07-03', A, Q, QS, 7],
          ['合计', null, null, null, 18, null, '合计', null, null, 170],
        ],
      }),
    )
    expect(tables.map((table) => table.layout.kind)).toEqual(['sales', 'stock'])
    expect(short(tables[0] as ReadTable)).toEqual([
      ['2024-07-01', A, P, PS, '5', null],
      ['2024-07-02', B, Q, QS, '6', null],
      ['2024-07-03', A, Q, QS, '7', null],
    ])
    expect(
      (tables[1] as ReadTable).lines.map(({ reading }) => [reading.product_raw, reading.lot, reading.qty]),
    ).toEqual([
      [P, 'A1', '90'],
      [Q, 'A2', '80'],
    ])
  })

  test('the same columns twice, without a gap', async () => {
    const tables = await readAll(
      sampleWorkbook({
        一: [
          ['日期', '客户', '品名', '数量', '日期', '客户', '品名', '数量'],
          ['2024-07-01', A, P, 5, '2024-07-11', B, P, 1],
          ['2024-07-02', B, Q, 6, '2024-07-12', A, Q, 2],
        ],
      }),
    )
    expect(tables.flatMap(short).map((line) => [line[0], line[4]])).toEqual([
      ['2024-07-01', '5'],
      ['2024-07-02', '6'],
      ['2024-07-11', '1'],
      ['2024-07-12', '2'],
    ])
  })

  test('a blank column inside one table parts nothing', async () => {
    const table = await sheet([
      ['日期', '客户', '单号', null, '品名', '规格', '数量', '金额'],
      ['2024-07-01', A, 'XS1', null, P, PS, 5, 50],
    ])
    expect(short(table)).toEqual([['2024-07-01', A, P, PS, '5', 50]])
  })
})

describe('tables below one another', () => {
  test('the second begins below the first 400 rows', async () => {
    const rows: Cell[][] = Array.from({ length: 900 }, (_, index) => ['2024-07-01', A, P, index + 1])
    const tables = await readAll(
      sampleWorkbook({
        一: [
          ['日期', '客户', '品名', '数量'],
          ...rows,
          ['合计', null, null, 405_450],
          [],
          ['库存明细'],
          ['品名', '规格', '批号', '库存数量'],
          [P, PS, 'A1', 7],
        ],
      }),
    )
    expect(tables.map((table) => [table.layout.kind, table.lines.length])).toEqual([
      ['sales', 900],
      ['stock', 1],
    ])
  })

  test('with the same header, told apart by another distributor above it', async () => {
    const part = (name: string, qty: number): Cell[][] => [
      [`${name}销售明细`],
      ['日期', '客户', '品名', '规格', '数量', '金额'],
      ['2024-07-01', A, P, PS, qty, qty * 10],
      ['合计', null, null, null, qty, qty * 10],
      [],
    ]
    const tables = await readAll(
      sampleWorkbook({ 一: [...part('云台医药有限公司', 1), ...part('白石医药有限公司', 2)] }),
    )
    expect(tables.map((table) => [table.layout.context.distributor, table.lines.length])).toEqual([
      ['云台医药有限公司', 1],
      ['白石医药有限公司', 1],
    ])
  })

  test('with the same words in another order', async () => {
    const tables = await readAll(
      sampleWorkbook({
        一: [
          ['日期', '客户', '品名', '规格', '数量', '金额'],
          ['2024-07-01', A, P, PS, 1, 10],
          [],
          ['客户', '品名', '规格', '金额', '数量', '日期'],
          [B, Q, QS, 20, 2, '2024-07-02'],
        ],
      }),
    )
    expect(tables.flatMap(short)).toEqual([
      ['2024-07-01', A, P, PS, '1', 10],
      ['2024-07-02', B, Q, QS, '2', 20],
    ])
  })

  test('a page header with its title and page number is no second table', async () => {
    const page = (number: number, qty: number): Cell[][] => [
      ['云台医药有限公司销售明细表'],
      ['期间：2024-07-01 至 2024-07-31', null, null, `第${number}页`],
      ['日期', '客户', '品名', '规格', '数量', '金额'],
      ['2024-07-01', A, P, PS, qty, qty * 10],
      ['本页小计', null, null, null, qty, qty * 10],
    ]
    expect(short(await sheet([...page(1, 1), ...page(2, 2), ...page(3, 3)])).map((line) => line[4])).toEqual([
      '1',
      '2',
      '3',
    ])
  })
})

describe('headings above groups', () => {
  test('label and name in two cells, a code before the name', async () => {
    const table = await sheet([
      ['日期', '商品名称', '规格', '数量'],
      ['客户编码：C01  客户名称：清河县人民医院'],
      ['2024-07-01', P, PS, 1],
      ['小计', null, null, 1],
      ['客户名称：', B],
      ['2024-07-02', Q, QS, 2],
    ])
    expect(short(table)).toEqual([
      ['2024-07-01', A, P, PS, '1', null],
      ['2024-07-02', B, Q, QS, '2', null],
    ])
  })

  test('product and spec with labels, the header printed again below each', async () => {
    const part = (product: string, spec: string, qty: number): Cell[][] => [
      [`品名：${product}    规格：${spec}`],
      ['日期', '客户', '批号', '数量'],
      ['2024-07-01', A, 'A1', qty],
      ['小计', null, null, qty],
    ]
    const tables = await readAll(sampleWorkbook({ 一: [...part(P, PS, 1), ...part(Q, QS, 2)] }))
    expect(tables.flatMap(short)).toEqual([
      ['2024-07-01', A, P, PS, '1', null],
      ['2024-07-01', A, Q, QS, '2', null],
    ])
  })

  test('numbered names, and in corner brackets', async () => {
    const table = await sheet([
      ['日期', '商品名称', '规格', '数量'],
      ['一、清河县人民医院'],
      ['2024-07-01', P, PS, 1],
      ['【东岭县中医院】'],
      ['2024-07-02', Q, QS, 2],
    ])
    expect(short(table).map((line) => line[1])).toEqual([A, B])
  })

  test('a name with the sums of its group beside it', async () => {
    const table = await sheet(
      [
        ['客户名称', '商品名称', '规格', '数量', '金额'],
        [A, null, null, 3, 30],
        [null, P, PS, 1, 10],
        [null, Q, QS, 2, 20],
        [B, null, null, 4, 40],
        [null, P, PS, 4, 40],
        ['总计', null, null, 7, 70],
      ],
      '2024年7月流向.xlsx',
    )
    expect(short(table)).toEqual([
      ['2024-07', A, P, PS, '1', 10],
      ['2024-07', A, Q, QS, '2', 20],
      ['2024-07', B, P, PS, '4', 40],
    ])
  })
})

describe('headings in two levels and headers as systems print them', () => {
  test('customers, and below each its products', async () => {
    const table = await sheet([
      ['日期', '批号', '数量', '金额'],
      [`客户：${A}`],
      [`品名：${P}  规格：${PS}`],
      ['2024-07-01', 'A1', 5, 62.5],
      ['小计', null, 5, 62.5],
      [`品名：${Q}  规格：${QS}`],
      ['2024-07-02', 'A2', 6, 60],
      [`客户：${B}`],
      [`品名：${P}  规格：${PS}`],
      ['2024-07-03', 'A3', 1, 12.5],
    ])
    expect(short(table)).toEqual([
      ['2024-07-01', A, P, PS, '5', 62.5],
      ['2024-07-02', A, Q, QS, '6', 60],
      ['2024-07-03', B, P, PS, '1', 12.5],
    ])
  })

  test('a product’s heading with its code in front and its maker behind', async () => {
    const table = await sheet([
      ['日期', '客户', '批号', '数量'],
      [`[0101] ${P} ${PS} 云台制药`],
      ['2024-07-01', A, 'A1', 5],
      [`[0102] ${Q} ${QS} 白石制药`],
      ['2024-07-02', B, 'A2', 6],
    ])
    expect(short(table)).toEqual([
      ['2024-07-01', A, P, PS, '5', null],
      ['2024-07-02', B, Q, QS, '6', null],
    ])
  })

  test('the header once in Chinese and once in English', async () => {
    const table = await sheet([
      ['日期', '客户名称', '产品名称', '规格', '数量', '金额'],
      ['Date', 'Customer', 'Product', 'Spec', 'Qty', 'Amount'],
      ['2024-07-01', A, P, PS, 5, 62.5],
      ['Total', null, null, null, 5, 62.5],
    ])
    expect(short(table)).toEqual([['2024-07-01', A, P, PS, '5', 62.5]])
  })

  test('both languages, stars and notes in a header’s cell', async () => {
    const table = await sheet([
      ['日期\nDate', '客户名称/Customer', '产品名称（必填）', '规格*', '数量(最小单位)', '金额(元)'],
      ['2024-07-01', A, P, PS, 5, 62.5],
    ])
    expect(short(table)).toEqual([['2024-07-01', A, P, PS, '5', 62.5]])
  })

  test('an order’s date, number and customer on its first line only', async () => {
    const table = await sheet([
      ['日期', '单据编号', '购货单位', '产品名称', '规格型号', '实发数量', '销售金额'],
      ['2024-07-01', 'X1', A, P, PS, 5, 62.5],
      [null, null, null, Q, QS, 2, 20],
      ['2024-07-02', 'X2', B, Q, QS, 3, 30],
      [null, null, null, P, PS, 1, 12.5],
    ])
    expect(short(table).map((line) => [line[0], line[1]])).toEqual([
      ['2024-07-01', A],
      ['2024-07-01', A],
      ['2024-07-02', B],
      ['2024-07-02', B],
    ])
    expect(table.lines.map((line) => line.reading.doc_no)).toEqual(['X1', 'X1', 'X2', 'X2'])
  })

  test('year, month and day in columns of their own', async () => {
    const table = await sheet([
      ['年', '月', '日', '客户名称', '品名', '规格', '数量'],
      [2024, 7, 31, A, P, PS, 5],
    ])
    expect(short(table)).toEqual([['2024-07-31', A, P, PS, '5', null]])
  })
})

describe('pivots', () => {
  test('two products across, name and spec in the header’s cell', async () => {
    const table = await sheet([
      ['2024年7月销售汇总表'],
      ['序号', '客户名称', P + PS, Q + QS, '合计'],
      [1, A, 5, 6, 11],
      [2, B, null, 7, 7],
    ])
    expect(short(table)).toEqual([
      ['2024-07', A, P, PS, '5', null],
      ['2024-07', A, Q, QS, '6', null],
      ['2024-07', B, Q, QS, '7', null],
    ])
  })

  test('months over quantity and amount', async () => {
    const table = await sheet([
      ['2024年销售汇总'],
      ['客户名称', '商品名称', '规格', '6月', null, '7月', null, '合计', null],
      [null, null, null, '数量', '金额', '数量', '金额', '数量', '金额'],
      [A, P, PS, 1, 10, 2, 20, 3, 30],
      [B, P, PS, 0, 0, 4, 40, 4, 40],
    ])
    expect(short(table)).toEqual([
      ['2024-06', A, P, PS, '1', 10],
      ['2024-07', A, P, PS, '2', 20],
      ['2024-07', B, P, PS, '4', 40],
    ])
  })

  test('months and measures in one header row', async () => {
    const table = await sheet([
      ['2024年销售汇总'],
      ['客户名称', '商品名称', '6月数量', '6月金额', '7月数量', '7月金额'],
      [A, P, 1, 10, 2, 20],
    ])
    expect(short(table)).toEqual([
      ['2024-06', A, P, '', '1', 10],
      ['2024-07', A, P, '', '2', 20],
    ])
  })

  test('products over quantity and amount', async () => {
    const table = await sheet([
      ['2024年7月各医院销售'],
      ['医院名称', P, null, Q, null],
      [null, '数量', '金额', '数量', '金额'],
      [A, 1, 10, 2, 20],
      [B, null, null, 3, 30],
    ])
    expect(short(table)).toEqual([
      ['2024-07', A, P, '', '1', 10],
      ['2024-07', A, Q, '', '2', 20],
      ['2024-07', B, Q, '', '3', 30],
    ])
  })

  test('hospitals across', async () => {
    const table = await sheet([
      ['2024年7月流向'],
      ['商品名称', '规格', A, B, '南湾县第一医院', '合计'],
      [P, PS, 1, 2, null, 3],
      [Q, QS, null, 3, 4, 7],
    ])
    expect(short(table)).toEqual([
      ['2024-07', A, P, PS, '1', null],
      ['2024-07', B, P, PS, '2', null],
      ['2024-07', B, Q, QS, '3', null],
      ['2024-07', '南湾县第一医院', Q, QS, '4', null],
    ])
  })

  test('months written as numbers, one product in the title', async () => {
    const table = await sheet([
      ['人工晶状体 SN6CWS +29D 2024年各医院销量统计'],
      ['医院名称', '202405', '202406'],
      [A, 3, 4],
      [B, null, 5],
    ])
    expect(short(table)).toEqual([
      ['2024-05', A, '人工晶状体', 'SN6CWS +29D', '3', null],
      ['2024-06', A, '人工晶状体', 'SN6CWS +29D', '4', null],
      ['2024-06', B, '人工晶状体', 'SN6CWS +29D', '5', null],
    ])
  })

  test('two products across, their specs in the row below', async () => {
    const table = await sheet([['2024年7月流向'], ['终端名称', P, Q], [null, PS, '100ml'], [A, 3, 4]])
    expect(short(table)).toEqual([
      ['2024-07', A, P, PS, '3', null],
      ['2024-07', A, Q, '100ml', '4', null],
    ])
  })

  test('a year over its months', async () => {
    const table = await sheet([
      ['氯沙坦钾片销量'],
      ['医院名称', '2023年', null, '2024年', null],
      [null, '11月', '12月', '1月', '2月'],
      [A, 1, 2, 3, 4],
    ])
    expect(short(table).map((line) => [line[0], line[4]])).toEqual([
      ['2023-11', '1'],
      ['2023-12', '2'],
      ['2024-01', '3'],
      ['2024-02', '4'],
    ])
  })

  test('months over products', async () => {
    const table = await sheet([
      ['2024年医院销量'],
      ['医院名称', '6月', null, '7月', null],
      [null, P, Q, P, Q],
      [A, 1, 2, 3, 4],
    ])
    expect(short(table).map((line) => [line[0], line[2], line[4]])).toEqual([
      ['2024-06', P, '1'],
      ['2024-06', Q, '2'],
      ['2024-07', P, '3'],
      ['2024-07', Q, '4'],
    ])
  })

  test('days of a month across', async () => {
    const table = await sheet([
      ['2024年7月日销售'],
      ['客户名称', '商品名称', '1日', '2日', '3日', '合计'],
      [A, P, 1, null, 2, 3],
    ])
    expect(short(table).map((line) => [line[0], line[4]])).toEqual([
      ['2024-07-01', '1'],
      ['2024-07-03', '2'],
    ])
  })
})

describe('the fingerprint', () => {
  const pivot = (...months: string[]) =>
    sheet([['2024年销量'], ['客户名称', '商品名称', ...months, '合计'], [A, P, ...months.map(() => 1), 9]])

  test('of a pivot is the same when months are added', async () =>
    expect((await pivot('5月', '6月', '7月')).layout.fingerprint).toBe(
      (await pivot('5月', '6月')).layout.fingerprint,
    ))

  test('of a list is another when a blank column pushes the others', async () => {
    const one = await sheet([
      ['日期', '客户', '品名', '数量'],
      ['2024-07-01', A, P, 1],
    ])
    const other = await sheet([
      ['日期', null, '客户', '品名', '数量'],
      ['2024-07-01', null, A, P, 1],
    ])
    expect(other.layout.fingerprint).not.toBe(one.layout.fingerprint)
  })
})

describe('several sheets', () => {
  test('the product is only in the sheet’s name', async () => {
    const rows: Cell[][] = [
      ['日期', '客户', '批号', '数量'],
      ['2024-07-01', A, 'A1', 1],
    ]
    const tables = await readAll(sampleWorkbook({ [P]: rows, [Q]: rows }))
    expect(tables.flatMap(short).map((line) => line[2])).toEqual([P, Q])
  })

  test('the customer is only in the sheet’s name', async () => {
    const rows: Cell[][] = [
      ['日期', '品名', '规格', '数量'],
      ['2024-07-01', P, PS, 1],
    ]
    const tables = await readAll(sampleWorkbook({ [A]: rows, [B]: rows }), '7月销售.xlsx')
    expect(tables.flatMap(short).map((line) => line[1])).toEqual([A, B])
  })
})

describe('a list without a header', () => {
  test('is read by content and arithmetic', async () => {
    const table = await csv(
      `2024-07-01,XS20240701001,${A},${P},${PS},A24001,5,盒,12.5,62.5\n` +
        `2024-07-02,XS20240702002,${B},${Q},${QS},A24002,6,盒,10,60\n` +
        `2024-07-03,XS20240703003,${A},${P},${PS},A24003,-1,盒,12.5,-12.5\n` +
        `2024-07-04,XS20240704004,${B},${P},${PS},A24004,8,盒,12.5,100\n`,
    )
    expect(short(table)).toEqual([
      ['2024-07-01', A, P, PS, '5', 62.5],
      ['2024-07-02', B, Q, QS, '6', 60],
      ['2024-07-03', A, P, PS, '-1', -12.5],
      ['2024-07-04', B, P, PS, '8', 100],
    ])
    expect(
      table.lines.map(({ reading }) => [reading.lot, reading.unit, reading.doc_no, reading.price]),
    ).toContainEqual(['A24001', '盒', 'XS20240701001', '12.5'])
  })

  test('prose and contracts stay without a table', async () => {
    const text =
      '年度经销协议\n甲方：云台制药有限公司\n乙方：白石医药有限公司\n一、合作产品\n甲方授权乙方在清河县内经销氯沙坦钾片。\n二、期限\n自2024年1月1日至2024年12月31日。\n'
    await expect(readAll(sampleFile(text))).rejects.toMatchObject({ code: 'no-table' })
  })
})

describe('values', () => {
  test('name and spec in one column, apart by a bracket or by nothing', async () => {
    const table = await csv(
      `日期,客户,品规,数量\n2024-07-01,${A},${P}(${PS}),5\n2024-07-01,${A},${P}【${PS}】,5\n2024-07-01,${A},${P}${PS},5\n2024-07-01,${A},${P} ${PS},5\n2024-07-01,${A},${P}/${PS},5\n`,
    )
    expect(short(table).map((line) => [line[2], line[3]])).toEqual(Array(5).fill([P, PS]))
  })

  test('a lot whose digits a spreadsheet lost is told', async () => {
    const table = await csv(`日期,客户,品名,批号,数量\n2024-07-01,${A},${P},2.02407E+11,5\n`)
    expect(table.lines[0]?.issues.map((issue) => issue.code)).toEqual(['reading.lot-digits-lost'])
  })

  test.each([
    '24/7/31',
    '2024年7月31日',
    '45504',
    '20240731',
    '2024.07.31',
    '31-Jul-24',
    '31-7月-2024',
    'Jul 31, 2024',
    '2024-7-31 0:00:00',
    '二〇二四年七月三十一日',
  ])('%s is a day', async (date) => {
    expect(short(await csv(`日期\t客户\t品名\t数量\n${date}\t${A}\t${P}\t5\n`))[0]?.[0]).toBe('2024-07-31')
  })

  test.each([
    ['(5)', '-5'],
    ['（5）', '-5'],
    ['5-', '-5'],
    ['−5', '-5'],
    ['1,200', '1200'],
    ['１２', '12'],
    ['5盒', '5'],
    ['5.000', '5'],
  ])('the quantity %s is %s', async (printed, qty) => {
    expect(short(await csv(`日期\t客户\t品名\t数量\n2024-07-01\t${A}\t${P}\t${printed}\n`))[0]?.[4]).toBe(qty)
  })
})

test('goods out and in over a column of buyers are sales, not purchases', async () => {
  const { layout } = await sheet([
    ['出入库明细'],
    ['日期', '购货单位', '品名', '规格', '数量'],
    ['2024-07-01', A, P, PS, 5],
    ['2024-07-02', B, Q, QS, 6],
  ])
  expect(layout.kind).toBe('sales')
})
