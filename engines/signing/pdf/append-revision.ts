import type { PdfValue } from './pdf-value.ts'
import { type PdfFile, rootRef } from './read-pdf.ts'

/** Where an object of the new revision stands in the file. */
export interface Appended {
  bytes: Buffer
  offsets: Map<number, number>
}

/** Writes objects behind the file as one revision; what stands before stays as it is, to the byte. */
export function appendRevision(file: PdfFile, objects: Map<number, PdfValue>): Appended {
  const last = file.revisions.at(-1)
  const parts: Buffer[] = [Buffer.from(file.bytes)]
  let length = file.bytes.length
  const push = (part: Buffer | string) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part
    parts.push(bytes)
    length += bytes.length
  }
  if (file.bytes.at(-1) !== 10) push('\n')
  const offsets = new Map<number, number>()
  const numbers = [...objects.keys()].sort((a, b) => a - b)
  for (const number of numbers) {
    offsets.set(number, length)
    push(`${number} 0 obj\n`)
    push(writeValue(objects.get(number) ?? null))
    push('\nendobj\n')
  }
  const at = length
  push('xref\n')
  for (const run of runs(numbers)) {
    push(`${run[0]} ${run.length}\n`)
    for (const number of run) push(`${String(offsets.get(number)).padStart(10, '0')} 00000 n\r\n`)
  }
  const size = Math.max(last?.size ?? 0, (numbers.at(-1) ?? 0) + 1)
  const trailer = new Map(last?.trailer.entries)
  trailer.set('Size', size)
  trailer.set('Root', rootRef(file))
  trailer.set('Prev', previousTable(file))
  push('trailer\n')
  push(writeValue({ kind: 'dict', entries: trailer }))
  push(`\nstartxref\n${at}\n%%EOF\n`)
  return { bytes: Buffer.concat(parts), offsets }
}

function previousTable(file: PdfFile): number {
  const tail = Buffer.from(file.bytes.subarray(-64)).toString('latin1')
  return Number(/startxref\s+(\d+)/.exec(tail)?.[1])
}

function runs(numbers: number[]): number[][] {
  const found: number[][] = []
  for (const number of numbers) {
    const run = found.at(-1)
    if (run && run.at(-1) === number - 1) run.push(number)
    else found.push([number])
  }
  return found
}

export function writeValue(value: PdfValue): Buffer {
  if (typeof value === 'object' && value?.kind === 'stream') {
    const head = new Map(value.dict.entries).set('Length', value.raw.length)
    return Buffer.concat([
      Buffer.from(`${plain({ kind: 'dict', entries: head })}\nstream\n`, 'latin1'),
      value.raw,
      Buffer.from('\nendstream', 'latin1'),
    ])
  }
  return Buffer.from(plain(value), 'latin1')
}

function plain(value: PdfValue): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number(value.toFixed(4)).toString()
  switch (value.kind) {
    case 'name':
      return `/${value.name.replace(/[^!-~]|[#()<>[\]{}/%]/g, (one) => `#${one.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
    case 'string':
      return `<${Buffer.from(value.bytes).toString('hex')}>`
    case 'ref':
      return `${value.number} ${value.generation} R`
    case 'array':
      return `[${value.items.map(plain).join(' ')}]`
    case 'dict':
      return `<<${[...value.entries].map(([key, one]) => `${plain({ kind: 'name', name: key })} ${plain(one)}`).join(' ')}>>`
    case 'verbatim':
      return value.text
    case 'stream':
      throw new Error('a stream stands alone')
  }
}
