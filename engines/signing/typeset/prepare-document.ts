import type { Block, ContractDocument, Run, Text } from '../shapes.ts'
import { SigningError } from '../signing-error.ts'

interface PlainRun {
  text: string
  bold?: boolean
  underline?: boolean
}

/** What the template is given: labels set, everything optional filled in. `texts` is all it prints, in that order. */
export interface PreparedDocument {
  json: string
  texts: string[]
  bold: string[]
  header: string
}

const LIMITS = { parties: 12, sections: 500, blocks: 20_000, text: 20_000, cells: 60_000 }
const BAD_CHARACTERS = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/u

/** Numbers sections and clauses and checks the document's limits. Error: `bad-document` with the place. */
export function prepareDocument(document: ContractDocument): PreparedDocument {
  const writer = new Writer(document.language)
  checkParties(document)
  const zh = document.language === 'zh'
  const colon = zh ? '：' : ': '
  const number_line = `${zh ? '合同编号' : 'Contract No.'}${colon}${writer.line(document.number)}`
  const title = writer.print(document.title, true)
  const subtitle = writer.print(document.subtitle ?? '')
  const parties = document.parties.map((party) => ({
    key: party.key,
    role_line: writer.print(`${party.role}${colon}`, true),
    name: writer.print(party.name, true),
    sign_line: zh ? '（盖章）　授权代表签字：' : '(seal)  Authorised signature:',
    lines: (party.lines ?? []).map(({ label, value }) => ({
      label: writer.print(`${label}${colon}`),
      value: writer.print(value),
    })),
  }))
  const prepared = {
    language: document.language,
    title,
    subtitle,
    number_line,
    parties,
    preamble: (document.preamble ?? []).map((text) => writer.runs(text)),
    sections: document.sections.map(({ heading, blocks }, index) => ({
      ...writer.heading(index + 1, heading),
      blocks: writer.blocks(blocks, `${index + 1}.`, 0),
    })),
    closing: (document.closing ?? []).map((text) => writer.runs(text)),
  }
  for (const { role_line, name, sign_line } of parties) writer.texts.push(role_line, name, sign_line)
  writer.texts.push(...(document.sections.length > LIMITS.sections ? writer.refuse('sections') : []))
  return {
    json: JSON.stringify(prepared),
    texts: writer.texts,
    bold: writer.bold,
    header: title + number_line,
  }
}

function checkParties({ parties }: ContractDocument): void {
  const keys = new Set(parties.map(({ key }) => key))
  const sound = parties.every(({ key }) => /^[a-z0-9][a-z0-9-]{0,40}$/.test(key))
  if (!sound || keys.size !== parties.length || parties.length === 0 || parties.length > LIMITS.parties)
    throw new SigningError('bad-document', { reason: 'parties' })
}

class Writer {
  readonly texts: string[] = []
  readonly bold: string[] = []
  private readonly zh: boolean
  private count = 0

  constructor(language: 'zh' | 'en') {
    this.zh = language === 'zh'
  }

  refuse(reason: string): never {
    throw new SigningError('bad-document', { reason })
  }

  /** A text without line ends, invisible or private characters: what is signed is what is seen. */
  line(text: string): string {
    const bad = BAD_CHARACTERS.exec(text)?.[0]
    if (bad !== undefined) {
      const code = (bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
      this.refuse(`character U+${code} in "${text.slice(0, 30)}"`)
    }
    if (text.length > LIMITS.text) this.refuse('text too long')
    return text
  }

  print(text: string, bold = false): string {
    this.texts.push(this.line(text))
    if (bold) this.bold.push(text)
    return text
  }

  runs(text: Text): PlainRun[] {
    const all: readonly Run[] = Array.isArray(text) ? text : [text as Run]
    return all.map((run) => {
      const plain: PlainRun = typeof run === 'string' ? { text: run } : run
      this.print(plain.text, plain.bold)
      return plain
    })
  }

  heading(index: number, heading: string): { label: string; heading: string } {
    const label = this.zh ? `第${chineseNumber(index)}条　` : `Article ${index}  `
    this.print(label, true)
    return { label, heading: this.print(heading, true) }
  }

  blocks(blocks: readonly Block[], prefix: string, depth: number): unknown[] {
    this.count += blocks.length
    if (depth > 4 || this.count > LIMITS.blocks) this.refuse('too many blocks')
    let clauses = 0
    return blocks.map((block) => {
      if (block.kind === 'table') return this.table(block)
      if (block.kind === 'paragraph') return { ...block, text: this.runs(block.text) }
      clauses++
      const label = this.print(
        depth === 0 ? `${prefix}${clauses}` : depth === 1 ? `(${clauses})` : `${clauses})`,
      )
      return {
        kind: 'clause',
        label,
        text: this.runs(block.text),
        parts: this.blocks(block.parts ?? [], '', depth + 1),
      }
    })
  }

  private table(block: Extract<Block, { kind: 'table' }>): unknown {
    const { columns, rows } = block
    if (columns.length === 0 || columns.length > 12 || columns.length * rows.length > LIMITS.cells)
      this.refuse('table size')
    if (rows.some((row) => row.length !== columns.length)) this.refuse('row of another length')
    return {
      kind: 'table',
      caption: this.print(block.caption ?? '', true),
      columns: columns.map(({ title, align = 'left', share = 1 }) => ({
        title: this.print(title, true),
        align,
        share: Math.min(20, Math.max(0.2, share)),
      })),
      rows: rows.map((row) => row.map((cell) => ({ runs: this.runs(cell) }))),
    }
  }
}

const DIGITS = '零一二三四五六七八九'

/** 1 to 999 as articles are counted: 十二, 二十, 一百零五. */
function chineseNumber(number: number): string {
  const hundreds = Math.floor(number / 100)
  const tens = Math.floor((number % 100) / 10)
  const ones = number % 10
  const upper = hundreds > 0 ? `${DIGITS[hundreds]}百` : ''
  const middle =
    tens > 0 ? `${tens === 1 && hundreds === 0 ? '' : DIGITS[tens]}十` : hundreds > 0 && ones > 0 ? '零' : ''
  return `${upper}${middle}${ones > 0 ? DIGITS[ones] : ''}`
}
