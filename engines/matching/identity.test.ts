import { describe, expect, test } from 'vitest'
import { buildInstitutionIndex, isProvenTaxId, normaliseTaxId, openInstitutionIndex } from './public.ts'
import type { InstitutionEntry } from './shapes.ts'

const entry = (id: string, name: string, tax_id: string | null): InstitutionEntry => ({
  id,
  name,
  aliases: [],
  province: '江苏省',
  city: '苏州市',
  county: '昆山市',
  type: null,
  level: null,
  tax_id,
})
// Made up, with check characters that fit.
const FIRST = taxId('12320583MB1234501')
const SECOND = taxId('12320583MB1234502')
const NEW = taxId('12320583MB1234503')

function taxId(body: string): string {
  const found = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].find((last) => isProvenTaxId(body + last))
  if (!found) throw new Error(body)
  return body + found
}

const master = [
  entry('km1', '昆山市第一人民医院', FIRST),
  entry('km2', '昆山市第二人民医院', SECOND),
  entry('east', '昆山市康复医院东院区', 'shared0000123456'),
  entry('west', '昆山市康复医院西院区', 'shared0000123456'),
  entry('plain', '昆山市中医医院', null),
]
const index = buildInstitutionIndex(master)
const js = { province: '江苏省' }
const codes = (found: { reasons: { code: string }[] } | null | undefined) =>
  found?.reasons.map((r) => r.code) ?? []

describe('a tax id', () => {
  test('is compared without width, case, spaces and dashes; what cannot be one says nothing', () => {
    expect(normaliseTaxId(' 9132-0583 ＭＡ1234567x ')).toBe('91320583MA1234567X')
    expect(normaliseTaxId('无')).toBe('')
    expect(normaliseTaxId(null)).toBe('')
    expect(isProvenTaxId(`${FIRST.slice(0, 17)}${FIRST.endsWith('0') ? '1' : '0'}`)).toBe(false)
  })

  test('settles a text that alone would not be taken', () => {
    const text = '一院设备科耗材'
    expect(index.match(text, js).decision).not.toBe('auto')
    const found = index.match(text, { ...js, tax_id: FIRST })
    expect(found).toMatchObject({ decision: 'auto', best: { id: 'km1' } })
    expect(codes(found.best)).toContain('same-tax-id')
  })

  test('of another institution than the name leaves both to a person', () => {
    const found = index.match('昆山市第二人民医院', { ...js, tax_id: FIRST })
    expect(found.decision).toBe('review')
    expect(found.candidates.slice(0, 2).map((one) => one.id)).toEqual(['km1', 'km2'])
    expect(codes(found.candidates[1])).toContain('tax-id-conflicts')
  })

  test('that the master does not know holds back whom it contradicts, and nobody without a tax id', () => {
    expect(index.match('昆山市第二人民医院', { ...js, tax_id: NEW }).decision).toBe('review')
    expect(index.match('昆山市中医医院', { ...js, tax_id: NEW }).decision).toBe('auto')
  })

  test('with a slip of the pen speaks against nobody', () => {
    const slip = `${NEW.slice(0, 17)}${NEW.endsWith('0') ? '1' : '0'}`
    expect(index.match('昆山市第二人民医院', { ...js, tax_id: slip }).decision).toBe('auto')
  })

  test('shared by the sites of a hospital leaves the site to the name', () => {
    const shared = { ...js, tax_id: 'SHARED0000123456' }
    expect(index.match('昆山市康复医院西院区', shared)).toMatchObject({
      decision: 'auto',
      best: { id: 'west' },
    })
    expect(index.match('昆山康复医院', shared).decision).toBe('review')
  })

  test('is found in a saved index, after changes, and in what changed', () => {
    const opened = openInstitutionIndex(index.toBuffer())
    const ask = { ...js, tax_id: FIRST }
    expect(opened.match('某单位', ask).candidates[0]?.id).toBe('km1')
    opened.retire('km1')
    expect(opened.match('某单位', ask).candidates.some((one) => one.id === 'km1')).toBe(false)
    opened.add(entry('new', '昆山市新城医院', FIRST))
    expect(opened.match('新城', ask)).toMatchObject({ decision: 'auto', best: { id: 'new' } })
    expect(openInstitutionIndex(opened.toBuffer()).match('新城', ask).best?.id).toBe('new')
  })
})

describe('a customer code of the distributor', () => {
  const known = new Map([['K7', 'km2']])

  test('that meant an institution settles a text that resembles it', () => {
    const found = index.match('昆山第二医院住院部', { ...js, code: 'K7', codes: known })
    expect(found).toMatchObject({ decision: 'auto', best: { id: 'km2' } })
    expect(codes(found.best)).toContain('same-customer-code')
  })

  test('does not speak for what looks nothing like the text', () => {
    expect(index.match('阳澄湖大药房', { ...js, code: 'K7', codes: known }).decision).toBe('review')
  })

  test('that meant another one than the name leaves both to a person', () => {
    const found = index.match('昆山市第一人民医院', { ...js, code: 'K7', codes: known })
    expect(found.decision).toBe('review')
    expect(found.candidates.map((one) => one.id)).toEqual(expect.arrayContaining(['km1', 'km2']))
    expect(codes(found.candidates[0])).toContain('customer-code-conflicts')
  })
})

describe('what the product asks beside the answer', () => {
  test('another threshold takes more or less, but never twins', () => {
    const doubtful = '昆山二院'
    const { best } = index.match(doubtful, js)
    const score = best?.score ?? 0
    expect(index.match(doubtful, { ...js, auto_from: Math.min(0.999, score + 0.001) }).decision).not.toBe(
      'auto',
    )
    expect(index.match(doubtful, { ...js, auto_from: score - 0.001 }).decision).toBe('auto')
    const twins = buildInstitutionIndex([
      entry('a', '昆山市玉山镇卫生院', null),
      entry('b', '昆山市玉山镇卫生院', null),
    ])
    const found = twins.match('昆山市玉山镇卫生院', { ...js, auto_from: 0.3 })
    expect([found.decision, found.held]).toEqual(['review', true])
  })

  test('features are told by name, and only when asked for', () => {
    expect(index.match('昆山一院', js).features).toBeUndefined()
    const { features } = index.match('昆山一院', { ...js, measure: true })
    expect(features?.same_province).toBe(1)
    expect(Object.values(features ?? {}).every((value) => value !== 0)).toBe(true)
  })
})
