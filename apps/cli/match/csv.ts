import { readFileSync } from 'node:fs'

/** Records of a CSV text by RFC 4180; the array is reused from record to record. */
function* records(text: string): Generator<string[]> {
  const cells: string[] = []
  let i = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (i < text.length) {
    if (text.charCodeAt(i) === 34) {
      const [cell, end] = quoted(text, i)
      cells.push(cell)
      i = end
    } else {
      let end = i
      for (; end < text.length; end++) {
        const c = text.charCodeAt(end)
        if (c === 44 || c === 10 || c === 13) break
      }
      cells.push(text.slice(i, end))
      i = end
    }
    if (text.charCodeAt(i) === 44) {
      i++
      if (i === text.length) cells.push('')
      else continue
    }
    if (text.charCodeAt(i) === 13) i++
    if (text.charCodeAt(i) === 10) i++
    if (cells.length > 1 || cells[0] !== '') yield cells
    cells.length = 0
  }
}

function quoted(text: string, from: number): [string, number] {
  let cell = ''
  let i = from
  for (;;) {
    const end = text.indexOf('"', i + 1)
    if (end < 0) throw new Error('CSV: a quote is not closed')
    cell += text.slice(i + 1, end)
    i = end + 1
    if (text.charCodeAt(i) !== 34) return [cell, i]
    cell += '"'
  }
}

/** Values of the columns `pick`, absent ones as ''; `need` names those that must be there. The array is reused. */
export function* readColumns(
  path: string,
  pick: readonly string[],
  need: readonly string[],
): Generator<readonly string[]> {
  let places: number[] | null = null
  const values: string[] = pick.map(() => '')
  for (const cells of records(readFileSync(path, 'utf8'))) {
    if (places === null) {
      for (const name of need)
        if (!cells.includes(name)) throw new Error(`${path}: column ${name} is missing`)
      places = pick.map((name) => cells.indexOf(name))
      continue
    }
    for (let k = 0; k < places.length; k++) {
      const p = places[k] as number
      values[k] = p < 0 ? '' : (cells[p] ?? '')
    }
    yield values
  }
}

export const quoteCell = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
