import { registerSheet, type Sheet } from '#modules/masterdata/public.ts'
import './tables.ts'

/** How targets look as a table; with it they are imported, exported and undone like master data. */
export const targetSheet: Sheet = {
  kind: 'targets',
  table: 'targets',
  zh: '目标',
  en: 'Targets',
  href: '/targets',
  permission: 'targets.write',
  key: ['territory_code', 'product_group', 'month'],
  columns: [
    {
      field: 'territory_code',
      zh: '辖区编码',
      en: 'Territory code',
      words: ['辖区', '辖区代码', '区域编码', '编码', 'territory'],
      type: 'code-of',
      required: true,
      of: { table: 'territories', into: 'territory_id' },
      example: 'JS01',
    },
    {
      field: 'product_group',
      zh: '产品组',
      en: 'Product group',
      words: ['品种', '产品线', '产品分组', '产品组编码'],
      type: 'listed',
      list: 'product-group',
      required: true,
      example: '介入耗材',
    },
    {
      field: 'month',
      zh: '月份',
      en: 'Month',
      words: ['年月', '目标月份', '期间'],
      type: 'month',
      required: true,
      example: '2026-10',
    },
    {
      field: 'amount_fen',
      zh: '目标金额（元）',
      en: 'Target (yuan)',
      words: ['目标', '金额', '指标', '目标额', '销售指标', 'amount'],
      type: 'money',
      required: true,
      example: '120000',
    },
  ],
}

registerSheet(targetSheet)
