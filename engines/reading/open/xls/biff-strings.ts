import { ReadingError } from '../../reading-error.ts'

/** Text with a length of its own in front: `wide` = two bytes of length. Returns the text and where it ends. */
export function unicodeString(bytes: Buffer, at: number, wide: boolean): { text: string; end: number } {
  const chars = wide ? bytes.readUInt16LE(at) : bytes.readUInt8(at)
  let from = at + (wide ? 2 : 1)
  if (from >= bytes.length) return { text: '', end: from }
  const flags = bytes.readUInt8(from++)
  const runs = flags & 8 ? bytes.readUInt16LE(from) : 0
  if (flags & 8) from += 2
  const extra = flags & 4 ? bytes.readUInt32LE(from) : 0
  if (flags & 4) from += 4
  const end = from + (flags & 1 ? chars * 2 : chars)
  const text = bytes.toString(flags & 1 ? 'utf16le' : 'latin1', from, Math.min(end, bytes.length))
  return { text, end: end + runs * 4 + extra }
}

/**
 * The table of shared strings, which goes on over CONTINUE records. A text cut at such a border goes on in the next
 * record behind a flag byte that may change its width; its runs and phonetic part go on without one.
 */
export class SharedStringReader {
  private readonly parts: Buffer[]
  private part = 0
  private at = 0

  constructor(parts: Buffer[]) {
    this.parts = parts
  }

  read(limit: number): string[] {
    const first = this.parts[0] as Buffer
    if (first.length < 8) return []
    const count = first.readUInt32LE(4)
    if (count > limit) throw new ReadingError('too-large', { shared_strings: count })
    this.at = 8
    const strings: string[] = []
    while (strings.length < count && this.hasMore()) strings.push(this.next())
    return strings
  }

  private hasMore(): boolean {
    while (this.part < this.parts.length && this.at >= (this.parts[this.part] as Buffer).length) {
      this.part++
      this.at = 0
    }
    return this.part < this.parts.length
  }

  private next(): string {
    const chars = this.number(2)
    let flags = this.number(1)
    const runs = flags & 8 ? this.number(2) : 0
    const extra = flags & 4 ? this.number(4) : 0
    let text = ''
    let left = chars
    while (left > 0) {
      const bytes = this.parts[this.part]
      if (!bytes) break
      const width = flags & 1 ? 2 : 1
      const here = Math.min(left, Math.floor((bytes.length - this.at) / width))
      text += bytes.toString(width === 2 ? 'utf16le' : 'latin1', this.at, this.at + here * width)
      this.at += here * width
      left -= here
      if (left === 0) break
      this.part++
      this.at = 0
      if (this.part >= this.parts.length) break
      flags = this.number(1)
    }
    this.skip(runs * 4 + extra)
    return text
  }

  private number(width: 1 | 2 | 4): number {
    let value = 0
    for (let place = 0; place < width; place++) {
      if (!this.hasMore()) throw new ReadingError('corrupt', { reason: 'shared strings end early' })
      value += ((this.parts[this.part] as Buffer)[this.at++] as number) * 2 ** (8 * place)
    }
    return value
  }

  private skip(bytes: number) {
    let left = bytes
    while (left > 0 && this.hasMore()) {
      const here = Math.min(left, (this.parts[this.part] as Buffer).length - this.at)
      this.at += here
      left -= here
    }
  }
}
