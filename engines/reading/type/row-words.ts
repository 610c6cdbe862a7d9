import { squeezed } from './plain-text.ts'

const TOTAL =
  /^(本页|本月|本日|本年|当前|当月|当日|客户|品种|商品|产品|部门|单位|业务员|分组|页|总|上页)?(小计|合计|总计|累计|共计|汇总|总合计|合计数|总数|承前页|过次页|转下页|期初|期末|结存)([(（:：].*|金额.*|数量.*)?$/
const TOTAL_ENDING = /(小计|合计|总计)[:：)）]?$/
const FOOTER =
  /^(制单|审核|签字|签章|盖章|收货人|联系人|联系电话|收货地址|打印|经手|出纳|仓库[:：]|备注[:：]|说明[:：]|注[:：]|制表|复核|会计|主管|负责人|第\d+页|共\d+页|页码|导出|查询|记录数|总记录|报表|填表|核对|财务|开票人|业务员[:：]|日期[:：]|公司[:：]|地址[:：]|电话[:：]|单位[:：])/
const HEADING =
  /^(客户名称|客户|购货单位|购货方|往来单位|单位名称|收货单位|医院名称|医院|终端名称|终端|品名|商品名称|产品名称|药品名称|商品|产品|品种|供应商名称|供应商|供货单位)[:：](.+)$/

/** 小计, 本页小计, 合　计, 总计：, XX医院 合计. */
export function isTotalWord(text: string): boolean {
  const plain = squeezed(text)
  return TOTAL.test(plain) || (plain.length <= 40 && TOTAL_ENDING.test(plain))
}

/** 制单人：…, 审核：, 第1页, 备注：… as they stand below a table. */
export function isFooterWord(text: string): boolean {
  return FOOTER.test(squeezed(text))
}

export type HeadingField = 'customer_raw' | 'product_raw' | 'supplier_raw'

/** '客户：山东省…医院' → what the lines below belong to. */
export function labelledHeading(text: string): { field: HeadingField; text: string } | null {
  const match = HEADING.exec(text.normalize('NFKC').trim())
  if (!match) return null
  const label = match[1] as string
  const field = /^(品|商|产|药)/.test(label)
    ? 'product_raw'
    : label.startsWith('供')
      ? 'supplier_raw'
      : 'customer_raw'
  const at = text.search(/[:：]/)
  const value = text.slice(at + 1).trim()
  return value ? { field, text: value } : null
}
