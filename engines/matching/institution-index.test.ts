import { describe, expect, test } from 'vitest'
import { buildInstitutionIndex, normaliseInstitutionName, parseInstitutionName } from './public.ts'
import type { InstitutionEntry } from './shapes.ts'

const entry = (id: string, name: string, place: string, aliases: string[] = []): InstitutionEntry => {
  const [province, city, county] = place.split(' ')
  return {
    id,
    name,
    aliases,
    province: province ?? null,
    city: city ?? null,
    county: county ?? null,
    type: null,
    level: null,
  }
}

const master = [
  entry('km1', '昆山市第一人民医院', '江苏省 苏州市 昆山市', ['江苏大学附属昆山医院']),
  entry('km2', '昆山市第二人民医院', '江苏省 苏州市 昆山市'),
  entry('kmz', '昆山市中医医院', '江苏省 苏州市 昆山市'),
  entry('kmf', '昆山市妇幼保健所', '江苏省 苏州市 昆山市'),
  entry('kmh', '昆山虹桥医院', '江苏省 苏州市 昆山市'),
  entry('tc', '太仓市人民医院', '江苏省 苏州市 太仓市'),
  entry('tcz', '太仓市中医院', '江苏省 苏州市 太仓市'),
  entry('wce', '苏州市吴江区儿童医院', '江苏省 苏州市 吴江区'),
  entry('gse', '苏州市姑苏区儿童医院', '江苏省 苏州市 姑苏区'),
  entry('whd', '武汉市第六医院', '湖北省 武汉市'),
  entry('dfe', '南京脑科医院(南院区)', '江苏省 南京市'),
  entry('dfw', '南京脑科医院(北院区)', '江苏省 南京市'),
  entry('pgq', '北京市平谷区中医院', '北京市 北京市 平谷区'),
  entry('jx', '嘉禾县人民医院', '湖南省 郴州市 嘉禾县'),
  entry('d1', '四川同安堂大药房连锁有限公司新德店', '四川省 广安市 武胜县'),
  entry('d2', '四川同安堂大药房连锁有限公司新民店', '四川省 广安市 武胜县'),
]
const index = buildInstitutionIndex(master)
const js = { province: '江苏省' }

describe('the same institution, written otherwise, is taken without asking', () => {
  test.each([
    ['昆山市第一人民医院', 'km1'],
    ['江苏省苏州市昆山市第一人民医院', 'km1'],
    ['昆山第1人民医院', 'km1'],
    ['昆山市一院', 'km1'],
    ['昆山市第一人民医', 'km1'],
    ['昆山市第一人民医院(住院药房)', 'km1'],
    ['昆山市第一人民医院【集采】', 'km1'],
    ['A1021-昆山市第一人民医院', 'km1'],
    ['昆 山 市 第 一 人 民 医 院', 'km1'],
    ['崑山市第一人民醫院', 'km1'],
    ['昆山市第一人民医院 江苏省昆山市前进西路91号', 'km1'],
    ['江苏大学附属昆山医院', 'km1'],
    ['昆山中医院', 'kmz'],
    ['太仓市人医', 'tc'],
    ['南京脑科医院（南院区）', 'dfe'],
  ])('%s → %s', (raw, id) => {
    const result = index.match(raw, js)
    expect(result.best?.id).toBe(id)
    expect(result.decision).toBe('auto')
  })

  test('no province is known of the distributor', () => {
    expect(index.match('昆山第一人民医院')).toMatchObject({ decision: 'auto', best: { id: 'km1' } })
    expect(index.match('昆山一院').best?.id).toBe('km1')
    expect(index.match('江苏省昆山虹桥医院（直销）')).toMatchObject({ decision: 'auto', best: { id: 'kmh' } })
  })

  test('a full name that stands once in the master is taken, even without any division', () => {
    const bare = buildInstitutionIndex([
      { ...entry('x', '长江航运总医院', ''), province: null, city: null, county: null },
      ...master,
    ])
    expect(bare.match('长江航运总医院', { province: '湖北省' })).toMatchObject({
      decision: 'auto',
      via: 'exact',
    })
    expect(bare.match('长江航运总医院')).toMatchObject({ decision: 'auto', best: { id: 'x' } })
  })

  test('an address column decides between namesakes', () => {
    const twins = buildInstitutionIndex([
      entry('a', '仁和医院', '江苏省 苏州市 昆山市'),
      entry('b', '仁和医院', '江苏省 南京市 江宁区'),
    ])
    const address = '江苏省南京市江宁区胜利路5号'
    expect(twins.match('仁和医院', { ...js, address }).best?.id).toBe('b')
    expect(twins.match('仁和医院', { ...js, city: '苏州市' }).best?.id).toBe('a')
    expect(twins.match('仁和医院', js).decision).toBe('review')
  })

  test('a name by a former division leads to its successor', () => {
    const result = index.match('北京市平谷县中医院', { province: '北京市' })
    expect(result).toMatchObject({ decision: 'auto', best: { id: 'pgq' } })
  })

  test('a store may leave out the form of its company', () => {
    const result = index.match('四川同安堂新德店', { province: '四川省' })
    expect(result).toMatchObject({ decision: 'auto', best: { id: 'd1' } })
  })
})

describe('what only resembles is not taken', () => {
  test.each([
    ['another ordinal', '昆山市第三人民医院'],
    ['a station for a hospital', '昆山市妇幼保健院'],
    ['another branch', '南京脑科医院（东院区）'],
    ["the city's for a county's", '苏州市儿童医院'],
    ['another county', '常熟市人民医院'],
    ['no ordinal at all', '昆山市人民医院'],
  ])('%s: %s', (_, raw) => {
    expect(index.match(raw, js).decision).not.toBe('auto')
  })

  test.each(['盘点差异', '零售', '现金客户', '', '-', '#N/A', '张三', '国药控股苏州有限公司', '某医院'])(
    'no institution: %s',
    (raw) => {
      expect(index.match(raw, js).decision).toBe('none')
    },
  )
})

describe('aliases', () => {
  test('a confirmed alias wins over the name', () => {
    const aliases = new Map([[normaliseInstitutionName('昆山市第一人民医院'), 'kmz']])
    const result = index.match('昆山市 第一人民医院', { ...js, aliases })
    expect(result).toMatchObject({ decision: 'auto', via: 'alias', best: { id: 'kmz', score: 1 } })
  })

  test('an alias to an unknown id is passed over', () => {
    const aliases = new Map([[normaliseInstitutionName('太仓市中医院'), 'gone']])
    expect(index.match('太仓市中医院', { ...js, aliases }).best?.id).toBe('tcz')
  })
})

describe('aliases by scope', () => {
  const key = normaliseInstitutionName('老人民医院')
  const scopes = [
    { scope: 'distributor' as const, aliases: new Map([[key, 'km2']]) },
    { scope: 'province' as const, aliases: new Map([[key, 'km1']]) },
    { scope: 'company' as const, aliases: new Map([[normaliseInstitutionName('中医'), 'kmz']]) },
  ]

  test('the tightest scope wins, and the reason tells which', () => {
    const result = index.match('老人民医院', { ...js, alias_scopes: scopes })
    expect(result).toMatchObject({
      via: 'alias',
      best: { id: 'km2', reasons: [{ code: 'alias-distributor' }] },
    })
    const wider = index.match('中医', { ...js, alias_scopes: scopes })
    expect(wider).toMatchObject({ via: 'alias', best: { id: 'kmz', reasons: [{ code: 'alias-company' }] } })
  })
})

describe('the master changes', () => {
  test('added, renamed and retired entries count at once', () => {
    const changing = buildInstitutionIndex(master)
    changing.add(entry('cs', '常熟市人民医院', '江苏省 苏州市 常熟市'))
    expect(changing.match('常熟人民医院', js)).toMatchObject({ decision: 'auto', best: { id: 'cs' } })
    changing.rename('kmh', '昆山友好医院')
    expect(changing.match('昆山市友好医院', js).best?.id).toBe('kmh')
    expect(changing.match('昆山虹桥医院', js).best?.id).toBe('kmh')
    changing.retire('tcz')
    expect(changing.match('太仓市中医院', js).candidates.some((c) => c.id === 'tcz')).toBe(false)
    expect(changing.size).toBe(master.length)
    expect(() => changing.retire('tcz')).toThrow(RangeError)
  })
})

test('an empty master matches nothing', () => {
  expect(buildInstitutionIndex([]).match('昆山市第一人民医院', js).decision).toBe('none')
})

test('any text gets an answer', () => {
  for (const raw of [
    '院'.repeat(3000),
    '((((',
    ')',
    '\u0000\u0001',
    '😀医院',
    '医'.repeat(80),
    '1'.repeat(40),
  ]) {
    const result = index.match(raw, js)
    for (const c of result.candidates) expect(c.score >= 0 && c.score <= 1).toBe(true)
  }
})

test('candidates come best first, at most five, each with reasons', () => {
  const { candidates, best } = index.match('昆山市第三人民医院', js)
  expect(candidates[0]).toBe(best)
  expect(candidates.length).toBeLessThanOrEqual(5)
  for (const c of candidates) expect(c.reasons.length).toBeGreaterThan(0)
  const scores = candidates.map((c) => c.score)
  expect([...scores].sort((a, b) => b - a)).toEqual(scores)
})

test('a division that is said twice counts once, and what only looks like it is left', () => {
  const masters = [
    ['a', '益阳市中医院', '湖南省', '益阳市', null],
    ['b', '烟台市烟台山医院', '山东省', '烟台市', null],
    ['c', '朝阳市朝阳县人民医院', '辽宁省', '朝阳市', '朝阳县'],
  ] as const
  const twice = buildInstitutionIndex(
    masters.map(([id, name, province, city, county]) => ({
      id,
      name,
      aliases: [],
      province,
      city,
      county,
      type: null,
      level: null,
    })),
  )
  const best = (raw: string) => twice.match(raw, {}).best?.id
  expect(twice.match('益阳市益阳中医院', { province: '湖南省' })).toMatchObject({
    decision: 'auto',
    best: { id: 'a' },
  })
  expect(best('益阳益阳市中医院')).toBe('a')
  expect(best('烟台市烟台山 医院')).toBe('b')
  expect(best('朝阳市朝阳县人民医院')).toBe('c')
})

test('a raw text is parsed for a form: noise off, divisions and kind read', () => {
  expect(parseInstitutionName('A1021-昆山市第一人民医院(直销) 江苏省昆山市前进西路91号', '江苏省')).toEqual({
    name: '昆山市第一人民医院',
    province_code: '320000',
    city_code: '320500',
    county_code: '320583',
    province: '江苏省',
    city: '苏州市',
    county: '昆山市',
    kind: 'hospital',
    category: '综合医院',
    level: null,
    whole: null,
    address: '江苏省昆山市前进西路91号',
  })
  expect(parseInstitutionName('昆山市第一人民医院东院区（三甲）', '江苏省')).toMatchObject({
    name: '昆山市第一人民医院东院区',
    kind: 'hospital',
    level: '三级甲等',
    whole: '昆山市第一人民医院',
  })
  expect(parseInstitutionName('平谷县中医医院二级甲等')).toMatchObject({
    name: '平谷县中医医院',
    county: '平谷区',
    category: '中医医院',
    level: '二级甲等',
  })
  expect(parseInstitutionName('苏州礼安医药连锁有限公司昆山前进店')).toMatchObject({
    kind: 'pharmacy',
    whole: '苏州礼安医药连锁有限公司',
  })
  expect(parseInstitutionName('国药控股大药房连锁有限公司').kind).toBe('chain')
  expect(parseInstitutionName('北京市平谷县中医院').county_code).toBe('110117')
  expect(parseInstitutionName('四川同安堂大药房连锁有限公司新德店')).toMatchObject({ kind: 'pharmacy' })
  expect(parseInstitutionName('盘点差异')).toMatchObject({
    kind: 'other',
    province_code: null,
    city_code: null,
  })
})
