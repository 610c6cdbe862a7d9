import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import { textOfItem } from './xlsx-xml.ts'

const CACHE = 1 << 15
const FIRST_BYTES = 1 << 16

/**
 * Many texts in little memory: their bytes in one buffer, decoded when asked for. A million strings of their own take
 * ten times as much, and most of them (document numbers) are asked for once. Texts asked for often are kept.
 */
export class PackedStrings {
  private bytes = Buffer.allocUnsafe(FIRST_BYTES)
  private ends = new Uint32Array(1_024)
  private used = 0
  private readonly keptAt = new Int32Array(CACHE).fill(-1)
  private readonly kept: string[] = new Array(CACHE).fill('')
  length = 0

  push(text: string) {
    const most = text.length * 3
    if (this.used + most > this.bytes.length) this.grow(this.used + most)
    this.used += this.bytes.write(text, this.used)
    if (this.length === this.ends.length) {
      const ends = new Uint32Array(this.length * 2)
      ends.set(this.ends)
      this.ends = ends
    }
    this.ends[this.length++] = this.used
  }

  /** The text at a place; '' where there is none. */
  at(index: number): string {
    if (!(index >= 0 && index < this.length)) return ''
    const slot = index & (CACHE - 1)
    if (this.keptAt[slot] === index) return this.kept[slot] as string
    const from = index === 0 ? 0 : (this.ends[index - 1] as number)
    const text = this.bytes.toString('utf8', from, this.ends[index] as number)
    this.keptAt[slot] = index
    this.kept[slot] = text
    return text
  }

  private grow(needed: number) {
    const larger = Buffer.allocUnsafe(Math.max(needed, Math.ceil(this.bytes.length * 1.6)))
    this.bytes.copy(larger, 0, 0, this.used)
    this.bytes = larger
  }
}

/** The table of shared strings, read in pieces: the XML itself is never held whole. */
export async function readSharedStrings(
  pieces: AsyncGenerator<string>,
  limits: ReadingLimits,
): Promise<PackedStrings> {
  const strings = new PackedStrings()
  let carried = ''
  let close = ''
  for await (const piece of pieces) {
    const text = carried + piece
    if (!close) {
      const prefix = /<([\w.-]+:)?sst[\s>]/.exec(text)
      if (prefix) close = `</${prefix[1] ?? ''}si>`
    }
    carried = close ? takeItems(text, close, strings) : text
    if (strings.length > limits.shared_strings || carried.length > 10_000_000) {
      throw new ReadingError('too-large', { shared_strings: strings.length })
    }
  }
  return strings
}

/** Takes the finished items off the front of the text; returns what is left. */
function takeItems(text: string, close: string, strings: PackedStrings): string {
  const open = close.replace('</', '<').replace('>', '')
  let at = 0
  for (;;) {
    const start = text.indexOf(open, at)
    if (start < 0) return at === 0 && text.length < 200 ? text : text.slice(Math.max(at, text.length - 20))
    const tagEnd = text.indexOf('>', start)
    if (tagEnd < 0) return text.slice(start)
    if (text.charCodeAt(tagEnd - 1) === 47) {
      strings.push('')
      at = tagEnd + 1
      continue
    }
    const end = text.indexOf(close, tagEnd)
    if (end < 0) return text.slice(start)
    strings.push(textOfItem(text.slice(tagEnd + 1, end)))
    at = end + close.length
  }
}
