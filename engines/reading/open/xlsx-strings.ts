import { ReadingError } from '../reading-error.ts'
import type { ReadingLimits } from '../shapes.ts'
import { textOfItem } from './xlsx-xml.ts'

/** The table of shared strings, read in pieces: the XML itself is never held whole. */
export async function readSharedStrings(
  pieces: AsyncGenerator<string>,
  limits: ReadingLimits,
): Promise<string[]> {
  const strings: string[] = []
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
function takeItems(text: string, close: string, strings: string[]): string {
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
    strings.push(detached(textOfItem(text.slice(tagEnd + 1, end))))
    at = end + close.length
  }
}

/** A copy that does not keep the piece of XML it was cut from in memory. */
function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}
