import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { SAMPLE_DAY, sampleContract } from '../samples.ts'
import type { ContractDocument } from '../shapes.ts'
import { typeset } from './typeset.ts'

const folder = mkdtempSync(join(tmpdir(), 'qucheng-typeset-'))
afterAll(() => rmSync(folder, { recursive: true }))

function pdftotext(pdf: Buffer): string {
  writeFileSync(join(folder, 'a.pdf'), pdf)
  return execFileSync('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' }).replace(
    /\s/g,
    '',
  )
}

function contract(changes: Partial<ContractDocument>): ContractDocument {
  return { ...sampleContract(1), ...changes }
}

const clause = (text: string): Partial<ContractDocument> => ({
  sections: [{ heading: '条款', blocks: [{ kind: 'clause', text }] }],
})

describe('a contract becomes a PDF', () => {
  test('its text can be read back, with number and page count on every page', () => {
    const { pdf, pages, fields } = typeset(sampleContract(12), SAMPLE_DAY)
    const text = pdftotext(pdf)
    expect(pages).toBeGreaterThan(3)
    expect(text).toContain('第一条付款与信用')
    expect(text).toContain('第十二条销售指标')
    expect(text).toContain('1.1付款期限为30日，自收货之日起算；信用额度¥500,000.00（人民币伍拾万元整）。')
    expect(text.split('合同编号：QC-2027-0001').length - 1).toBe(pages)
    for (let page = 1; page <= pages; page++) expect(text).toContain(`第${page}页共${pages}页`)
    expect(fields.map(({ party }) => party)).toEqual(['maker', 'distributor', 'agent'])
  })

  test('data are never markup', () => {
    const odd = '#strong[a] $x^2$ *b* _c_ `d` @e <f> \\ // /* [g] "h" \'i\' -- --- ... ~ 1. = -'
    const { pdf } = typeset(contract(clause(odd)), SAMPLE_DAY)
    expect(pdftotext(pdf)).toContain(odd.replace(/\s/g, ''))
  })

  test('the same document at the same time gives the same bytes', () => {
    expect(
      typeset(sampleContract(2), SAMPLE_DAY).pdf.equals(typeset(sampleContract(2), SAMPLE_DAY).pdf),
    ).toBe(true)
  })

  test('in English as well', () => {
    const text = pdftotext(
      typeset(contract({ language: 'en', title: 'Distribution Agreement' }), SAMPLE_DAY).pdf,
    )
    expect(text).toContain('Article1')
    expect(text).toMatch(/Page1of\d/)
  })

  test('a long word and a table over several pages lose nothing', () => {
    const rows = Array.from({ length: 150 }, (_, row) => [`${row}`, '字'.repeat(90), 'x'.repeat(160)])
    const table = { kind: 'table' as const, columns: [{ title: 'a' }, { title: 'b' }, { title: 'c' }], rows }
    const { pdf } = typeset(contract({ sections: [{ heading: '表', blocks: [table] }] }), SAMPLE_DAY)
    writeFileSync(join(folder, 'b.pdf'), pdf)
    const boxes = execFileSync('pdftotext', ['-bbox', join(folder, 'b.pdf'), '-'], { encoding: 'utf8' })
    const right = Math.max(...[...boxes.matchAll(/xMax="([\d.]+)"/g)].map(([, x]) => Number(x)))
    expect(right).toBeLessThan(595 - 60)
  })
})

describe('what cannot be printed is refused, with its place', () => {
  test.each([
    ['😀 与 𠮷', 'missing-glyph', { characters: '😀 𠮷' }],
    ['制表\t符', 'bad-document', { reason: 'character U+0009 in "制表\t符"' }],
    ['反\u202e向', 'bad-document', { reason: 'character U+202E in "反\u202e向"' }],
    ['零\u200b宽', 'bad-document', { reason: 'character U+200B in "零\u200b宽"' }],
  ])('%j', (text, code, params) => {
    expect(() => typeset(contract(clause(text)), SAMPLE_DAY)).toThrow(
      expect.objectContaining({ code, params }),
    )
  })

  test('parties that share a field, rows of another length', () => {
    const [party] = sampleContract().parties
    const twice = contract({ parties: party ? [party, party] : [] })
    expect(() => typeset(twice, SAMPLE_DAY)).toThrow(/parties/)
    const table = { kind: 'table' as const, columns: [{ title: 'a' }], rows: [['1', '2']] }
    expect(() => typeset(contract({ sections: [{ heading: 'x', blocks: [table] }] }), SAMPLE_DAY)).toThrow(
      /row/,
    )
  })

  test('rare characters of names are there', () => {
    expect(() => typeset(contract(clause('䶮 镕 喆 堃 玥 ㎡ ％ ℃ ① Ⅲ')), SAMPLE_DAY)).not.toThrow()
  })
})
