import { companyOf } from './companies.ts'
import { inventGtin } from './identifiers.ts'
import { planOf } from './plan.ts'
import type { CompanyKey, DemoProduct, ProductGroup, UnitStep } from './shapes.ts'

const MAIN_GROUPS: ProductGroup[] = [
  { code: 'GK', name: '骨科', name_en: 'Orthopaedics', line: '器械线' },
  { code: 'CM', name: '创面护理', name_en: 'Wound care', line: '器械线' },
  { code: 'YK', name: '眼科', name_en: 'Ophthalmology', line: '器械线' },
  { code: 'XG', name: '心血管', name_en: 'Cardiovascular', line: '药品线' },
  { code: 'XH', name: '消化', name_en: 'Digestive', line: '药品线' },
]

const SECOND_GROUPS: ProductGroup[] = [
  { code: 'XT', name: '血糖监测', name_en: 'Blood glucose', line: '器械线' },
  { code: 'ZS', name: '注射护理', name_en: 'Injection care', line: '器械线' },
]

// group, class (III/II/I, or 药), brand, generic name, other names, spec, ladder, list price in yuan per base unit.
// A ladder's first unit is the base; '板=0.5' is half of it.
const MAIN_PRODUCTS = `
GK|III|澜润|医用透明质酸钠凝胶|玻璃酸钠凝胶、透明质酸钠凝胶|2.0ml:20mg/支|支 箱=100|168
GK|III|澜润|医用透明质酸钠凝胶|玻璃酸钠凝胶、透明质酸钠凝胶|2.5ml:25mg/支|支 箱=100|198
GK|III|澜润|医用透明质酸钠凝胶|玻璃酸钠凝胶、透明质酸钠凝胶|3.0ml:30mg/支|支 箱=100|236
GK|III|澜固|丙烯酸树脂骨水泥|骨水泥|40g/套|套 箱=20|860
GK|III|澜固|椎体成形工具包|椎体成形术套件|LZ-VP01|套 箱=10|2980
GK|II|澜骨|高分子固定绷带|高分子绷带、固定绷带|7.5cm×3.6m|卷 盒=10 箱=80|32.5
GK|II|澜骨|高分子固定绷带|高分子绷带、固定绷带|10cm×3.6m|卷 盒=10 箱=80|38
GK|II|澜骨|高分子固定绷带|高分子绷带、固定绷带|12.5cm×3.6m|卷 盒=10 箱=80|45
CM|III|澜愈|藻酸盐敷料|藻酸钙敷料、海藻酸盐敷料|10cm×10cm|片 盒=10 箱=200|26.8
CM|III|澜愈|藻酸盐敷料|藻酸钙敷料、海藻酸盐敷料|10cm×20cm|片 盒=10 箱=200|46.5
CM|III|澜愈|藻酸盐敷料填充条|藻酸盐填充条|2cm×30cm|条 盒=5 箱=100|39.8
CM|II|澜愈|泡沫敷料|聚氨酯泡沫敷料、泡沫伤口敷料|10cm×10cm|片 盒=10 箱=160|29.5
CM|II|澜愈|泡沫敷料|聚氨酯泡沫敷料、泡沫伤口敷料|15cm×15cm|片 盒=5 箱=80|56
CM|II|澜愈|泡沫敷料（带边）|自粘泡沫敷料、带边泡沫敷料|10cm×10cm|片 盒=10 箱=160|34.8
CM|II|澜愈|水胶体敷料|水胶体片状敷料|10cm×10cm|片 盒=10 箱=200|22
CM|II|澜愈|水胶体敷料|水胶体片状敷料|15cm×18cm|片 盒=5 箱=100|41.6
CM|III|澜清|一次性负压引流护创材料|负压引流套装、VSD套装|15cm×10cm×1cm|套 箱=20|680
YK|III|澜视|眼科手术用粘弹剂|眼用透明质酸钠、眼科粘弹剂|0.5ml:7.5mg/支|支 箱=100|258
YK|III|澜视|眼科手术用粘弹剂|眼用透明质酸钠、眼科粘弹剂|0.85ml:12.75mg/支|支 箱=100|326
YK|III|澜视|人工晶状体|折叠人工晶体、后房型人工晶状体|LZ-IOL60（+20.0D）|枚 箱=10|1180
YK|药|澜视清|玻璃酸钠滴眼液|透明质酸钠滴眼液|5ml:5mg（0.1%）/支|支 盒=10 箱=200|23.6
YK|药|澜视清|玻璃酸钠滴眼液|透明质酸钠滴眼液|10ml:30mg（0.3%）/支|支 盒=10 箱=200|42.8
YK|药|澜视清|玻璃酸钠滴眼液|透明质酸钠滴眼液|0.4ml:1.2mg×20支/盒|盒 支=0.05 箱=100|58.9
YK|药|澜视安|左氧氟沙星滴眼液|左氧滴眼液|5ml:24.4mg/支|支 盒=10 箱=200|14.5
XG|药|澜平|苯磺酸氨氯地平片|氨氯地平片|5mg×10片×2板/盒|盒 片=0.05 板=0.5 箱=300|24.8
XG|药|澜平|苯磺酸氨氯地平片|氨氯地平片|5mg×14片×2板/盒|盒 板=0.5 箱=300|33.6
XG|药|澜欣|缬沙坦胶囊|缬沙坦|80mg×10粒×2板/盒|盒 粒=0.05 板=0.5 箱=200|28.9
XG|药|澜欣|缬沙坦氨氯地平片|缬沙坦氨氯地平|80mg/5mg×7片×2板/盒|盒 板=0.5 箱=200|52.5
XG|药|澜脂宁|瑞舒伐他汀钙片|瑞舒伐他汀|10mg×7片×2板/盒|盒 板=0.5 箱=300|31.4
XG|药|澜脂宁|瑞舒伐他汀钙片|瑞舒伐他汀|5mg×7片×4板/盒|盒 板=0.25 箱=300|36.2
XG|药|澜稳|替米沙坦片|替米沙坦|40mg×8片×2板/盒|盒 片=0.0625 板=0.5 箱=240|19.6
XG|药|澜栓通|硫酸氢氯吡格雷片|氯吡格雷片|75mg×7片×1板/盒|盒 箱=400|26.7
XG|药|澜栓通|硫酸氢氯吡格雷片|氯吡格雷片|75mg×7片×4板/盒|盒 板=0.25 箱=200|98
XH|药|澜胃舒|雷贝拉唑钠肠溶片|雷贝拉唑肠溶片、雷贝拉唑钠|10mg×7片×2板/盒|盒 板=0.5 箱=300|38.6
XH|药|澜胃舒|雷贝拉唑钠肠溶片|雷贝拉唑肠溶片、雷贝拉唑钠|20mg×7片×1板/盒|盒 箱=400|34.2
XH|药|澜镁|铝碳酸镁咀嚼片|铝碳酸镁片|0.5g×10片×2板/盒|盒 片=0.05 板=0.5 箱=200|18.8
XH|药|澜镁|铝碳酸镁咀嚼片|铝碳酸镁片|0.5g×10片×4板/盒|盒 片=0.025 板=0.25 箱=120|34.9
XH|药|澜畅|枸橼酸莫沙必利片|莫沙必利片|5mg×12片×2板/盒|盒 板=0.5 箱=300|27.3
XH|药|澜酶|复方消化酶胶囊|复方消化酶|20粒/盒|盒 粒=0.05 箱=200|29.8
XH|药|澜酶|复方消化酶胶囊|复方消化酶|10粒×4板/盒|盒 粒=0.025 板=0.25 箱=120|55.6`

const SECOND_PRODUCTS = `
XT|II|岚测|血糖试纸|血糖试条、葡萄糖试纸|50片/盒|盒 片=0.02 箱=100|86
XT|II|岚测|血糖试纸|血糖试条、葡萄糖试纸|25片×2瓶/盒|盒 瓶=0.5 箱=100|92
XT|II|岚测|血糖仪|血糖测试仪|LQ-200|台 箱=20|198
XT|II|岚测|一次性使用采血针|末梢采血针|28G×100支/盒|盒 支=0.01 箱=100|22
ZS|II|岚注|一次性使用胰岛素笔用针头|胰岛素针头、笔用针头|32G×4mm×28支/盒|盒 箱=80|42
ZS|II|岚注|一次性使用胰岛素笔用针头|胰岛素针头、笔用针头|31G×5mm×7支/盒|盒 箱=200|12.8`

export function groupsOf(company: CompanyKey): ProductGroup[] {
  return company === 'C1' ? MAIN_GROUPS : SECOND_GROUPS
}

function ladder(text: string): UnitStep[] {
  return text.split(' ').map((step) => {
    const [unit = '', factor = '1'] = step.split('=')
    return { unit, factor }
  })
}

/** Patterns are the registers' own; serials from 9000 up are invented. Sizes of one device share a certificate. */
function approvalNo(company: CompanyKey, device_class: string, no: number): string {
  const serial = 9000 + no * 7
  if (device_class === '药') return `国药准字H2023${serial}`
  if (device_class === 'III') return `国械注准2023314${serial}`
  return `${company === 'C1' ? '浙' : '川'}械注准2024214${serial}`
}

export function productsOf(company: CompanyKey): DemoProduct[] {
  const manufacturer = companyOf(company).name
  const { prefix } = planOf(company)
  const lines = (company === 'C1' ? MAIN_PRODUCTS : SECOND_PRODUCTS).trim().split('\n')
  const generics = lines.map((line) => line.split('|')[3])
  return lines.map((line, i) => {
    const [group = '', cls = '', brand = '', generic = '', others = '', spec = '', steps = '', price = ''] =
      line.split('|')
    const units = ladder(steps)
    return {
      key: `${prefix}P${String(i + 1).padStart(2, '0')}`,
      code: `${company === 'C1' ? 'LZ' : 'LQ'}${group}${String(i + 1).padStart(3, '0')}`,
      name: `${generic}（${brand}）`,
      generic_name: generic,
      aliases: [brand, ...others.split('、')],
      spec,
      manufacturer,
      kind: cls === '药' ? 'drug' : 'device',
      base_unit: units[0]?.unit ?? '盒',
      units,
      group,
      device_class: cls === '药' ? null : cls === 'III' ? 'III' : 'II',
      approval_no: approvalNo(company, cls, cls === '药' ? i + 1 : generics.indexOf(generic) + 1),
      udi_di: cls === '药' ? null : inventGtin(company === 'C1' ? 90317 : 90528, i + 1),
      list_price_fen: Math.round(Number(price) * 100),
    }
  })
}

/** Base units in one `unit` of a product. */
export function factorOf(product: DemoProduct, unit: string): number {
  const step = product.units.find((entry) => entry.unit === unit)
  if (!step) throw new Error(`${product.key} has no unit ${unit}`)
  return Number(step.factor)
}
