import type { PageRow } from './page-shapes.ts'

/** Reads the table of a page's picture: rows of cell texts. What it says is checked like what OCR says. */
export type SecondReader = (jpeg: Uint8Array, signal?: AbortSignal) => Promise<string[][]>

export interface Endpoint {
  /** Of an OpenAI-compatible service, ending before /chat/completions. */
  url: string
  key: string
  model: string
}

const ASK =
  'Transcribe the table in this picture exactly as printed. Answer with JSON only: an array of rows, each an array of its cells as strings, blank cells as "". Leave nothing out, add nothing, correct nothing.'
const SECONDS_MAX = 120
const ANSWER_BYTES_MAX = 4_000_000

/** A reader behind an OpenAI-compatible vision endpoint. Pictures leave the machine: only for who asked for that. */
export function endpointReader({ url, key, model }: Endpoint): SecondReader {
  return async (jpeg, signal) => {
    const image = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`
    const limit = AbortSignal.timeout(SECONDS_MAX * 1000)
    const response = await fetch(`${url.replace(/\/$/, '')}/chat/completions`, {
      method: 'POST',
      // Only to whom the operator named: an answer that sends elsewhere is a fault.
      redirect: 'error',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({
        model,
        temperature: 0,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: ASK },
              { type: 'image_url', image_url: { url: image } },
            ],
          },
        ],
      }),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    if (!response.ok) return []
    const answer = JSON.parse(await boundedText(response)) as {
      choices?: { message?: { content?: unknown } }[]
    }
    return tableIn(String(answer.choices?.[0]?.message?.content ?? ''))
  }
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    if (bytes > ANSWER_BYTES_MAX) throw new Error(`more than ${ANSWER_BYTES_MAX} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function tableIn(text: string): string[][] {
  try {
    const rows: unknown = JSON.parse(text.slice(text.indexOf('['), text.lastIndexOf(']') + 1))
    if (!Array.isArray(rows)) return []
    return rows.filter(Array.isArray).map((row: unknown[]) => row.map((cell) => String(cell ?? '')))
  } catch {
    return []
  }
}

const AGREED = 0.98
const UNSURE = 0.9
/** Two readers that say different things: doubtful, unless arithmetic or a master confirms the first. */
const DISPUTED = 0.75

/**
 * Lays a second reading beside the first, in place and before anything is proven: where both agree a cell is surer, where the
 * first was unsure the second's text is taken, where it was sure its own text stays; either is doubtful unless arithmetic or
 * a master confirms it.
 */
export function heedSecond(rows: PageRow[], second: string[][]) {
  const left = new Set(second)
  for (const row of rows) {
    let best: string[] | null = null
    let most = row.cells.length * 0.4
    for (const other of left) {
      if (other.length !== row.cells.length) continue
      const same = row.cells.filter((cell, at) => squeezed(cell.text) === squeezed(other[at] ?? '')).length
      if (same > most) [best, most] = [other, same]
    }
    if (!best) continue
    left.delete(best)
    for (const [at, cell] of row.cells.entries()) {
      const text = (best[at] ?? '').trim()
      if (squeezed(text) === squeezed(cell.text)) cell.sure = Math.max(cell.sure, AGREED)
      else if (cell.sure < UNSURE && text !== '') {
        cell.repaired = { from: cell.text, by: 'second-reader' }
        cell.text = text
        cell.sure = 0.5
        delete cell.glyphs
      } else if (text !== '') cell.sure = Math.min(cell.sure, DISPUTED)
    }
  }
}

function squeezed(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '')
}
