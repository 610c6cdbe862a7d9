import type { Field, TableKind } from '../shapes.ts'

/** One meaning a header text can have. `weight` 0..1 tells how surely; a lower one yields where two columns compete. */
export interface HeaderMeaning {
  field: Field | null
  weight: number
  /** Only in tables of these kinds; absent = in all. */
  kinds?: TableKind[]
  /** The table's kind that the header alone speaks for. */
  votes?: TableKind
}

interface Entry extends HeaderMeaning {
  words: string
}

const S: TableKind[] = ['sales']
const P: TableKind[] = ['purchase']
const I: TableKind[] = ['stock']

/**
 * Header texts as distributors' systems print them, normalised as header-text.ts does: half-width, no blanks, no bracketed
 * unit, lower case. One text may stand in several entries; the table's kind, the content and arithmetic choose.
 */
const ENTRIES: Entry[] = [
  // When.
  {
    field: 'occurred_on',
    weight: 1,
    votes: 'sales',
    words:
      '销售日期 出库日期 出售日期 销售时间 出库时间 发货日期 发货时间 售出日期 销货日期 配送日期 配送时间 下单日期 开单日期 销售开票日期 出货日期 流向日期 实际发货日期 确认日期 出库开票日期 销售单日期 出库单日期 发货单日期 销退日期 业务发生日期 出库确认时间 发货时间 送货日期 postingdate xsrq ckrq saledate salesdate',
  },
  {
    field: 'occurred_on',
    weight: 0.95,
    words:
      '日期 单据日期 业务日期 操作日期 开票日期 制单日期 记账日期 过账日期 凭证日期 交易日期 发生日期 发票日期 结算日期 时间 业务时间 开票时间 制单时间 记帐日期 单据时间 审核日期 创建日期 订单日期 记录日期 登记日期 过帐日期 过账时间 单据过账日期 开单时间 录单日期 录入日期 日期时间 生单日期 原单日期 制票日期 打单日期 rq kprq djrq ywrq date billdate bizdate invoicedate',
  },
  {
    field: 'occurred_on',
    weight: 1,
    votes: 'purchase',
    words:
      '购进日期 采购时间 采购日期 进货日期 入库日期 到货日期 验收日期 购进时间 进货时间 入库时间 收货日期 rkrq 进库日期 到库日期 收货时间 验收时间 入库单日期 采购单日期 购入日期 来货日期 cgrq jhrq purchasedate',
  },
  {
    field: 'occurred_on',
    weight: 1,
    votes: 'stock',
    words: '库存提取日期 库存日期 截止日期 盘点日期 库存时间 提取日期 结存日期 统计日期 kcrq',
  },
  { field: 'occurred_on', weight: 0.5, kinds: I, words: '更新日期 更新时间 抓取日期 采集日期' },
  {
    field: 'month',
    weight: 1,
    words:
      '所属月份 月份 年月 会计期间 期间 月份(实际) 业务月份 销售月份 流向年月 业务年月 统计年月 会计月份 所属期 归属月份 归属月 月度 流向月份 统计月份 账期 month period',
  },
  // Who buys.
  {
    field: 'customer_raw',
    weight: 1,
    votes: 'sales',
    words:
      '客户名称 购货单位 购货单位名称 购入客户名称 接收单位 终端名称 终端客户 终端客户名称 原始客户名称 购货方 购货方名称 收货单位 收货单位名称 收货方 收货方名称 医院名称 医疗机构名称 医疗机构 销往单位 需方 需方名称 需方单位 流向单位 流向单位名称 下游客户 下游客户名称 购买方 购买方名称 购方名称 购方 销售客户 销售对象 客户全称 客户简称 客户单位 药店名称 门店名称 买方名称 买方 要货单位 终端 终端医院 配送单位名称 客户名 销售客户名称 购买单位 购进单位 购进单位名称 进货客户 客户全名 购方单位 购方单位名称 售达方 售达方名称 送达方 送达方名称 售达方描述 客户描述 收货客户 收货客户名称 收货人名称 开票客户 开票客户名称 采购商 采购商名称 采购单位 采购单位名称 采购方 采购方名称 终端全称 终端机构 终端机构名称 机构全称 连锁全称 连锁名称 医院全称 医疗单位 医疗单位名称 标准客户名称 商业客户 下家 下家名称 下级客户 下级单位 买受人 受货单位 受货方 领用单位 提货单位 送货客户 客户.名称 购货企业 购货企业名称 购入单位 购入方 往来公司 客户/终端 soldto sold-to sold-toparty soldtoparty shipto ship-to ship-toparty customer/hospital clientname hospital khmc ghdwmc shdw customername customer buyer',
  },
  {
    field: 'customer_raw',
    weight: 0.9,
    votes: 'sales',
    words: '客户 医院 药店 门店 药房 药房名称 医院/终端 客户/医院 使用单位 送货单位',
  },
  {
    field: 'customer_raw',
    weight: 0.75,
    kinds: S,
    words:
      '往来单位 往来单位名称 单位名称 客商名称 客商 业务单位 对方单位 往来户 往来户名称 单位全名 往来单位全名 往来公司名称 客户单位名称 商业/终端名称 结算单位 dwmc wldw',
  },
  {
    field: 'customer_raw',
    weight: 0.5,
    kinds: S,
    words: '单位 单位全称 名称 机构名称 公司名称 企业名称 去向 流向',
  },
  {
    field: 'customer_code',
    weight: 1,
    words:
      '客户编码 客户内码 客户代码 客户编号 客户id 客户号 单位编号 单位编码 往来单位编码 往来单位编号 购货单位代码 购货单位编码 购货单位编号 终端编码 医院编码 客商编码 单位代码 门店编码 售达方编码 送达方编码 终端代码 医院代码 机构编码 单位内码 单位id 客户.编码 购方编码 采购商编码 khbm khbh khdm customercode customerid',
  },
  {
    field: 'customer_tax_id',
    weight: 1,
    words:
      '统一信用代码 社会统一信用代码 统一社会信用代码 客户统一社会信用代码 购货单位税务登记号 购货单位识别号 税号 客户税号 纳税人识别号 信用代码 taxid',
  },
  {
    field: 'customer_address',
    weight: 1,
    words: '客户地址 送货地址 收货地址 地址 客户收货地址 配送地址 单位地址 address',
  },
  { field: 'customer_province', weight: 1, words: '所属省份 省份 客户省份 省区 省 终端省份 所在省 province' },
  { field: 'customer_city', weight: 1, words: '客户城市 城市 地市 所属城市 市 终端城市 所在市 city' },
  { field: 'customer_county', weight: 1, words: '客户区县 区县 县区 县 所属区县 区域名称 county' },
  // Who sells.
  {
    field: 'supplier_raw',
    weight: 1,
    votes: 'purchase',
    words:
      '供应商名称 供应商 供货公司 进货单位 上游单位 供应单位 供应单位名称 供方名称 供方 供货商 供货商名称 供应商全称 进货渠道 供货企业 来货单位 供货企业名称 供应商全名 供应商简称 进货单位名称 采购供应商 供应商描述 供商 供商名称 发货供应商 供应商.名称 上家 上家名称 来源单位 购自 gysmc supplier suppliername vendor',
  },
  { field: 'supplier_raw', weight: 0.9, words: '供货方 供货单位 供货单位名称 上游客户 上游供应商 ghdw' },
  {
    field: 'supplier_raw',
    weight: 0.75,
    kinds: P,
    words:
      '往来单位 往来单位名称 单位名称 客商名称 客商 业务单位 对方单位 销售单位 销货单位 销货单位名称 销方名称 公司名称 客户名称 dwmc wldw',
  },
  { field: 'supplier_raw', weight: 0.5, kinds: P, words: '单位 名称 企业名称' },
  {
    field: 'distributor_raw',
    weight: 1,
    words:
      '商业公司 商业名称 经销商名称 经销商 流向商业公司名 流向商业公司名称 商业公司名称 商业客户名称 商业单位 配送商 配送商名称 配送公司 配送企业 发货方 发货单位 发货公司 销售方 销售方名称 销售企业 商业 来源公司 业务实体 业务公司 经营公司 经营单位 销售组织 数据来源公司 商业全称 供货商业 所属商业 一级商业 发货商业 上报公司 上报单位 提供单位 提报单位 开票公司 distributor',
  },
  {
    field: 'distributor_raw',
    weight: 0.8,
    words:
      '公司名称 公司 分公司 分公司名称 销售单位 销售公司 所属公司 组织 组织名称 销货单位 核算单位 库存单位 账套',
  },
  { field: 'distributor_raw', weight: 0.7, kinds: S, words: '供货单位 供货单位名称' },
  { field: 'distributor_raw', weight: 0.5, words: '单位名称' },
  {
    field: 'distributor_raw',
    weight: 0.7,
    kinds: P,
    words: '购货单位 购货单位名称 收货单位 购货方 接收单位',
  },
  // What.
  {
    field: 'product_raw',
    weight: 1,
    words:
      '产品名称 商品名称 品名 原始商品名称 产品品名 药品名称 物资名称 货品名称 存货名称 物料名称 商品品名 药品品名 商品全称 产品全称 商品全名 品种名称 货物名称 药名 耗材名称 器械名称 原始产品名称 货名 商品全名 存货全名 货品全名 货品名 药品全称 品名(通用名) 品种全称 商品描述 产品描述 产品名 药品名 物料.名称 物料长名称 货品描述 品目名称 项目名称 材料名称 试剂名称 产品中文名称 中文名称 商品信息 materialdescription itemdescription materialname 产品名称/通用名称 物料描述 spmc pm ypmc cpmc hwmc productname product goodsname itemname',
  },
  {
    field: 'product_raw',
    weight: 0.85,
    words:
      '产品 商品 品种 药品 通用名称 通用名 药品通用名 药品通用名称 商品名 品名称 存货 物料 货品 商品通用名 tym tymc',
  },
  { field: 'product_raw', weight: 0.4, words: '名称' },
  {
    field: 'spec_raw',
    weight: 1,
    words:
      '规格 产品规格 商品规格 规格型号 产品品规 原始规格 药品规格 型号规格 货品规格 规格/型号 型号/规格 物料规格 规格说明 原始商品规格 存货规格 药品规格型号 商品规格型号 存货规格型号 产品规格型号 物料规格型号 物料.规格型号 规格/包装 规格、型号 规格及型号 最小包装规格 制剂规格 规格描述 标准规格 货品规格型号 产品型号规格 型号、规格 spec. spgg gg ypgg ggxh spec specification',
  },
  { field: 'spec_raw', weight: 0.8, words: '型号 包装规格 规格包装 产品型号 剂型规格 xh model' },
  {
    field: 'product_and_spec',
    weight: 1,
    words:
      '品规 合并项 品名规格 商品名称规格 产品名称规格 品名/规格 品名及规格 商品名称/规格 产品名称及规格 品种规格 产品品规名称 品规名称 货品名称规格 药品名称规格 品名+规格 商品名称+规格 商品(规格) 品名(规格) 产品(规格) 产品/规格 商品/规格 品规信息 品种/规格 通用名规格 物料名称规格 商品及规格 品名、规格 产品规格名称 名称规格',
  },
  {
    field: 'product_code',
    weight: 1,
    words:
      '商品内码 产品编码 产品sku编码 产品(sku)编码 院内代码 商品编码 商品编号 商品代码 货号 物料编码 物料编号 存货编码 产品编号 产品代码 药品编码 货品编码 商品id 货品id sku sku编码 药品代码 品种编码 货品编号 物料长代码 物料代码 存货代码 货品代码 货品内码 商品操作码 操作码 物料号 物料.编码 材料编码 药品编号 商品自编码 商品条形码 商品货号 国药编码 erp编码 material spbm spbh spdm hh productcode itemcode',
  },
  {
    field: 'product_code',
    weight: 0.7,
    words: '69码 69码/条形码 条形码 条码 商品条码 udi-di udidi gtin 产品标识 最小销售单元产品标识 barcode',
  },
  {
    field: 'manufacturer',
    weight: 1,
    words:
      '生产厂家 商品生产厂家 厂家 生产企业 生产厂商 生产单位 厂商 生产厂家名称 生产企业名称 制造商 厂牌 sccj 生产商 生产商名称 制造厂 制造厂家 制造企业 生产企业/产地 厂商名称 厂家名称 生产厂牌 生产公司 生产厂家/产地 生产厂家(持有人) scqy cj manufacturer',
  },
  {
    field: 'manufacturer',
    weight: 0.7,
    words: '上市许可持有人 注册人 注册人/备案人 产地 生产厂 许可持有人 持有人 cd',
  },
  {
    field: 'approval_no',
    weight: 1,
    words:
      '批准文号 注册证号 注册证/备案证 国药准字 注册证编号 注册证 备案号 注册证号/备案号 注册证编号或者备案凭证编号 批文 产品注册证号 注册证号/备案凭证号 批准文号/注册证号 注册备案号 许可证号 文号 注册号 pzwh zczh',
  },
  // Which pieces.
  {
    field: 'lot',
    weight: 1,
    words:
      '批号 批次 商品批次号 生产批号 产品批号 lot 批次号 批号/序列号 序列号/批号 商品批号 药品批号 批号/序号 批号/批次 生产批次 商品批次 批号(序列号) 批号/生产批号 物料批号 批号.名称 批号名 出库批号 销售批号 产品批次 批次/批号 charge lotno batchno batch ph scph lotnumber',
  },
  { field: 'lot', weight: 0.6, words: '灭菌批号 灭菌批次' },
  {
    field: 'serial',
    weight: 1,
    words: '跟踪码 序列号 sn 一物一码 追溯码 序列码 唯一码 sn码 药品追溯码 serialno serial',
  },
  { field: 'serial', weight: 0.6, words: 'udi udi码 udi-pi' },
  {
    field: 'expires_on',
    weight: 1,
    words:
      '有效期 有效期至 效期 失效日期 有效期限 效期至 有效日期 失效期 到期日期 有效截止日期 失效时间 有效期到 有效至 近效期 有效期日期 保质期至 到期日 失效日 有效期截止 有效期截至 效期日期 效期截止 有效期(至) 货架寿命到期日 sled sled/bbd 失效期至 药品有效期 使用期限 yxq yxqz sxrq expiry expirydate expirationdate expdate',
  },
  { field: 'expires_on', weight: 0.7, words: '灭菌效期 灭菌有效期 灭菌失效日期' },
  {
    field: 'mfg_on',
    weight: 1,
    words:
      '生产日期 制造日期 出厂日期 产品生产日期 制造日 生产日 生产时间 灭菌日期 scrq mfgdate productiondate',
  },
  // How many, for how much.
  {
    field: 'qty',
    weight: 1,
    votes: 'sales',
    words:
      '销售数量 出库数量 批号出库数量 实发数量 销量 本月销售数量 本期销售数量 发货数量 出货数量 销售量 售出数量 本月销量 销售基本数量 出货量 发货量 发出数量 纯销数量 纯销量 实销数量 净销数量 净销量 实际销量 流向数量 出库量 出库总数 本期出库 本期出库数量 本月出库 本月出库数量 本月发出 本期发出数量 销出数量 开票量 销售数量合计 交货数量 已交货数量 已发数量 实出数量 批次数量 批号数量 实发基本数量 销售盒数 本期销量 配送数量 销货数量 总销量 销售数 xssl cksl',
  },
  {
    field: 'qty',
    weight: 0.95,
    words:
      '数量 开票数量 原始数量 业务数量 数 实际数量 发票数量 数量合计 订单数量 基本单位数量 主数量 计价数量 主计量数量 小单位数量 零售单位数量 最小单位销量 数量合计数 总数量 合计数量 基本数量 数量(基本单位) 数量基本单位 数量小计 数量(最小单位) 盒数 支数 瓶数 quantity. 最小单位数量 sl qty quantity',
  },
  {
    field: 'qty',
    weight: 1,
    votes: 'purchase',
    words:
      '采购数量 购进数量 入库数量 进货数量 到货数量 验收数量 收货数量 购入数量 实收数量 进库数量 采购入库数量 到货量 购进量 采购量 入库量 本期购进 本月购进 本期购进数量 本月购进数量 进货量 收入数量 本期入库数量 rksl cgsl',
  },
  {
    field: 'qty',
    weight: 1,
    votes: 'stock',
    words:
      '库存数量 剩余库存 可用库存 结存数量 期末数量 期末库存 库存量 库存 账面数量 现存量 期末结存数量 期末结存 可销数量 可用数量 实际库存 库存数 当前库存 账面库存 结余数量 期末库存数量 本期结存数量 本月结存数量 库存余量 结存 期末 期末数 月末库存 月末结存 月末数量 本期结存 本月结存 结存数 即时库存 即时库存数量 现有库存 现存数量 库存总数 合格库存 可销库存 账存数量 帐面数量 帐面库存 帐存数量 实存数量 期末结余 库存合计 总库存 当前数量 现库存 剩余数量 非限制使用的库存 非限制库存 kcsl kc stock onhand',
  },
  {
    field: 'qty',
    weight: 0.5,
    words:
      '件数 标准数量 整件数 整件数量 零散数量 辅数量 大包装数量 箱数量 标准盒数 标准销量 折算后数量 转换后数量 折算数量 折合数量 折合件数 换算数量 箱数 调货数量 最终数量',
  },
  {
    field: 'unit',
    weight: 1,
    words:
      '单位 商品单位 原始单位 计量单位 包装单位 基本单位 销售单位 主单位 库存单位 计价单位 数量单位 产品单位 最小单位 dw 主计量单位 主计量 销售计量单位 基本计量单位 零售单位 小单位 商品计量单位 规格单位 出库单位 计件单位 产品计量单位 单位名称(计量) 库存计量单位 baseunit jldw unit uom',
  },
  {
    field: 'pack_factor',
    weight: 1,
    words:
      '换算系数 转换系数 包装数量 件装量 换算率 件装数 装箱数量 转换率 件包装 大包装 整件包装 包装规格数 装量 每件数量 箱装量 箱装数 换算关系 换算数 单位换算 包装量 换算比例 转换比',
  },
  {
    field: 'price',
    weight: 1,
    words:
      '单价 价格 销售价格 原始产品价格 含税单价 销售单价 售价 销价 含税价 进价 采购单价 购进单价 含税进价 采购价格 开票价格 开票单价 含税售价 成交价 批发价 无税售价 实际单价 不含折扣单价 进货价 入库单价 库存单价 dj 含税销售单价 销售含税单价 原币含税单价 本币含税单价 折后单价 折后含税单价 开票含税单价 开单价 出库单价 出库价 含税出库价 供货价 供货单价 进货单价 进货含税价 采购价 采购含税单价 含税采购价 交易单价 结算单价 实际售价 销售价 批发单价 净单价 平均单价 均价 单价(含税) 含税价格 xsj jj price unitprice',
  },
  {
    field: 'price',
    weight: 0.6,
    words:
      '不含税单价 成本价 成本单价 库存成本价 中标价 无税单价 未税单价 挂网价 零售价 原价 结算价 不含税价 调拨价格 批发开票价 原币无税单价 本币无税单价 未含税单价 无税价 去税单价 不含税销售单价 税前单价 单价(不含税) 移动平均价',
  },
  {
    field: 'amount',
    weight: 1,
    words:
      '金额 含税金额 价税合计 总金额 含税总金额 价税合计金额 实际金额 发票金额 开票金额 含税额 总价 合计金额 货款 总价款 原币价税合计 本币价税合计 价税合计(本位币) 含税总价 金额(含税) 折后金额 折后含税金额 价税总额 税价合计 开票含税金额 总计金额 总额 金额合计 交易金额 结算金额 税后金额 je amount total',
  },
  {
    field: 'amount',
    weight: 1,
    votes: 'sales',
    words:
      '销售金额 含税销售额 销售额 出库金额 本月销售金额 本期销售金额 当期销售金额 含税销售金额 销货金额 销售总额 销售含税金额 销售价税合计 出库含税金额 净销售额 纯销金额 流向金额 发货金额 本月出库金额 xsje',
  },
  {
    field: 'amount',
    weight: 1,
    votes: 'purchase',
    words:
      '采购金额 购进金额 进货金额 入库金额 购进含税金额 采购含税金额 采购价税合计 进货含税金额 购货金额 含税进货额',
  },
  {
    field: 'amount',
    weight: 1,
    votes: 'stock',
    words:
      '库存金额 结存金额 期末金额 期末结存金额 库存含税金额 库存总额 结存含税金额 期末结余金额 库存成本金额 本期结存金额 期末库存金额',
  },
  {
    field: 'amount',
    weight: 0.6,
    words:
      '不含税金额 无税金额 原币无税金额 本币无税金额 不含税销售额 金额(不含税) 未含税金额 净价值 去税金额 未税金额 税前金额 净额 成本金额',
  },
  // On what paper.
  {
    field: 'doc_no',
    weight: 1,
    words:
      '单号 单据编号 单据号 出库单号 随货同行单号 销售单号 销售订单 销售订单号 入库单号 采购单号 订单号 订单编号 出库单编号 入库单编号 单据号码 业务单号 发货单号 erp销售订单号 凭证号 流水号 随货单号 票据号 出库单据号 发货单编号 交货单 交货单号 外向交货单 销售凭证 物料凭证 销售单编号 开票单号 销售出库单号 总单id 细单id 单据流水号 业务单据号 系统单号 原单号 入库单据号 订单号码 配送单号 出库票号 小票号 记账凭证号 单据id delivery 票据编号 djbh djh dh ddh billno docno orderno',
  },
  { field: 'doc_no', weight: 0.7, words: '发票号码 发票号 发票编号 发票代码 fph fphm invoiceno' },
  {
    field: 'doc_type',
    weight: 1,
    words:
      '单据类型 业务类型 出库类型 销售类型 单据类别 业务类别 单据种类 单据名称 出入库类型 类型 交易类型 入库类型 流向类型 摘要类型 业务摘要 出库类别 收发类别 出入库类别 业务性质 单据性质 订单类别 开票类型 是否退货 销售方式 事务类型 移动类型 业务名称 销退标志 销售标志 退货标志 订单类型 djlx ywlx type',
  },
  {
    field: 'salesperson',
    weight: 1,
    words:
      '业务员 业务员名称 销售员 业务代表 业务经理 销售代表 采购员 经手人 购销员 开单员 客户经理 营销员 销售人员 业务人员 医药代表 责任人 跟单员 营业员 收费员 开票员 制单人 ywy salesperson',
  },
  {
    field: 'remark',
    weight: 1,
    words: '备注 摘要 说明 附加说明 备注说明 行备注 表头备注 备注信息 bz remark note memo',
  },
  // Known, and none of our fields: named so that they are neither guessed from content nor matched by a part of them.
  {
    field: null,
    weight: 1,
    words:
      '序号 行号 编号 顺序号 生产日期/有效期 仓位 货架 辅助属性 库存组织 事业部 指标数量 指标金额 目标数量 任务数量 达成率 完成率 同期数量 患者id 会员号 生效 主数据代码 零售价格 会计科目 含税毛利 成本合计 客户电话 交货地点 运单号 物流单号 抵扣 回款金额 应收金额 未收金额 开票状态 支付方式 产品线 业务组 渠道 渠道类型 医院等级 医院级别 终端级别 终端属性 客户属性 供货状态 经营范围 管理级别 温区 存储温度 件 散 辅计量单位 辅单位 换算单位 上期结存 医保 医保代码 国家医保编码 集采 集采标志 采购平台 采购计划号 订单状态 no id 项次 序 xuhao 剂型 税率 税额 成本 毛利 毛利率 毛利额 折扣 折扣率 部门 部门名称 区域 片区 大区 仓库 仓库名称 库房 库别 货位 储存条件 存储条件 质量状态 库存状态 客户类型 客户类别 客户性质 客户级别 客户分类 终端类型 商品类别 商品分类 产品类别 产品分类 类别 分类 品牌 级次 流向级别 流向标志 一级商业名称 二级商业名称 三级商业名称 四级商业名称 代理商 上级单位 联系人 联系电话 电话 手机号 收货人 合同编号 集团名称 币种 汇率 页码 笔数 合计 小计 总计 累计 年份 审核人 复核人 保管员 收款方式 付款方式 结算方式 运输方式 税收分类编码 是否基药 医保编码 医保类型 付款日期 回款日期 到账日期 生产厂家编号 供应商编码 供应商编号 供应商代码 业务员编码 部门编码 仓库编码 上次入库日期 购进价 成本金额合计 申请科室 科室 患者姓名 打印次数 状态 单据状态 养护类型 库龄 天数 效期天数 近效期天数 创建人 修改人 税收编码 进销差价 占比 排名 环比 同比',
  },
]

/** Normalised header text → what it can mean. */
export const headerFields: ReadonlyMap<string, HeaderMeaning[]> = byText(ENTRIES)

function byText(entries: Entry[]): Map<string, HeaderMeaning[]> {
  const meanings = new Map<string, HeaderMeaning[]>()
  for (const { words, ...meaning } of entries) {
    for (const word of words.split(' ')) {
      const known = meanings.get(word)
      if (known) known.push(meaning)
      else meanings.set(word, [meaning])
    }
  }
  return meanings
}
