/** Full-width forms and other compatibility characters → their ordinary ones, white space gone. For comparing only. */
export function squeezed(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '')
}

/** Without the blanks around it (full-width ones too), line breaks inside as one blank, ="0012" as 0012. */
export function cleaned(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isBlank(text.charCodeAt(from))) from++
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--
  if (to - from > 3 && text.charCodeAt(from) === 61 && text.charCodeAt(from + 1) === 34) {
    if (text.charCodeAt(to - 1) === 34) return text.slice(from + 2, to - 1)
  }
  // The sign spreadsheets hide in front of digits that are to stay text.
  if (to - from > 1 && text.charCodeAt(from) === 39) from++
  const inner = from === 0 && to === text.length ? text : text.slice(from, to)
  return hasControl(inner) ? inner.replace(/[\r\n\t\v\f]+/g, ' ') : inner
}

/** A copy of its own: a slice of a large text would keep all of that text in memory for as long as it is held. */
export function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}

function isBlank(code: number): boolean {
  return code <= 32 || code === 0x3000 || code === 0xa0 || code === 0xfeff || code === 0x200b
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32) return true
  }
  return false
}
