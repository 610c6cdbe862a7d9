import { squeezed } from './plain-text.ts'

const TOTAL =
  /^(本页|本月|本日|本年|当前|当月|当日|客户|品种|商品|产品|部门|单位|业务员|分组|页|总|上页|全部|分公司|医院|终端)?(小计|合计|总计|累计|共计|汇总|总合计|合计数|总数|承前页|过次页|转下页|期初|期末|结存|期初结存|期末结存)([(（:：].*|金额.*|数量.*)?$/
const TOTAL_ENDING = /(小计|合计|总计|汇总)[:：)）】\]]?$/
const FOOTER =
  /^(制单|审核|签字|签章|盖章|收货人|联系人|联系电话|收货地址|打印|经手|出纳|仓库[:：]|备注[:：]|说明[:：]|注[:：]|制表|复核|会计|主管|负责人|第\d+页|共\d+[页条]|页码|导出|查询|记录数|总记录|报表|填表|核对|财务|开票人|业务员[:：]|日期[:：]|公司[:：]|地址[:：]|电话[:：]|单位[:：]|以上|特此|此致|本表|数据来源|统计人|统计日期)/
const LABELS: Record<string, HeadingField> = {
  客户名称: 'customer_raw',
  客户: 'customer_raw',
  购货单位: 'customer_raw',
  购货方: 'customer_raw',
  往来单位: 'customer_raw',
  单位名称: 'customer_raw',
  收货单位: 'customer_raw',
  医院名称: 'customer_raw',
  医院: 'customer_raw',
  终端名称: 'customer_raw',
  终端: 'customer_raw',
  客户单位: 'customer_raw',
  购买单位: 'customer_raw',
  药店: 'customer_raw',
  门店: 'customer_raw',
  品名: 'product_raw',
  商品名称: 'product_raw',
  产品名称: 'product_raw',
  药品名称: 'product_raw',
  通用名: 'product_raw',
  通用名称: 'product_raw',
  货品名称: 'product_raw',
  存货名称: 'product_raw',
  物料名称: 'product_raw',
  商品: 'product_raw',
  产品: 'product_raw',
  药品: 'product_raw',
  品种: 'product_raw',
  货品: 'product_raw',
  品规: 'product_raw',
  规格: 'spec_raw',
  商品规格: 'spec_raw',
  产品规格: 'spec_raw',
  规格型号: 'spec_raw',
  供应商名称: 'supplier_raw',
  供应商: 'supplier_raw',
  供货单位: 'supplier_raw',
}
/** 客户编码：001 客户：… ; each label reaches to the next one. */
const LABELLED = /([\p{Script=Han}]{2,6})\s*[:：]\s*/gu

/** 小计, 本页小计, 合　计, 总计：, XX医院 合计. */
export function isTotalWord(text: string): boolean {
  const plain = squeezed(text)
  if (/^(grand|sub)?-?total[:：]?$/i.test(plain)) return true
  return TOTAL.test(plain) || (plain.length <= 40 && TOTAL_ENDING.test(plain))
}

/** 制单人：…, 审核：, 第1页, 备注：… as they stand below a table. */
export function isFooterWord(text: string): boolean {
  return FOOTER.test(squeezed(text))
}

export type HeadingField = 'customer_raw' | 'product_raw' | 'supplier_raw' | 'spec_raw'
export type Headings = Partial<Record<HeadingField, string>>

/** '客户：山东省…医院', '品名：… 规格：…' → what the lines below belong to; null when no label names it. */
export function labelledHeadings(text: string): Headings | null {
  if (!/[:：]/.test(text)) return null
  const labels = [...text.matchAll(LABELLED)]
  const first = labels[0]
  if (!first || text.slice(0, first.index).trim().length > 2) return null
  const found: Headings = {}
  labels.forEach((match, index) => {
    const field = LABELS[match[1] as string]
    const end = labels[index + 1]?.index ?? text.length
    const value = text
      .slice(match.index + match[0].length, end)
      .trim()
      .replace(/[,，;；]$/, '')
    if (field && value && found[field] === undefined) found[field] = value
  })
  return Object.keys(found).length > 0 ? found : null
}
