import { ReadingError } from '../../reading-error.ts'

const TAG_CHARS_MAX = 20_000
const CARRY_MAX = 16_000_000

/** Who is told what a document is made of. Texts and attributes come as written, entities not resolved. */
export interface MarkupSink {
  /** `name` in lower case, without its prefix where the scanner was told so. */
  open(name: string, attributes: string): void
  close(name: string): void
  text(raw: string): void
}

/**
 * Cuts HTML or XML into tags and texts, piece by piece. Forgiving as browsers are: nothing needs to be closed, and what
 * is no tag is text. Comments, declarations and the inside of script are left out, style is handed over as text.
 */
export class MarkupScanner {
  private readonly sink: MarkupSink
  private readonly dropPrefix: boolean
  private carried = ''
  /** Inside an element that holds no markup: only its end counts. */
  private rawName = ''

  constructor(sink: MarkupSink, dropPrefix: boolean) {
    this.sink = sink
    this.dropPrefix = dropPrefix
  }

  feed(piece: string) {
    const text = this.carried + piece
    const rest = this.scan(text, false)
    this.carried = text.slice(rest)
    if (this.carried.length > CARRY_MAX) throw new ReadingError('too-large', { markup: this.carried.length })
  }

  end() {
    const text = this.carried
    this.carried = ''
    const rest = this.scan(text, true)
    if (rest < text.length && !this.rawName) this.sink.text(text.slice(rest))
  }

  /** Returns up to where the text was understood. */
  private scan(text: string, last: boolean): number {
    let at = 0
    for (;;) {
      if (this.rawName) {
        const end = this.rawEnd(text, at)
        if (end < 0) return at
        at = end
        continue
      }
      const start = text.indexOf('<', at)
      if (start < 0) {
        // A text may go on in the next piece; it is handed over as far as it is there.
        if (at < text.length) this.sink.text(text.slice(at))
        return text.length
      }
      if (start > at) this.sink.text(text.slice(at, start))
      const end = this.tag(text, start, last)
      if (end < 0) return start
      at = end
    }
  }

  /** Reads what opens at '<'; returns where it ends, or -1 when the rest is not there yet. */
  private tag(text: string, start: number, last: boolean): number {
    if (start + 1 >= text.length) return last ? this.plain(text, start) : -1
    const code = text.charCodeAt(start + 1)
    if (code === 33 /* ! */) return this.declaration(text, start, last)
    if (code === 63 /* ? */) return endOr(text.indexOf('>', start), last, text)
    const closing = code === 47
    if (!closing && !isLetter(code)) return this.plain(text, start)
    const end = tagEnd(text, start)
    if (end < 0) return last || text.length - start > TAG_CHARS_MAX ? this.plain(text, start) : -1
    let nameEnd = start + (closing ? 2 : 1)
    while (nameEnd < end && !endsName(text.charCodeAt(nameEnd))) nameEnd++
    const name = this.nameOf(text.slice(start + (closing ? 2 : 1), nameEnd))
    if (closing) this.sink.close(name)
    else {
      const selfClosed = text.charCodeAt(end - 1) === 47
      this.sink.open(name, text.slice(nameEnd, selfClosed ? end - 1 : end))
      if (selfClosed) this.sink.close(name)
      else if (!this.dropPrefix && (name === 'script' || name === 'style')) this.rawName = name
    }
    return end + 1
  }

  private nameOf(written: string): string {
    const name = written.toLowerCase()
    return this.dropPrefix ? name.slice(name.indexOf(':') + 1) : name
  }

  private plain(text: string, start: number): number {
    this.sink.text(text.slice(start, start + 1))
    return start + 1
  }

  private declaration(text: string, start: number, last: boolean): number {
    if (text.startsWith('<!--', start)) {
      const end = text.indexOf('-->', start + 4)
      return end < 0 ? (last ? text.length : -1) : end + 3
    }
    if (text.startsWith('<![CDATA[', start)) {
      const end = text.indexOf(']]>', start)
      if (end < 0) return last ? text.length : -1
      this.sink.text(text.slice(start + 9, end).replaceAll('&', '&amp;'))
      return end + 3
    }
    // '<!--' or '<![CDATA[' may be cut by the piece's end.
    if (!last && text.length - start < 9) return -1
    return endOr(text.indexOf('>', start), last, text)
  }

  private rawEnd(text: string, at: number): number {
    const closing = `</${this.rawName}`
    let end = -1
    for (let from = text.indexOf('</', at); from >= 0; from = text.indexOf('</', from + 2)) {
      if (text.slice(from, from + closing.length).toLowerCase() === closing) {
        end = from
        break
      }
    }
    if (end < 0) return -1
    if (this.rawName === 'style') this.sink.text(text.slice(at, end))
    this.rawName = ''
    return end
  }
}

function endOr(end: number, last: boolean, text: string): number {
  return end < 0 ? (last ? text.length : -1) : end + 1
}

/** The '>' that ends a tag: one inside a quoted value does not. */
function tagEnd(text: string, start: number): number {
  let quote = 0
  const most = Math.min(text.length, start + TAG_CHARS_MAX)
  for (let at = start + 1; at < most; at++) {
    const code = text.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 34 || code === 39) {
      if (text.charCodeAt(at - 1) === 61 || text.charCodeAt(at - 1) <= 32) quote = code
    } else if (code === 62) return at
  }
  // A quote that nothing closes: the first '>' it is.
  return text.length - start > TAG_CHARS_MAX ? text.indexOf('>', start) : -1
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

function endsName(code: number): boolean {
  return code <= 32 || code === 47 || code === 62
}

/** The value of an attribute as written; '' where it stands without one, null where it is missing. */
export function attributeOf(attributes: string, name: string): string | null {
  if (attributes === '') return null
  const found = patternOf(name).exec(attributes)
  if (!found) return null
  return found[1] ?? found[2] ?? found[3] ?? ''
}

const patterns = new Map<string, RegExp>()

function patternOf(name: string): RegExp {
  let pattern = patterns.get(name)
  if (!pattern) {
    pattern = new RegExp(
      `(?:^|[\\s"'])${name}(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))|(?=[\\s/]|$))`,
      'i',
    )
    patterns.set(name, pattern)
  }
  return pattern
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  middot: '·',
  times: '×',
  mu: 'μ',
  micro: 'µ',
  plusmn: '±',
  deg: '°',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  ldquo: '“',
  rdquo: '”',
  alpha: 'α',
  beta: 'β',
  yen: '¥',
  reg: '®',
  trade: '™',
  le: '≤',
  ge: '≥',
  permil: '‰',
  sup2: '²',
  frac12: '½',
}

/** Entities of HTML and XML → characters; unknown ones stay. */
export function unescapeMarkup(raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(/&(#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|\w{2,8});?/g, (whole, name: string) => {
    if (name.charCodeAt(0) !== 35)
      return NAMED[name] ?? (whole.endsWith(';') ? (NAMED[name.toLowerCase()] ?? whole) : whole)
    const hex = name[1] === 'x' || name[1] === 'X'
    const code = hex ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    if (code === 160) return ' '
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
