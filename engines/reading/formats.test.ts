import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { inspectFile } from './inspect-file.ts'
import { gbk, type ReadTable, readAll, readOne, sampleFile, sampleWorkbook, zipOf } from './samples.ts'

// Formats other than workbooks, made byte by byte, each with the reading it must give.

const A = '清河县人民医院'
const B = '东岭县中医院'

function short({ lines }: ReadTable): unknown[][] {
  return lines.map(({ reading }) => [
    reading.occurred_on,
    reading.customer_raw,
    reading.product_raw,
    reading.lot,
    reading.qty,
  ])
}

const LINES = [
  ['2024-07-31', A, '氯沙坦钾片', '0012345', '5'],
  ['2024-08-01', B, '氯沙坦钾片', '202407310012', '-1'],
]
const HEAD = ['销售日期', '客户名称', '商品名称', '批号', '数量']
const CSV = `${[HEAD, ...LINES].map((row) => row.join(',')).join('\n')}\n`

describe('HTML saved as .xls', () => {
  const row = (cells: string[], tag = 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  const table = `<table>${row(HEAD, 'th')}${LINES.map((cells) => row(cells)).join('')}</table>`

  test.each([
    ['GBK with a meta tag', gbk(`<html><head><meta charset=gb2312></head><body>${table}</body></html>`)],
    ['UTF-8 without anything around', Buffer.from(table)],
    ['UTF-16', Buffer.from(`\ufeff<html>${table}</html>`, 'utf16le')],
    [
      'capitals, nothing closed',
      gbk(table.replace(/<\/t[dhr]>/g, '').replace(/<(\/?\w+)/g, (tag) => tag.toUpperCase())),
    ],
    [
      'an XHTML declaration',
      Buffer.from(`<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="x">${table}</html>`),
    ],
  ])('%s', async (_, bytes) =>
    expect(short(await readOne(sampleFile(bytes, 'x.xls'), 'x.xls'))).toEqual(LINES),
  )

  test('junk inside and around cells, tables for the page’s layout, comments, hidden texts', async () => {
    const cells = LINES.map((each) =>
      row(
        each.map(
          (cell) =>
            `<font color="red"><b>&nbsp;${cell}</b></font><!-- <td>x</td> --><span style="display:none">9</span>`,
        ),
      ),
    )
    const html = `<html><head><title>x</title><style>td{color:red}</style><script>var a = "<td>";</script></head><body><h2>2024年7月销售流向</h2>
      <table><tr><td><img src=x.gif></td><td><form><input type=hidden value=1><table border=1>${row(HEAD)}${cells.join('\n')}</table></form></td></tr><tr><td>打印时间：2024-08-02</td></tr></table></body></html>`
    const read = await readOne(sampleFile(gbk(html), 'x.xls'), 'x.xls')
    expect(short(read)).toEqual(LINES)
    expect(read.layout.context.month).toBe('2024-07')
  })

  test('row and column spans, the number behind a cell, padded by its format', async () => {
    const html = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><style>.p{mso-number-format:"0000000";}</style><table>
      <tr><td colspan=5 align=center>销售明细</td></tr>${row(HEAD)}
      <tr><td rowspan=2>2024-07-31</td><td rowspan=2>${A}</td><td>氯沙坦钾片</td><td class=p x:num="12345">0012345</td><td x:num="1200.5">1,201</td></tr>
      <tr><td>阿莫西林胶囊</td><td x:num="202407310012">2.02E+11</td><td x:num>-1</td></tr></table></html>`
    expect(short(await readOne(sampleFile(html, 'x.xls'), 'x.xls'))).toEqual([
      ['2024-07-31', A, '氯沙坦钾片', '0012345', '1200.5'],
      ['2024-07-31', A, '阿莫西林胶囊', '202407310012', '-1'],
    ])
  })

  test('a header in a table of its own above the lines', async () => {
    const html = `<table>${row(HEAD)}</table><div><table>${LINES.map((cells) => row(cells)).join('')}</table></div>`
    expect(short(await readOne(sampleFile(html, 'x.xls'), 'x.xls'))).toEqual(LINES)
  })
})

describe('SpreadsheetML', () => {
  const cell = (text: string, type = 'String', more = '') =>
    `<Cell${more}><Data ss:Type="${type}">${text}</Data></Cell>`
  const body = `<Row>${HEAD.map((text) => cell(text)).join('')}</Row>
    <Row>${cell('2024-07-31T00:00:00.000', 'DateTime', ' ss:StyleID="d"')}${cell(A, 'String', ' ss:MergeDown="1"')}${cell('氯沙坦钾片')}${cell('12345', 'Number', ' ss:StyleID="p"')}${cell('5', 'Number')}</Row>
    <Row ss:Index="4">${cell('45505', 'Number', ' ss:StyleID="d"')}${cell('阿莫西林&lt;胶囊&gt;', 'String', ' ss:Index="3"')}${cell('202407310012', 'Number')}${cell('-1', 'Number')}</Row>`
  const book = (sheets: string) => `<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="p"><NumberFormat ss:Format="0000000"/></Style></Styles>${sheets}</Workbook>`
  const sheet = (name: string, more = '') =>
    `<Worksheet ss:Name="${name}"><Table>${body}</Table>${more}</Worksheet>`
  const hidden = '<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>'

  test('places, merges, styles and hidden sheets', async () => {
    const read = await readAll(sampleFile(book(sheet('藏', hidden) + sheet('明细')), 'x.xls'))
    expect(read.map((table) => table.layout.sheet)).toEqual(['明细'])
    expect(short(read[0] as ReadTable)).toEqual([
      ['2024-07-31', A, '氯沙坦钾片', '0012345', '5'],
      ['2024-08-01', A, '阿莫西林<胶囊>', '202407310012', '-1'],
    ])
  })

  test('with prefixed tags', async () => {
    const xml = book(sheet('明细')).replace(
      /<(\/?)(Workbook|Worksheet|Table|Row|Cell|Data|Styles|Style|NumberFormat)\b/g,
      '<$1ss:$2',
    )
    expect(short(await readOne(sampleFile(xml, 'x.xml')))).toHaveLength(2)
  })

  test('cut off is corrupt', async () => {
    const xml = book(sheet('明细'))
    await expect(inspectFile(sampleFile(xml.slice(0, -200)), 'x.xls')).rejects.toMatchObject({
      code: 'corrupt',
    })
  })
})

describe('DBF', () => {
  const FIELDS: [string, string, number, number][] = [
    ['XSRQ', 'D', 8, 0],
    ['客户名称', 'C', 30, 0],
    ['SPMC', 'C', 20, 0],
    ['PH', 'C', 12, 0],
    ['SL', 'N', 10, 2],
    ['BZ', 'M', 10, 0],
  ]
  function dbf(rows: string[][], mark = 0x20): Buffer {
    const head = Buffer.alloc(32)
    const length = FIELDS.reduce((sum, field) => sum + field[2], 1)
    head.writeUInt8(3, 0)
    head.set([124, 8, 2], 1)
    head.writeUInt32LE(rows.length, 4)
    head.writeUInt16LE(33 + 32 * FIELDS.length, 8)
    head.writeUInt16LE(length, 10)
    const fields = FIELDS.map(([name, type, size, decimals]) => {
      const field = Buffer.alloc(32)
      gbk(name).copy(field, 0, 0, 10)
      field.write(type, 11)
      field.set([size, decimals], 16)
      return field
    })
    const records = rows.map((row) =>
      Buffer.concat([
        Buffer.from([mark]),
        ...row.map((text, at) => {
          const bytes = Buffer.alloc((FIELDS[at] as [string, string, number, number])[2], 0x20)
          gbk(text).copy(bytes)
          return bytes
        }),
      ]),
    )
    return Buffer.concat([head, ...fields, Buffer.from([0x0d]), ...records, Buffer.from([0x1a])])
  }
  const ROWS = [
    ['20240731', A, '氯沙坦钾片', '0012345', '      5.00', ''],
    ['20240801', B, '氯沙坦钾片', '202407310012', '     -1.00', ''],
  ]

  test('in GBK', async () =>
    expect(short(await readOne(sampleFile(dbf(ROWS), 'XS.DBF'), 'XS.DBF'))).toEqual(LINES))

  test('memos stand in a file of their own: the rest is read, and that is told', async () => {
    const { notes } = await inspectFile(sampleFile(dbf(ROWS), 'XS.DBF'), 'XS.DBF')
    expect(notes).toEqual([{ code: 'memos-not-read', params: { columns: 'BZ' } }])
  })

  test('deleted records are none', async () => {
    const bytes = dbf(ROWS)
    bytes[33 + 32 * FIELDS.length] = 0x2a
    expect(short(await readOne(sampleFile(bytes, 'XS.DBF'), 'XS.DBF'))).toEqual([LINES[1]])
  })

  test('cut off is corrupt', async () => {
    const bytes = dbf([...ROWS, ...ROWS, ...ROWS])
    await expect(inspectFile(sampleFile(bytes.subarray(0, -200)), 'XS.DBF')).rejects.toMatchObject({
      code: 'corrupt',
    })
  })
})

describe('text', () => {
  test('columns of fixed width, customers as headings longer than the first column', async () => {
    const pad = (text: string, width: number) =>
      text + ' '.repeat(Math.max(1, width - [...text].length * 2 + (text.match(/[!-~]/g)?.length ?? 0)))
    const row = (cells: string[]) =>
      [12, 18, 16, 12, 8].map((width, at) => pad(cells[at] ?? '', width)).join('')
    const text = [
      '              云台医药有限公司销售清单',
      row(['日期', '品名', '规格', '批号', '数量']),
      '客户：清河县人民医院东城分院',
      row(['2024-07-01', '氯沙坦钾片', '50mg*14片', 'A24001', '5']),
      row(['2024-07-02', '阿莫西林胶囊', '0.25g*24粒', 'A24002', '-1']),
      row(['小计', '', '', '', '4']),
      '客户：东岭县中医院',
      row(['2024-07-03', '氯沙坦钾片', '50mg*14片', 'A24003', '8']),
      row(['小计', '', '', '', '8']),
    ].join('\r\n')
    const read = await readOne(sampleFile(gbk(text)), '7月.txt')
    expect(short(read)).toEqual([
      ['2024-07-01', '清河县人民医院东城分院', '氯沙坦钾片', 'A24001', '5'],
      ['2024-07-02', '清河县人民医院东城分院', '阿莫西林胶囊', 'A24002', '-1'],
      ['2024-07-03', '东岭县中医院', '氯沙坦钾片', 'A24003', '8'],
    ])
  })

  test('Big5, its headers in the traditional script', async () => {
    const text =
      '銷售日期,客戶名稱,商品名稱,規格,批號,數量,單價,金額\n2024-07-31,臺北市立醫院,氯沙坦鉀片,50mg,A1,5,2,10\n'
    const { lines, layout } = await readOne(sampleFile(gbk(text, 'big5')), 'x.csv')
    expect(layout.columns.map((guess) => guess.field)).toEqual([
      'occurred_on',
      'customer_raw',
      'product_raw',
      'spec_raw',
      'lot',
      'qty',
      'price',
      'amount',
    ])
    expect(lines[0]?.reading).toMatchObject({ customer_raw: '臺北市立醫院', product_raw: '氯沙坦鉀片' })
  })
})

describe('archives', () => {
  const small = sampleWorkbook({ 一: [HEAD, ...LINES] })

  test('members in GBK names, litter left out, an archive within', async () => {
    const { readFileSync } = await import('node:fs')
    const inner = zipOf({ '内层/白石8月.csv': gbk(CSV) })
    const path = sampleFile(
      zipOf({
        '云台7月销售.csv': gbk(CSV),
        '说明.txt': gbk('各位好：\n附件是七月流向，请查收。\n'),
        '__MACOSX/._云台7月销售.csv': Buffer.from('x'),
        '东岭.xlsx': readFileSync(small),
        '内层.zip': inner,
      }),
      'x.zip',
    )
    const tables = await readAll(path, 'x.zip')
    expect(tables.map((table) => table.layout.sheet)).toEqual([
      '云台7月销售.csv',
      '东岭.xlsx/一',
      '内层.zip/内层/白石8月.csv',
    ])
    for (const table of tables) expect(short(table)).toEqual(LINES)
  })

  test('a member that cannot be read is told, the others are read', async () => {
    const path = sampleFile(
      zipOf({ 'a.csv': gbk(CSV), 'b.xlsx': Buffer.from('PK\u0003\u0004 half') }),
      'x.zip',
    )
    const { tables, notes } = await inspectFile(path, 'x.zip')
    expect(tables).toHaveLength(1)
    expect(notes).toContainEqual({ code: 'member-skipped', params: { member: 'b.xlsx', reason: 'corrupt' } })
  })

  test('archives nested too deep, or of too much, are too large', async () => {
    let bytes = zipOf({ 'a.csv': gbk(CSV) })
    for (let depth = 0; depth < 5; depth++) bytes = zipOf({ 'a.zip': bytes })
    await expect(inspectFile(sampleFile(bytes), 'x.zip')).rejects.toMatchObject({ code: 'too-large' })
    const bomb = zipOf({ 'a.csv': Buffer.alloc(30_000_000, 'a,b,c\n') })
    await expect(inspectFile(sampleFile(zipOf({ 'b.zip': bomb })), 'x.zip')).rejects.toMatchObject({
      code: 'too-large',
    })
  })

  test('nothing in it is empty, a password is encrypted', async () => {
    await expect(inspectFile(sampleFile(zipOf({})), 'x.zip')).rejects.toMatchObject({ code: 'empty' })
    const locked = zipOf({ 'a.csv': gbk(CSV) })
    for (let at = 0; at < locked.length - 4; at++) {
      if (locked.readUInt32LE(at) === 0x04034b50) locked[at + 6] = 1
      if (locked.readUInt32LE(at) === 0x02014b50) locked[at + 8] = 1
    }
    await expect(inspectFile(sampleFile(locked), 'x.zip')).rejects.toMatchObject({ code: 'encrypted' })
  })

  test.each([
    ['xlsb', { '[Content_Types].xml': '<x/>', 'xl/workbook.bin': 'x' }],
    ['docx', { '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' }],
    ['ods', { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }],
  ])('%s is unsupported', async (found, members) => {
    const bytes = zipOf(
      Object.fromEntries(Object.entries(members).map(([name, text]) => [name, Buffer.from(text)])),
    )
    await expect(inspectFile(sampleFile(bytes), 'x')).rejects.toMatchObject({
      code: 'unsupported',
      params: { found },
    })
  })
})

test('a sheet of millions of empty styled cells is too large before it is read', async () => {
  const row = `<row r="1">${'<c r="A1" s="1"/>'.repeat(200)}</row>`
  const xml = Buffer.from(`<worksheet><sheetData>${row.repeat(3_000)}</sheetData></worksheet>`)
  expect(deflateRawSync(xml).length * 200).toBeLessThan(xml.length)
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const bytes = zipOf({
    '[Content_Types].xml': Buffer.from('<Types/>'),
    'xl/workbook.xml': Buffer.from(
      `<workbook xmlns:r="${relation}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': Buffer.from(
      `<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': xml,
  })
  await expect(inspectFile(sampleFile(bytes), 'x.xlsx')).rejects.toMatchObject({ code: 'too-large' })
})
