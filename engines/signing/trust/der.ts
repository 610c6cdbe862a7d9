/** One value of DER: its tag, what it holds, and all of it as it stands. */
export interface Der {
  tag: number
  content: Buffer
  raw: Buffer
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** The tag of `[number] EXPLICIT`, or of an IMPLICIT one that holds parts. */
export function context(number: number): number {
  return 0xa0 | number
}

function bad(reason: string): Error {
  return new Error(`bad DER: ${reason}`)
}

/** Reads the first value; `rest` says whether bytes may follow. Strict: shortest definite lengths, tags of one byte. */
export function readDer(bytes: Uint8Array, rest = false): Der {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const tag = all[0]
  const first = all[1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw bad('tag')
  let length = first
  let at = 2
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4 || all.length < 2 + count) throw bad('length')
    length = all.readUIntBE(2, count)
    at = 2 + count
    if (length < 0x80 || (count > 1 && all[2] === 0)) throw bad('length')
  }
  if (at + length > all.length || (!rest && at + length !== all.length)) throw bad('length')
  return { tag, content: all.subarray(at, at + length), raw: all.subarray(0, at + length) }
}

/** The values a constructed one holds, in order. */
export function parts(value: Der): Der[] {
  const found: Der[] = []
  for (let at = 0; at < value.content.length; ) {
    const part = readDer(value.content.subarray(at), true)
    found.push(part)
    at += part.raw.length
  }
  return found
}

/** The value, if it has this tag; else an error. */
export function expectTag(value: Der | undefined, tag: number): Der {
  if (value?.tag !== tag) throw bad(`tag ${value?.tag}, not ${tag}`)
  return value
}

export function readOid(value: Der | undefined): string {
  const { content } = expectTag(value, TAG.oid)
  const arcs: number[] = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(arc)
      arc = 0
    }
  }
  const first = arcs[0] ?? 0
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - root * 40, ...arcs.slice(1)].join('.')
}

/** UTCTime or GeneralizedTime, both only in UTC. */
export function readTime(value: Der): Date {
  const text = value.content.toString('latin1')
  const short = value.tag === TAG.utcTime
  const match = /^(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text)
  if (!match || (!short && value.tag !== TAG.time) || match[1]?.length !== (short ? 2 : 4)) throw bad('time')
  const [, year = '', month, day, hour, minute, second, fraction = ''] = match
  const whole = short ? `${Number(year) < 50 ? '20' : '19'}${year}` : year
  return new Date(`${whole}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`)
}

export function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  const { length } = body
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), body])
  const hex = length.toString(16)
  const size = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, body])
}

export function sequence(...content: Uint8Array[]): Buffer {
  return der(TAG.sequence, ...content)
}

/** A SET OF, its parts in the order DER asks for. */
export function setOf(...content: Uint8Array[]): Buffer {
  return der(TAG.set, ...content.map((one) => Buffer.from(one)).sort(Buffer.compare))
}

export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number)
  const bytes = [first * 40 + second, ...others].flatMap((arc) => {
    const digits = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift(0x80 | (left % 128))
    return digits
  })
  return der(TAG.oid, Buffer.from(bytes))
}

/** A number that is not negative, or its bytes. */
export function integer(value: number | Uint8Array): Buffer {
  const bytes =
    typeof value === 'number'
      ? Buffer.from(value.toString(16).padStart(value > 0xff ? 4 : 2, '0'), 'hex')
      : Buffer.from(value)
  let at = 0
  while (at < bytes.length - 1 && bytes[at] === 0) at++
  const shortest = bytes.subarray(at)
  return der(TAG.integer, (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest)
}

export function octets(bytes: Uint8Array): Buffer {
  return der(TAG.octets, bytes)
}

export function bits(bytes: Uint8Array, unused = 0): Buffer {
  return der(TAG.bits, Buffer.from([unused]), bytes)
}

export function utf8(text: string): Buffer {
  return der(TAG.utf8, Buffer.from(text, 'utf8'))
}

export function generalizedTime(time: Date): Buffer {
  return der(TAG.time, Buffer.from(`${time.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`, 'latin1'))
}

/** As certificates want it: two digits of the year up to 2049. */
export function certificateTime(time: Date): Buffer {
  if (time.getUTCFullYear() >= 2050) return generalizedTime(time)
  return der(TAG.utcTime, Buffer.from(`${time.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`, 'latin1'))
}
