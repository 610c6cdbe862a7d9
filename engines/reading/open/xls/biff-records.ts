/** Records of a BIFF stream: two bytes of type, two of length, the body. */
export class Records {
  readonly bytes: Buffer
  type = 0
  from = 0
  to = 0
  private next: number

  constructor(bytes: Buffer, start = 0) {
    this.bytes = bytes
    this.next = start
  }

  /** Steps to the next record; false at the end of the stream. */
  step(): boolean {
    const at = this.next
    if (at + 4 > this.bytes.length) return false
    this.type = this.bytes.readUInt16LE(at)
    this.from = at + 4
    this.to = Math.min(this.from + this.bytes.readUInt16LE(at + 2), this.bytes.length)
    this.next = this.to
    return true
  }

  get body(): Buffer {
    return this.bytes.subarray(this.from, this.to)
  }

  /** The type of the record that follows, -1 at the end. */
  peek(): number {
    return this.next + 4 <= this.bytes.length ? this.bytes.readUInt16LE(this.next) : -1
  }
}

export const REC = {
  eof: 0x0a,
  filepass: 0x2f,
  continued: 0x3c,
  codepage: 0x42,
  colinfo: 0x7d,
  boundsheet: 0x85,
  mulrk: 0xbd,
  rstring: 0xd6,
  xf: 0xe0,
  merges: 0xe5,
  sst: 0xfc,
  labelsst: 0xfd,
  datemode: 0x22,
  format: 0x41e,
  formatOld: 0x1e,
  formula: 0x06,
  formula3: 0x206,
  formula4: 0x406,
  string: 0x207,
  stringOld: 0x07,
  number: 0x203,
  numberOld: 0x03,
  integerOld: 0x02,
  label: 0x204,
  labelOld: 0x04,
  boolerr: 0x205,
  boolerrOld: 0x05,
  row: 0x208,
  rk: 0x27e,
  xf3: 0x243,
  xf4: 0x443,
} as const

/** An RK number: 30 bits of a double's head, or a whole number, either of them in hundredths. */
export function rkNumber(bytes: Buffer, at: number): number {
  const rk = bytes.readInt32LE(at)
  let value: number
  if (rk & 2) value = rk >> 2
  else {
    head.writeInt32LE(rk & ~3, 4)
    value = head.readDoubleLE(0)
  }
  return rk & 1 ? value / 100 : value
}

const head = Buffer.alloc(8)

/** The decoder of a workbook's code page; Chinese where nothing is said. */
export function decoderOf(codepage: number): TextDecoder {
  const names: Record<number, string> = {
    936: 'gb18030',
    950: 'big5',
    932: 'shift_jis',
    949: 'euc-kr',
    1200: 'utf-16le',
    65001: 'utf-8',
  }
  return new TextDecoder(names[codepage] ?? 'gb18030')
}
