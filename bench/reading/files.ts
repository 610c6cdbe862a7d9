import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { crc32, createDeflateRaw } from 'node:zlib'

const HEADERS =
  '销售日期,单据编号,客户编码,客户名称,商品编码,商品名称,规格,生产厂家,批号,有效期至,数量,单位,单价,金额,业务员'.split(
    ',',
  )
const PLACES = ['清河', '东岭', '南湾', '北原', '西渡', '云台', '白石', '长乐', '青浦', '安宁']
const KINDS = [
  '人民医院',
  '中医院',
  '妇幼保健院',
  '第二人民医院',
  '社区卫生服务中心',
  '大药房连锁有限公司一店',
]
const GOODS = [
  '氯沙坦钾片',
  '阿莫西林胶囊',
  '一次性使用输液器',
  '注射用头孢曲松钠',
  '甘精胰岛素注射液',
  '人工晶状体',
]
const SPECS = ['50mg*14片', '0.25g*24粒', '5ml 0.7×32', '1.0g', '3ml:300单位', 'SA60AT +20.5D']

/** Row `index` of an invented month: about 6,000 customers, 400 products, every document number distinct. */
function cellsOf(index: number): string[] {
  const customer = (index * 7919) % 6_000
  const product = (index * 104_729) % 400
  const qty = ((index * 31) % 200) + 1
  const fen = 350 + product * 37
  const day = String((index % 31) + 1).padStart(2, '0')
  return [
    `2024-07-${day}`,
    `XS202407${String(index).padStart(8, '0')}`,
    `C${10_000 + customer}`,
    `${PLACES[customer % 10]}市${PLACES[(customer >> 3) % 10]}县${KINDS[customer % 6]}${customer}`,
    String(5_000_000 + product),
    `${GOODS[product % 6]}${product}`,
    SPECS[product % 6] as string,
    `${PLACES[product % 10]}制药有限公司`,
    `B24${String(product * 13).padStart(5, '0')}`,
    `2026-0${(product % 9) + 1}-15`,
    String(index % 97 === 0 ? -qty : qty),
    '盒',
    (fen / 100).toFixed(2),
    (((index % 97 === 0 ? -qty : qty) * fen) / 100).toFixed(2),
    PLACES[customer % 10] as string,
  ]
}

/** Writes a flow file of `rows` rows and 15 columns: csv in UTF-8, or xlsx with shared strings. */
export async function writeFlowFile(path: string, kind: 'csv' | 'xlsx', rows: number) {
  const out = createWriteStream(path)
  if (kind === 'csv') await writeCsv(out, rows)
  else await writeXlsx(out, rows)
  out.end()
  await once(out, 'finish')
}

async function send(out: NodeJS.WritableStream, text: string | Buffer) {
  if (!out.write(text)) await once(out, 'drain')
}

async function writeCsv(out: NodeJS.WritableStream, rows: number) {
  await send(out, `${HEADERS.join(',')}\n`)
  for (let from = 0; from < rows; from += 1_000) {
    let text = ''
    for (let index = from; index < Math.min(from + 1_000, rows); index++)
      text += `${cellsOf(index).join(',')}\n`
    await send(out, text)
  }
}

/** A zip written by hand, one pass, so that a million rows need no memory. */
async function writeXlsx(out: NodeJS.WritableStream, rows: number) {
  const strings = new Map<string, number>()
  const shared = (text: string) => {
    let at = strings.get(text)
    if (at === undefined) {
      at = strings.size
      strings.set(text, at)
    }
    return at
  }
  const zip = new ZipWriter(out)
  const open = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  await zip.member('_rels/.rels', [
    `${open}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ])
  await zip.member('[Content_Types].xml', [
    `${open}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
  ])
  await zip.member('xl/workbook.xml', [
    `${open}<workbook ${main} xmlns:r="${rel}"><sheets><sheet name="销售" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ])
  await zip.member('xl/_rels/workbook.xml.rels', [
    `${open}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  ])
  await zip.member('xl/worksheets/sheet1.xml', sheetXml(rows, main, shared))
  await zip.member('xl/sharedStrings.xml', stringsXml(strings, main))
  await zip.end()
}

function* sheetXml(rows: number, main: string, shared: (text: string) => number): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet ${main}><sheetData>`
  const numeric = new Set([10, 12, 13])
  for (let index = -1; index < rows; index++) {
    const cells = index < 0 ? HEADERS : cellsOf(index)
    let text = `<row r="${index + 2}">`
    cells.forEach((cell, column) => {
      const at = `${String.fromCharCode(65 + column)}${index + 2}`
      text +=
        index >= 0 && numeric.has(column)
          ? `<c r="${at}"><v>${cell}</v></c>`
          : `<c r="${at}" t="s"><v>${shared(cell)}</v></c>`
    })
    yield `${text}</row>`
  }
  yield '</sheetData></worksheet>'
}

function* stringsXml(strings: Map<string, number>, main: string): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<sst ${main} uniqueCount="${strings.size}">`
  for (const text of strings.keys()) yield `<si><t>${text}</t></si>`
  yield '</sst>'
}

class ZipWriter {
  private readonly out: NodeJS.WritableStream
  private readonly directory: Buffer[] = []
  private offset = 0

  constructor(out: NodeJS.WritableStream) {
    this.out = out
  }

  async member(name: string, texts: Iterable<string>) {
    const start = this.offset
    const header = record(name, 0x04034b50, [20, 8 | 0x800, 8, 0, 0], [0, 0, 0], [name.length, 0])
    await this.send(header)
    const deflate = createDeflateRaw({ level: 6 })
    let crc = 0
    let size = 0
    const before = this.offset
    const done = (async () => {
      for await (const chunk of deflate) await this.send(chunk as Buffer)
    })()
    let text = ''
    const flush = async () => {
      const bytes = Buffer.from(text)
      crc = crc32(bytes, crc)
      size += bytes.length
      await send(deflate, bytes)
      text = ''
    }
    for (const piece of texts) {
      text += piece
      if (text.length > 200_000) await flush()
    }
    await flush()
    deflate.end()
    await done
    const sizes = [crc, this.offset - before, size]
    const descriptor = Buffer.alloc(16)
    for (const [index, value] of [0x08074b50, ...sizes].entries()) descriptor.writeUInt32LE(value, index * 4)
    await this.send(descriptor)
    const entry = record(name, 0x02014b50, [20, 20, 8 | 0x800, 8, 0, 0], sizes, [
      name.length,
      0,
      0,
      0,
      0,
      0,
      0,
    ])
    entry.writeUInt32LE(start, 42)
    this.directory.push(entry)
  }

  async end() {
    const start = this.offset
    for (const entry of this.directory) await this.send(entry)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(this.directory.length, 8)
    end.writeUInt16LE(this.directory.length, 10)
    end.writeUInt32LE(this.offset - start, 12)
    end.writeUInt32LE(start, 16)
    await this.send(end)
  }

  private async send(bytes: Buffer) {
    this.offset += bytes.length
    await send(this.out, bytes)
  }
}

/** A zip record: signature, 16-bit words, 32-bit words, 16-bit words, (central only: 8 bytes more), the name. */
function record(name: string, signature: number, before: number[], sizes: number[], after: number[]): Buffer {
  const central = signature === 0x02014b50
  const head = Buffer.alloc(central ? 46 : 30)
  head.writeUInt32LE(signature, 0)
  let at = 4
  for (const word of before) at = head.writeUInt16LE(word, at)
  for (const size of sizes) at = head.writeUInt32LE(size, at)
  for (const word of central ? after.slice(0, 5) : after) at = head.writeUInt16LE(word, at)
  return Buffer.concat([head, Buffer.from(name)])
}
