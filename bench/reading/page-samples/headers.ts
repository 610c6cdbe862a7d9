import type { TableKind } from '#engines/reading/public.ts'

/** What a column of a sample holds: a field of the truth, or something that is printed only. */
export type SampleColumn =
  | 'no'
  | 'occurred_on'
  | 'doc_no'
  | 'partner'
  | 'partner_code'
  | 'product_code'
  | 'product_raw'
  | 'spec_raw'
  | 'product_and_spec'
  | 'maker'
  | 'approval'
  | 'lot'
  | 'made_on'
  | 'expiry'
  | 'qty'
  | 'unit'
  | 'price'
  | 'amount'
  | 'tax'
  | 'store'
  | 'seller'
  | 'remark'

const PARTNER: Record<TableKind, string> = {
  sales:
    '客户名称 客户 购货单位 购入客户名称 接收单位 终端名称 购货方 收货单位 医院名称 销往单位 流向单位 购货单位名称',
  purchase: '供应商名称 供货方 供应商 供货公司 供货单位 进货单位 供方名称',
  stock: '',
}
const DATES: Record<TableKind, string> = {
  sales: '销售日期 出库日期 单据日期 日期 开票日期 业务日期 制单日期 发货日期 操作日期 记账日期',
  purchase: '购进日期 入库日期 采购日期 到货日期 验收日期 日期',
  stock: '库存日期',
}
const QUANTITIES: Record<TableKind, string> = {
  sales: '数量 销售数量 出库数量 实发数量 开票数量 销量 原始数量 数量（盒）',
  purchase: '数量 采购数量 购进数量 入库数量 进货数量',
  stock: '数量 库存数量 可用库存 结存数量 账面数量 期末数量 剩余库存',
}
const OTHERS: Partial<Record<SampleColumn, string>> = {
  no: '序号 行号 序',
  doc_no: '单据编号 单号 出库单号 销售单号 单据号 发票号码',
  partner_code: '客户编码 客户代码 单位编号',
  product_code: '商品编码 货号 商品编号 物料编码',
  product_raw: '产品名称 商品名称 品名 药品名称 通用名称 货品名称 存货名称 产品 物料名称',
  spec_raw: '规格 产品规格 规格型号 商品规格 包装规格 型号',
  product_and_spec: '品规 品名规格',
  maker: '生产厂家 生产企业 厂家 产地 生产厂商',
  approval: '批准文号 注册证号',
  lot: '批号 生产批号 产品批号 商品批次号 批次',
  made_on: '生产日期',
  expiry: '有效期至 有效期 效期 失效日期',
  unit: '单位 计量单位 包装单位 商品单位',
  price: '单价 含税单价 销售价格 价格 含税价',
  amount: '金额 销售金额 含税金额 价税合计',
  tax: '税率',
  store: '仓库 库房',
  seller: '业务员 开票员',
  remark: '备注 摘要',
}

/** The words a column may be headed with in a table of this kind. */
export function headersOf(column: SampleColumn, kind: TableKind): string[] {
  const words =
    column === 'partner'
      ? PARTNER[kind]
      : column === 'occurred_on'
        ? DATES[kind]
        : column === 'qty'
          ? QUANTITIES[kind]
          : (OTHERS[column] ?? '')
  const fitting = words.split(' ')
  return kind === 'purchase' || kind === 'stock'
    ? fitting.filter((word) => !word.startsWith('销售'))
    : fitting
}
