import type { RawRow } from '../open/source.ts'
import type { TableContext } from '../shapes.ts'
import { parseDate } from '../type/dates.ts'
import { cleaned, squeezed } from '../type/plain-text.ts'

/** Moments of printing and exporting say nothing about the month of the goods. */
const PRINTED_AT =
  /(打印|导出|制表|制单|查询|生成|下载|输出|填报|报表)(日期|时间|人)?[:：]?\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(\s*\d{1,2}:\d{2}(:\d{2})?)?/g
const DAY = /(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/g
const MONTH = /(20\d{2})\s*[-/.年]?\s*(1[0-2]|0?[1-9])\s*月?(?!\d)/
const LABELLED = /^[\p{Script=Han}\s]{1,8}[:：]/u
const COMPANY = /[\p{Script=Han}()（）]{2,30}?(有限责任公司|股份有限公司|有限公司|集团公司|公司)/u

const LABELS: { key: 'product' | 'spec' | 'customer' | 'unit'; label: RegExp }[] = [
  { key: 'product', label: /^(品名|商品名称|产品名称|药品名称|品种|商品|产品|药品|货品名称|通用名称?)$/ },
  { key: 'spec', label: /^(规格|商品规格|产品规格|规格型号)$/ },
  { key: 'customer', label: /^(客户|客户名称|购货单位|医院|医院名称|终端|终端名称|往来单位|收货单位)$/ },
  { key: 'unit', label: /^(单位|计量单位)$/ },
]

/** What the rows above a header, the sheet's name and the file's name tell about all lines below. */
export function contextOf(titles: RawRow[], sheet: string, fileName: string): TableContext {
  const pieces = titles.flatMap((row) => row.cells.map(cleaned).filter(Boolean))
  const context: TableContext = {}
  const title = pieces.find((piece) => piece.length >= 3 && !LABELLED.test(piece))
  if (title) context.title = title
  readLabels(context, pieces)
  const text = pieces.join('  ').normalize('NFKC')
  const plainFile = fileName.replace(/\.[^.]*$/, '').normalize('NFKC')
  const month = monthIn(text) ?? monthIn(sheet.normalize('NFKC')) ?? monthIn(plainFile)
  if (month) context.month = month
  const day = lastDayIn(text) ?? lastDayIn(plainFile)
  if (day) context.snapshot_on = day
  const distributor = distributorIn(pieces) ?? companyIn(plainFile.replace(/^[SPI][MD]_[^_]*_/i, ''))
  if (distributor) context.distributor = distributor
  return context
}

/** '品名：X    规格：Y' in one cell, or the label in one cell and its value in the next. */
function readLabels(context: TableContext, pieces: string[]) {
  pieces.forEach((piece, index) => {
    for (const part of piece.split(/\s{2,}|[;；()（）]/)) {
      const cut = part.search(/[:：]/)
      if (cut <= 0) continue
      const label = squeezed(part.slice(0, cut))
      const value = part.slice(cut + 1).trim() || (pieces[index + 1] ?? '')
      const known = LABELS.find((each) => each.label.test(label))
      if (known && value && !/^(全部|所有|不限)$/.test(value)) context[known.key] ??= value
    }
  })
  // A product's name may itself hold brackets: read labels that fill the cell again, uncut.
  for (const piece of pieces) {
    const cut = piece.search(/[:：]/)
    const known = LABELS.find((each) => each.label.test(squeezed(piece.slice(0, Math.max(cut, 0)))))
    if (known && !/\s{2,}/.test(piece)) context[known.key] = piece.slice(cut + 1).trim()
  }
}

function monthIn(text: string): string | null {
  const plain = text.replace(PRINTED_AT, ' ')
  const days = [...plain.matchAll(DAY)].flatMap((match) => parseDate(match[0].trim()) || [])
  if (days.length > 0) {
    const months = new Set(days.map((day) => day.slice(0, 7)))
    return months.size === 1 ? (days[0] as string).slice(0, 7) : null
  }
  const compact = /(20\d{2})(0[1-9]|1[0-2])(\d{2})?(?!\d)/.exec(plain)
  if (compact) return `${compact[1]}-${compact[2]}`
  const match = MONTH.exec(plain)
  return match ? `${match[1]}-${(match[2] as string).padStart(2, '0')}` : null
}

function lastDayIn(text: string): string | null {
  const days = [...text.replace(PRINTED_AT, ' ').matchAll(DAY)].flatMap((match) => parseDate(match[0]) || [])
  return days.at(-1) ?? null
}

function distributorIn(pieces: string[]): string | null {
  for (const piece of pieces) {
    const cut = piece.search(/[:：]/)
    const label = cut > 0 ? squeezed(piece.slice(0, cut)) : ''
    if (label && !/(公司|商业|经销商|单位)$/.test(label)) continue
    const company = companyIn(cut > 0 ? piece.slice(cut + 1) : piece)
    if (company) return company
  }
  // '公司:' in one cell, the name in the next.
  const at = pieces.findIndex((piece) => /^(公司|商业公司|经销商|公司名称)[:：]$/.test(squeezed(piece)))
  return at >= 0 ? (pieces[at + 1] ?? null) : null
}

function companyIn(text: string): string | null {
  return COMPANY.exec(text)?.[0] ?? null
}

const PERIOD_WORDS =
  /(20\d{2}年?)|(\d{1,2}月份?)|[一二三四五六七八九十]+月份?|各?(医院|终端|客户|商业|药店|门店)|(销量|销售|流向|出库|采购|库存)|(统计|汇总|明细|报表|表|分布|情况|数据|查询)|[（(][^()（）]*单位[^()（）]*[)）]|年度?/g

/** The product a pivot's title is about, what is left when period and report words are taken out; '' when unclear. */
export function productInTitle(title: string): string {
  const rest = title.replace(PERIOD_WORDS, ' ').trim()
  return /[\p{Script=Han}]{3,}/u.test(rest) && !COMPANY.test(rest) ? rest.replace(/\s+/g, ' ') : ''
}

/** 单位：支 in a title's bracket. */
export function unitInTitle(title: string): string {
  return /单位\s*[:：]\s*([\p{Script=Han}]{1,2})/u.exec(title)?.[1] ?? ''
}
