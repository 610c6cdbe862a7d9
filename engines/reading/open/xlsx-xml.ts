const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** XML text → text: entities, and the _x000D_ escapes spreadsheets use for what XML cannot hold. */
export function unescapeXml(text: string): string {
  let plain = text
  if (plain.includes('&')) {
    plain = plain.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, name: string) => {
      if (name.charCodeAt(0) !== 35) return NAMED[name] ?? whole
      const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
      return code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
  }
  if (plain.includes('_x')) {
    plain = plain.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }
  return plain
}

/** Attributes of an opening tag's inside, prefixes dropped (r:id → id). */
export function attributesOf(tag: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const match of tag.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const name = (match[1] as string).replace(/^.*:/, '')
    found[name] = unescapeXml(match[2] ?? match[3] ?? '')
  }
  return found
}

/** The opening tags of a name in a small document, whatever prefix they carry. */
export function tagsOf(xml: string, name: string): Record<string, string>[] {
  const tags: Record<string, string>[] = []
  for (const match of xml.matchAll(new RegExp(`<(?:[\\w.-]+:)?${name}(\\s[^>]*)?/?>`, 'g'))) {
    tags.push(attributesOf(match[1] ?? ''))
  }
  return tags
}

/** The text in all <t> of a string item, phonetic guides left out. */
export function textOfItem(xml: string): string {
  if (xml.startsWith('<t>')) {
    const end = xml.indexOf('<', 3)
    if (end + 4 === xml.length) return unescapeXml(xml.slice(3, end))
  }
  let item = xml
  if (item.includes('rPh')) item = item.replace(/<(?:[\w.-]+:)?rPh[\s>][\s\S]*?<\/(?:[\w.-]+:)?rPh>/g, '')
  let text = ''
  let at = 0
  for (;;) {
    const open = nextText(item, at)
    if (open < 0) return text
    const from = item.indexOf('>', open) + 1
    if (from === 0) return text
    if (item.charCodeAt(from - 2) === 47) {
      at = from
      continue
    }
    const to = item.indexOf('</', from)
    if (to < 0) return text
    const part = item.slice(from, to)
    text = text ? text + unescapeXml(part) : unescapeXml(part)
    at = to + 3
  }
}

/** Where the next <t>, <t …> or <x:t> opens. */
function nextText(xml: string, from: number): number {
  let at = from
  for (;;) {
    at = xml.indexOf('<', at)
    if (at < 0) return -1
    let name = at + 1
    const first = xml.charCodeAt(name)
    if (first !== 47) {
      const end = tagNameEnd(xml, name)
      const colon = xml.lastIndexOf(':', end)
      if (colon > name) name = colon + 1
      if (end - name === 1 && xml.charCodeAt(name) === 116) return at
    }
    at++
  }
}

function tagNameEnd(xml: string, from: number): number {
  let at = from
  while (at < xml.length) {
    const code = xml.charCodeAt(at)
    if (code === 62 || code === 47 || code <= 32) return at
    at++
  }
  return at
}

/** Bytes of an XML member as text pieces; UTF-16 by its BOM, else UTF-8. */
export async function* xmlText(bytes: AsyncGenerator<Buffer>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(bomOf(chunk))
    yield decoder.decode(chunk, { stream: true })
  }
}

function bomOf(chunk: Buffer): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}
