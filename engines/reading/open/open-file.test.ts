import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { inspectFile } from '../inspect-file.ts'
import { defaultLimits } from '../limits.ts'
import { readOne, sampleFile, sampleWorkbook } from '../samples.ts'
import { detectEncoding } from './encoding.ts'

const CSV = '销售日期,客户名称,商品名称,规格,数量\n2024-07-01,清河县人民医院,氯沙坦钾片,50mg*14片,5\n'
/** 清河县人民医院 … in GBK, as bytes: the runtime decodes GBK but does not encode it. */
const GBK = Buffer.from(
  'cffacadbc8d5c6da2cbfcdbba7c3fbb3c62cc9ccc6b7c3fbb3c62cb9e6b8f12ccafdc1bf0a323032342d30372d30312cc7e5bad3cfd8c8cbc3f1d2bdd4ba2cc2c8c9b3ccb9bcd8c6ac2c35306d672a3134c6ac2c350a',
  'hex',
)

test.each([
  ['GBK', GBK],
  ['UTF-8', Buffer.from(CSV)],
  ['UTF-8 with BOM', Buffer.from(`\ufeff${CSV}`)],
  ['UTF-16 with BOM', Buffer.from(`\ufeff${CSV}`, 'utf16le')],
  ['UTF-16 without BOM', Buffer.from(CSV, 'utf16le')],
  ['UTF-16 big endian', Buffer.from(`\ufeff${CSV}`, 'utf16le').swap16()],
])('a csv in %s is read whatever its name says', async (_, bytes) => {
  const { lines } = await readOne(sampleFile(bytes, 'flow.xlsx'), 'flow.xlsx')
  expect(
    lines.map((line) => [line.reading.customer_raw, line.reading.product_raw, line.reading.qty]),
  ).toEqual([['清河县人民医院', '氯沙坦钾片', '5']])
})

test('a file that turns GBK after its first megabyte is not taken for UTF-8', async () => {
  const { open } = await import('node:fs/promises')
  const path = sampleFile(Buffer.concat([Buffer.alloc(1_100_000, 'a,b,c\n'), GBK]))
  const file = await open(path)
  expect((await detectEncoding(file, Buffer.from('a,b,c\n'))).name).toBe('gb18030')
  await file.close()
})

const OLE = Buffer.alloc(2_048)
OLE.writeUInt32BE(0xd0cf11e0, 0)
const ENCRYPTED = Buffer.concat([OLE, Buffer.from('EncryptedPackage', 'utf16le')])

test.each([
  ['nothing', Buffer.alloc(0), 'empty'],
  ['blanks only', Buffer.from(' \r\n\r\n'), 'empty'],
  ['a password', ENCRYPTED, 'encrypted'],
  ['half a zip', Buffer.from('PK\u0003\u0004 and then nothing more'), 'corrupt'],
  ['a program', Buffer.from('MZ\u0090\u0000\u0003\u0000\u0000'), 'unsupported'],
  ['a letter', Buffer.from('各位同事：\n七月流向已发，请查收，谢谢。\n此致，敬礼\n'), 'no-table'],
  ['a header only', Buffer.from(CSV.split('\n')[0] as string), 'no-rows'],
])('a file of %s is refused', async (_, bytes, code) => {
  await expect(inspectFile(sampleFile(bytes), 'x.xlsx')).rejects.toMatchObject({ code })
})

test('a workbook cut off is corrupt', async () => {
  const { readFileSync } = await import('node:fs')
  const whole = readFileSync(sampleWorkbook({ 一: [['日期', '客户', '品名', '数量']] }))
  await expect(inspectFile(sampleFile(whole.subarray(0, whole.length / 2)), 'x.xlsx')).rejects.toMatchObject({
    code: 'corrupt',
  })
})

test('what would unpack 200 times its size is refused before unpacking', async () => {
  await expect(inspectFile(sampleFile(bomb(40_000_000)), 'x.xlsx')).rejects.toMatchObject({
    code: 'too-large',
  })
})

test('a file above the ceiling is refused', async () => {
  const limits = { ...defaultLimits, file_bytes: 10 }
  await expect(inspectFile(sampleFile(CSV), 'x.csv', limits)).rejects.toMatchObject({ code: 'too-large' })
})

/** A zip of one member of zeros. */
function bomb(size: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(size))
  const name = Buffer.from('xl/workbook.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt32LE(size, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, name, packed, central, name, end])
}
