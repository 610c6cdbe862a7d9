import { describe, expect, test } from 'vitest'
import { buildProductIndex, normaliseProductText, parseSpec, unitFactor } from '../public.ts'
import type { ProductEntry } from '../shapes.ts'

describe('specifications', () => {
  test.each([
    ['0.3g*10片*3板/盒', '0.3g', 30],
    ['0.3g/片*10片/板*3板/盒*200盒', '0.3g', 30],
    ['300mg×30s', '0.3g', 30],
    ['10万iu×5瓶/盒', '100000iu', 5],
    ['10ml:0.5g*5支', '10ml:0.5g', 5],
    ['2.5mg:2.5ml*20支', '2.5ml:2.5mg', 20],
    ['30片/瓶*2瓶/盒', undefined, 60],
    ['每片0.1克', '0.1g', undefined],
    ['10*10片', undefined, 10],
    ['SV25T5 +6.5D', undefined, undefined],
    ['', undefined, undefined],
  ])('%s → dose %s, %s a pack', (spec, dose, perPack) => {
    const parsed = parseSpec(spec)
    expect(parsed.dose).toBe(dose)
    expect(parsed.perPack).toBe(perPack)
  })
})

const entry = (id: string, code: string, name: string, generic: string, spec: string): ProductEntry => ({
  id,
  code,
  name,
  generic_name: generic,
  aliases: [],
  spec,
  manufacturer: '江城制药有限公司',
  unit: '盒',
  units: [
    { unit: '盒', factor: '1' },
    { unit: '箱', factor: '200' },
  ],
})

const index = buildProductIndex([
  entry('a', 'P1', '乐宁', '奥卡西平片', '0.3g*10片*3板/盒'),
  entry('b', 'P2', '乐宁', '奥卡西平片', '0.15g*10片*5板/盒'),
  entry('c', 'P3', '注射用头孢曲松钠', '注射用头孢曲松钠', '1g*10瓶/盒'),
])

describe('products', () => {
  test.each([
    ['by generic name and equal specification', { name: '奥卡西平片', spec: '300mg*30片' }, 'a'],
    ['by trade name with the specification behind it', { name: '乐宁 0.15g*50片', spec: '' }, 'b'],
    ['by code alone', { name: '', spec: '', code: 'p3' }, 'c'],
  ])('auto %s', (_, text, id) => {
    expect(index.match(text)).toMatchObject({ decision: 'auto', best: { id } })
  })

  test.each([
    ['another strength', { name: '奥卡西平片', spec: '0.6g*30片' }],
    ['another pack', { name: '奥卡西平片', spec: '0.3g*20片' }],
    ['no specification', { name: '乐宁', spec: '' }],
    ['another maker', { name: '奥卡西平片', spec: '0.3g*30片', manufacturer: '海滨生物股份有限公司' }],
    ['our code on a different name', { name: '板蓝根颗粒', spec: '10g*20袋', code: 'P1' }],
  ])('review for %s', (_, text) => {
    expect(index.match(text).decision).toBe('review')
  })

  test('another product is none', () => {
    expect(index.match({ name: '阿莫西林胶囊', spec: '0.25g*24粒' }).decision).toBe('none')
  })

  test('a confirmed alias wins', () => {
    const aliases = new Map([[normaliseProductText('曲松', '1G'), 'c']])
    expect(index.match({ name: '曲松', spec: '1g' }, aliases)).toMatchObject({
      via: 'alias',
      best: { id: 'c' },
    })
  })
})

test('units lead to the base unit or to null', () => {
  const product = entry('a', '', '', '', '')
  expect(unitFactor(product, '箱')).toBe('200')
  expect(unitFactor(product, '件')).toBe('200')
  expect(unitFactor(product, '（盒）')).toBe('1')
  expect(unitFactor(product, '片')).toBeNull()
})
