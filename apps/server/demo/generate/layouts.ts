// The ways in which distributors lay out a sales file. Headers are the ones their systems print.

export type Field =
  | 'seq'
  | 'date'
  | 'customer'
  | 'customer_code'
  | 'city'
  | 'product'
  | 'spec'
  | 'product_and_spec'
  | 'product_code'
  | 'maker'
  | 'approval_no'
  | 'udi'
  | 'lot'
  | 'unit'
  | 'qty'
  | 'price'
  | 'amount'
  | 'doc_no'
  | 'doc_type'
  | 'seller'
  | 'biller'
  | 'remark'
  | 'blank'

export type DateForm =
  | 'date'
  | 'datetime'
  | 'iso'
  | 'slash'
  | 'dot'
  | 'cn'
  | 'compact'
  | 'compact_number'
  | 'short'

export type Shape =
  | 'plain'
  | 'two_row'
  | 'customer_merged'
  | 'product_merged'
  | 'customer_once'
  | 'customer_heading'
  | 'sheet_per_product'
  | 'pages'

export type Layout = {
  id: string
  format: 'xlsx' | 'csv'
  encoding: 'utf-8' | 'utf-8-bom' | 'gbk'
  columns: [string, Field][]
  /** Row of the header, 1 to 8; what is above are titles and print lines. */
  header_row: number
  shape: Shape
  dates: DateForm
  numbers: 'number' | 'text' | 'thousands'
  returns: 'negative' | 'doc_type' | 'brackets'
  total: boolean
  footers: string[]
  file_name: 'sm' | 'short' | 'title' | 'dated' | 'export'
}

function columns(text: string): [string, Field][] {
  return text.split(' ').map((entry) => {
    const [head = '', field = 'blank'] = entry.split(':')
    return [head.replaceAll('_', ' ').replaceAll('~', '\n'), field as Field]
  })
}

function layout(id: string, heads: string, more: Partial<Layout> = {}): Layout {
  return {
    id,
    format: 'xlsx',
    encoding: 'utf-8',
    columns: columns(heads),
    header_row: 1,
    shape: 'plain',
    dates: 'date',
    numbers: 'number',
    returns: 'negative',
    total: false,
    footers: [],
    file_name: 'title',
    ...more,
  }
}

const LAYOUTS: Layout[] = [
  layout(
    'plain',
    '销售日期:date 单据编号:doc_no 客户名称:customer 商品名称:product 规格:spec 单位:unit 批号:lot 数量:qty 单价:price 金额:amount 生产厂家:maker',
  ),
  layout(
    'query',
    '序号:seq 出库日期:date 购货单位:customer 品名:product 规格型号:spec 单位:unit 批号:lot 出库数量:qty 含税单价:price 价税合计:amount 业务员:seller',
    {
      header_row: 4,
      dates: 'iso',
      total: true,
      footers: ['制单人：{name}', '审核：{name}'],
      file_name: 'short',
    },
  ),
  layout(
    'two-row',
    '日期:date 客户:customer 产品名称:product 产品规格:spec 单位:unit 批号:lot 数量:qty 单价:price 金额:amount 单据号:doc_no 备注:remark',
    {
      header_row: 3,
      shape: 'two_row',
      dates: 'slash',
      total: true,
    },
  ),
  layout(
    'by-product',
    '商品名称:product 商品规格:spec 销售日期:date 客户名称:customer 商品单位:unit 生产批号:lot 销售数量:qty 销售价格:price 销售金额:amount',
    {
      header_row: 2,
      shape: 'product_merged',
      dates: 'iso',
      total: true,
      file_name: 'short',
    },
  ),
  layout(
    'customer-once',
    '客户名称:customer 开票日期:date 药品名称:product 规格:spec 计量单位:unit 批号:lot 开票数量:qty 单价:price 金额:amount 生产企业:maker',
    {
      shape: 'customer_once',
      dates: 'dot',
      file_name: 'dated',
    },
  ),
  layout(
    'pages',
    '单据日期:date 单号:doc_no 往来单位:customer 货品名称:product 规格:spec 单位:unit 批号:lot 数量:qty 单价:price 金额:amount',
    {
      header_row: 3,
      shape: 'pages',
      dates: 'iso',
      total: true,
      footers: ['打印人：{name}', '打印日期：{day}'],
    },
  ),
  layout(
    'customer-merged',
    '购入客户名称:customer 操作日期:date 产品:product 产品规格:spec 批次:lot 单位:unit 数量:qty 价格:price 金额:amount 单据编号:doc_no',
    {
      header_row: 2,
      shape: 'customer_merged',
      dates: 'cn',
      numbers: 'thousands',
    },
  ),
  layout(
    'sheet-per-product',
    '销售时间:date 终端名称:customer 单位:unit 批号:lot 销量:qty 含税单价:price 含税金额:amount 单据编号:doc_no',
    {
      header_row: 4,
      shape: 'sheet_per_product',
      dates: 'cn',
      total: true,
    },
  ),
  layout(
    'customer-heading',
    '业务日期:date 出库单号:doc_no 存货名称:product 规格型号:spec 计量单位:unit 批号:lot 实发数量:qty 含税单价:price 价税合计:amount',
    {
      header_row: 5,
      shape: 'customer_heading',
      dates: 'slash',
      total: true,
      footers: ['财务主管：{name}', '经手人：{name}'],
    },
  ),
  layout(
    'joined',
    '单据日期:date 接收单位:customer 品规:product_and_spec 批号:lot 单位:unit 销售数量:qty 单价:price 金额:amount 备注:remark',
    {
      dates: 'compact_number',
      returns: 'brackets',
      file_name: 'dated',
    },
  ),
  layout(
    'csv-gbk',
    '销售日期:date 客户编码:customer_code 客户名称:customer 商品编码:product_code 商品名称:product 商品规格:spec 单位:unit 批号:lot 数量:qty 单价:price 金额:amount 单据编号:doc_no 生产厂家:maker',
    {
      format: 'csv',
      encoding: 'gbk',
      dates: 'compact',
      file_name: 'export',
    },
  ),
  layout(
    'csv-report',
    '序号:seq 日期:date 客户名称:customer 品名:product 规格:spec 单位:unit 批号:lot 数量:qty 单价:price 金额:amount 开票员:biller',
    {
      format: 'csv',
      encoding: 'gbk',
      header_row: 4,
      dates: 'iso',
      numbers: 'thousands',
      total: true,
      footers: ['制表：{name}'],
      file_name: 'title',
    },
  ),
  layout(
    'csv-utf8',
    '下单日期:date 客户名称:customer 客户城市:city 产品名称:product 规格:spec 销售数量{unit}:qty 价格:price 金额:amount 批号:lot 销售订单:doc_no',
    {
      format: 'csv',
      encoding: 'utf-8-bom',
      dates: 'slash',
      file_name: 'export',
    },
  ),
  layout(
    'template',
    '销售日期:date 产品名称:product 产品规格:spec 客户名称:customer 数量{unit}:qty 批号:lot',
    {
      file_name: 'sm',
    },
  ),
  layout(
    'doc-type',
    '出库时间:date 业务类型:doc_type 单据编号:doc_no 客户名称:customer 通用名称:product 规格:spec 单位:unit 产品批号:lot 数量:qty 含税单价:price 含税金额:amount 上市许可持有人:maker',
    {
      dates: 'datetime',
      returns: 'doc_type',
      file_name: 'sm',
    },
  ),
  layout(
    'tall',
    ':blank :blank 发货日期:date 收_货_单_位:customer 产品品名:product 规~格:spec 包装单位:unit 产品批号:lot 数~量:qty 单~价:price 金_额:amount 备注:remark',
    {
      header_row: 8,
      dates: 'cn',
      numbers: 'text',
      total: true,
      footers: ['收货人：{name}', '联系电话：'],
      file_name: 'short',
    },
  ),
  layout(
    'device',
    '出库日期:date 单据编号:doc_no 医院名称:customer 物资名称:product 规格型号:spec UDI-DI:udi 注册证号:approval_no 单位:unit 批号:lot 出库数量:qty 单价:price 金额:amount',
    {
      header_row: 2,
      dates: 'datetime',
      file_name: 'title',
    },
  ),
  layout(
    'short-date',
    '日期:date 往来单位:customer 名称:product 型号:spec 单位:unit 数量:qty 单价:price 金额:amount 业务员:seller 摘要:remark',
    {
      header_row: 3,
      dates: 'short',
      total: true,
      file_name: 'sm',
    },
  ),
]

export const LAYOUT_IDS: readonly string[] = LAYOUTS.map((entry) => entry.id).filter((id) => id !== 'device')

/** What companies that trade in devices only send. */
export const DEVICE_LAYOUTS: readonly string[] = [
  'device',
  'plain',
  'two-row',
  'doc-type',
  'customer-merged',
  'short-date',
  'csv-gbk',
]

export function layoutOf(id: string): Layout {
  const found = LAYOUTS.find((entry) => entry.id === id)
  if (!found) throw new Error(`no layout ${id}`)
  return found
}

export function hasField(of: Layout, field: Field): boolean {
  return of.columns.some(([, own]) => own === field)
}

export function hasUnitInHeader(of: Layout): boolean {
  return of.columns.some(([head]) => head.includes('{unit}'))
}
