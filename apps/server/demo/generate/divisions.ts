import table from './divisions.json' with { type: 'json' }

export type Division = { code: string; name: string; short: string; pinyin: string }

const all: Division[] = (table.rows as [string, string, string, string][]).map(
  ([code, name, short, pinyin]) => ({
    code,
    name,
    short,
    pinyin,
  }),
)

export function provinceNamed(name: string): Division {
  const found = all.find((d) => d.code.endsWith('0000') && d.name === name)
  if (!found) throw new Error(`no province ${name}`)
  return found
}

/** Cities of a province. A municipality is one city with the name of the province. */
export function citiesOf(province: Division): Division[] {
  if (province.name === '重庆市') return [{ ...province, code: '500100' }]
  const prefix = province.code.slice(0, 2)
  return all.filter(
    (d) =>
      d.code.startsWith(prefix) && d.code.endsWith('00') && !d.code.endsWith('0000') && d.name.endsWith('市'),
  )
}

/** Districts and counties of a city; a city without any stands for itself. */
export function countiesOf(city: Division): Division[] {
  const prefixes = city.name === '重庆市' ? ['5001', '5002'] : [city.code.slice(0, 4)]
  const found = all.filter((d) => prefixes.includes(d.code.slice(0, 4)) && !d.code.endsWith('00'))
  return found.length > 0 ? found : [city]
}
