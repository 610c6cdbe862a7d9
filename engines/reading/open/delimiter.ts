const CANDIDATES = [',', '\t', ';', '|', '│', '┃', '║', '\u0001', '^', '~', '§', '¦', '，']

/** The delimiter of a text from its head, or '' when columns are of fixed width (or there is one column only). */
export function detectDelimiter(head: string): string {
  const lines = linesOf(head)
  let best = ''
  let bestScore = 0
  for (const candidate of CANDIDATES) {
    if (!head.includes(candidate)) continue
    const score = scoreOf(lines, candidate)
    if (score > bestScore) {
      best = candidate
      bestScore = score
    }
  }
  return best
}

/** Lines with a quoted line break kept inside; the last one may be cut off and is left out. */
function linesOf(head: string): string[] {
  const lines: string[] = []
  let quoted = false
  let start = 0
  for (let at = 0; at < head.length && lines.length < 200; at++) {
    const code = head.charCodeAt(at)
    if (code === 34) quoted = !quoted
    else if (code === 10 && !quoted) {
      lines.push(head.slice(start, at))
      start = at + 1
    }
  }
  if (lines.length < 200 && !quoted) lines.push(head.slice(start))
  return lines.map((line) => line.trimEnd()).filter((line) => line.length > 0)
}

/** How many lines share the most common number of fields, weighed by that number. Prose has commas, but never alike. */
function scoreOf(lines: string[], delimiter: string): number {
  const byCount = new Map<number, number>()
  for (const line of lines) {
    const count = fieldsIn(line, delimiter)
    if (count > 1) byCount.set(count, (byCount.get(count) ?? 0) + 1)
  }
  let best = 0
  for (const [count, shared] of byCount) {
    if (shared * 3 < lines.length || (shared < 2 && lines.length > 3)) continue
    best = Math.max(best, (shared / lines.length) * Math.min(count, 12) + count / 100)
  }
  return best
}

function fieldsIn(line: string, delimiter: string): number {
  const wanted = delimiter.charCodeAt(0)
  let quoted = false
  let count = 1
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === 34) quoted = !quoted
    else if (!quoted && code === wanted) count++
  }
  return count
}
