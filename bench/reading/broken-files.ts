import { readFileSync } from 'node:fs'
import { type Cell, gbk, sampleWorkbook, zipOf } from '#engines/reading/samples.ts'

/** Numbers that a seed fixes, 0 ≤ x < 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const HEAD = ['销售日期', '客户名称', '商品名称', '规格', '批号', '数量', '单位', '单价', '金额']

function rows(count: number): Cell[][] {
  const lines = Array.from({ length: count }, (_, index): Cell[] => {
    const qty = (index % 40) + 1
    const product = index % 3 === 0 ? ['氯沙坦钾片', '50mg*14片'] : ['阿莫西林胶囊', '0.25g*24粒']
    const customer = index % 5 === 0 ? '清河县人民医院' : `东岭县第${(index % 9) + 1}医院`
    return [
      `2024-07-${String((index % 31) + 1).padStart(2, '0')}`,
      customer,
      ...product,
      `A24${index}`,
      qty,
      '盒',
      12.5,
      qty * 12.5,
    ]
  })
  return [['云台医药有限公司销售明细'], HEAD, ...lines, ['合计', null, null, null, null, count]]
}

const texts = (count: number) => rows(count).map((row) => row.map((cell) => String(cell ?? '')))
const csv = (count: number, mark = ',') =>
  `${texts(count)
    .map((row) => row.join(mark))
    .join('\r\n')}\r\n`

function html(count: number): string {
  const body = texts(count).map(
    (row) => `<tr>${row.map((cell) => `<td x:num>${cell}&nbsp;</td>`).join('')}</tr>`,
  )
  return `<html><head><meta charset=gb2312><style>.a{mso-number-format:"0000"}</style></head><body><table border=1>${body.join('\n')}</table></body></html>`
}

function spreadsheetXml(count: number): string {
  const body = texts(count).map(
    (row) => `<Row>${row.map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`,
  )
  return `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet ss:Name="一"><Table>${body.join('\n')}</Table></Worksheet></Workbook>`
}

function fixed(count: number): string {
  const width = (text: string) => [...text].reduce((sum, one) => sum + (one.charCodeAt(0) > 0x7f ? 2 : 1), 0)
  const pad = (text: string) => text + ' '.repeat(Math.max(1, 22 - width(text)))
  return texts(count)
    .map((row) => row.map(pad).join('').trimEnd())
    .join('\n')
}

function dbf(count: number): Buffer {
  const names = ['XSRQ', 'KHMC', 'SPMC', 'SPGG', 'PH', 'SL', 'DW', 'DJ', 'JE']
  const size = 30
  const head = Buffer.alloc(32)
  head.set([3, 124, 8, 2])
  head.writeUInt32LE(count, 4)
  head.writeUInt16LE(33 + 32 * names.length, 8)
  head.writeUInt16LE(1 + size * names.length, 10)
  const fields = names.map((name) => {
    const field = Buffer.alloc(32)
    field.write(name, 0)
    field.write('C', 11)
    field.writeUInt8(size, 16)
    return field
  })
  const records = texts(count)
    .slice(2, 2 + count)
    .map((row) =>
      Buffer.concat([
        Buffer.from(' '),
        ...row.map((cell) => Buffer.concat([gbk(cell), Buffer.alloc(size, 32)]).subarray(0, size)),
      ]),
    )
  return Buffer.concat([head, ...fields, Buffer.from([13]), ...records, Buffer.from([26])])
}

/** The parts of a workbook, so that what is inside can be broken and packed again. */
function workbookParts(count: number): Record<string, Buffer> {
  const strings: string[] = []
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const body = rows(count).map((row, r) => {
    const cells = row.map((cell, c) => {
      const at = `${String.fromCharCode(65 + c)}${r + 1}`
      if (typeof cell === 'number') return `<c r="${at}" s="1"><v>${cell}</v></c>`
      return cell === null ? '' : `<c r="${at}" t="s"><v>${strings.push(String(cell)) - 1}</v></c>`
    })
    return `<row r="${r + 1}">${cells.join('')}</row>`
  })
  const parts = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="${relation}"><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="${relation}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="0000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${body.join('')}</sheetData><mergeCells><mergeCell ref="A1:I1"/></mergeCells></worksheet>`,
  }
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)]))
}

/** What can be broken: a whole file, or the parts of one that is packed after they were broken. */
export interface Breakable {
  name: string
  bytes?: Buffer
  parts?: Record<string, Buffer>
}

/** A file of each format the engine reads. */
export function breakables(): Breakable[] {
  const workbook = (type: 'xlsx' | 'biff8') =>
    readFileSync(sampleWorkbook({ 一: rows(120), 二: rows(9) }, 'x', type))
  return [
    { name: 'a.xlsx', bytes: workbook('xlsx') },
    { name: 'parts.xlsx', parts: workbookParts(120) },
    { name: 'a.xls', bytes: workbook('biff8') },
    { name: 'b.xls', bytes: workbook('biff8') },
    { name: 'html.xls', bytes: gbk(html(60)) },
    { name: 'xml.xls', bytes: Buffer.from(spreadsheetXml(60)) },
    { name: 'gbk.csv', bytes: gbk(csv(120)) },
    { name: 'utf16.txt', bytes: Buffer.from(`\ufeff${csv(80, '\t')}`, 'utf16le') },
    { name: 'fixed.txt', bytes: gbk(fixed(80)) },
    { name: 'a.dbf', bytes: dbf(80) },
    { name: 'a.zip', bytes: zipOf({ '七月.csv': gbk(csv(60)), 'a.xls': workbook('biff8') }) },
    {
      name: 'parts.zip',
      parts: {
        '七月.csv': gbk(csv(60)),
        'b.dbf': dbf(20),
        'c.xls': gbk(html(20)),
        'd.xlsx': workbook('xlsx'),
      },
    },
  ]
}

/** Breaks a file, or one of its parts, in one to three ways. */
export function broken(sample: Breakable, random: () => number): Buffer {
  if (!sample.parts) return mutated(sample.bytes ?? Buffer.alloc(0), random)
  const names = Object.keys(sample.parts)
  const hit = names[Math.floor(random() * names.length)] as string
  const parts = { ...sample.parts }
  for (const [name, bytes] of Object.entries(parts))
    if (name === hit || random() < 0.1) parts[name] = mutated(bytes, random)
  return zipOf(parts)
}

function mutated(original: Buffer, random: () => number): Buffer {
  let bytes: Buffer = Buffer.from(original)
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const way = WAYS[Math.floor(random() * WAYS.length)] as (bytes: Buffer, random: () => number) => Buffer
    if (bytes.length > 16) bytes = way(bytes, random)
  }
  return bytes
}

const EXTREMES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe]

const WAYS: ((bytes: Buffer, random: () => number) => Buffer)[] = [
  function flipBits(bytes, random) {
    for (let times = 1 + Math.floor(random() ** 3 * 200); times > 0; times--) {
      const at = Math.floor(random() * bytes.length)
      bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8))
    }
    return bytes
  },
  (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length)),
  function swapBlocks(bytes, random) {
    const [one, two, size] = blockPlaces(bytes, random)
    const kept = Buffer.from(bytes.subarray(one, one + size))
    bytes.copyWithin(one, two, two + size)
    kept.copy(bytes, two)
    return bytes
  },
  function duplicateChunk(bytes, random) {
    const [from, to, size] = blockPlaces(bytes, random)
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, from + size), bytes.subarray(to)])
  },
  function deleteChunk(bytes, random) {
    const [from, , size] = blockPlaces(bytes, random)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + size)])
  },
  function changeLength(bytes, random) {
    for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
      const value = EXTREMES[Math.floor(random() * EXTREMES.length)] as number
      // Lengths and offsets stand in the head of most formats.
      const at =
        Math.floor((random() < 0.5 ? random() * Math.min(600, bytes.length) : random() * bytes.length) / 2) *
        2
      if (at + 4 > bytes.length) continue
      if (random() < 0.5) bytes.writeUInt16LE(value & 0xffff, at)
      else bytes.writeUInt32LE(value >>> 0, at)
    }
    return bytes
  },
  function fillRegion(bytes, random) {
    const [from, , size] = blockPlaces(bytes, random)
    return bytes.fill(random() < 0.5 ? 0 : 0xff, from, from + size)
  },
]

function blockPlaces(bytes: Buffer, random: () => number): [number, number, number] {
  const size = 1 + Math.floor(random() * Math.min(4_096, bytes.length / 3))
  const place = () => Math.floor(random() * (bytes.length - size))
  return [place(), place(), size]
}
