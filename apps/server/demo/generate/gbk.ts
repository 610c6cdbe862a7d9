let table: Map<string, number> | null = null

/** Node decodes GB18030 but does not encode it, so its two-byte range is read once and turned round. */
function gbkTable(): Map<string, number> {
  if (table) return table
  const codes: number[] = []
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) codes.push((lead << 8) | trail)
  }
  const decoder = new TextDecoder('gb18030')
  const made = new Map<string, number>()
  for (const code of codes) {
    const text = decoder.decode(Uint8Array.of(code >> 8, code & 0xff))
    if (text.length === 1 && text !== '\ufffd' && !made.has(text)) made.set(text, code)
  }
  table = made
  return made
}

/** Text as GBK bytes. Throws for a character GBK lacks: the demo uses none. */
export function encodeGbk(text: string): Buffer {
  const codes = gbkTable()
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) bytes.push(point)
    else {
      const code = codes.get(character)
      if (code === undefined) throw new Error(`GBK has no ${character}`)
      bytes.push(code >> 8, code & 0xff)
    }
  }
  return Buffer.from(bytes)
}
