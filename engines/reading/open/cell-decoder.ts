import type { TextEncoding } from './encoding.ts'

/** The text of the bytes from `start` to before `end`. */
export type DecodeCell = (bytes: Buffer, start: number, end: number) => string

/** Decodes single cells. A mark in front is kept as the character it is: it says nothing in the middle of a file. */
export function decoderOf(encoding: TextEncoding['name']): DecodeCell {
  if (encoding === 'utf-8') return (bytes, start, end) => bytes.toString('utf8', start, end)
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  return (bytes, start, end) => {
    if (isAscii(bytes, start, end)) return bytes.toString('latin1', start, end)
    const cell = bytes.subarray(start, end)
    const text = decoder.decode(cell)
    if (!text.endsWith('\ufffd')) return text
    // A character broken off means something else at the end of a text than before a line's end.
    return decoder.decode(Buffer.concat([cell, LINE_END])).slice(0, -1)
  }
}

const LINE_END = Buffer.from('\n')

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] as number) > 0x7f) return false
  return true
}
