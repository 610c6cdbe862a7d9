import type { Chance } from './chance.ts'

/** A product as lists print it: name, spec, unit, price in fen. */
export interface SampleProduct {
  name: string
  spec: string
  unit: string
  price: number
}

const PRODUCTS = `
盐酸二甲双胍缓释片|0.5g*30片|盒|2380
硝苯地平控释片(欣然)|30mg*7片*2板/盒|盒|3127
苯磺酸左氨氯地平片|2.5mg*14片|盒|1946
厄贝沙坦氢氯噻嗪片|150mg/12.5mg*7片|盒|2530
瑞舒伐他汀钙片|10mg*7片*4板|盒|5318
注射用头孢哌酮钠舒巴坦钠|1.5g(1:1)|瓶|2665
注射用哌拉西林钠他唑巴坦钠|4.5g|瓶|3988
阿莫西林克拉维酸钾颗粒|0.15625g*12袋|盒|1840
左氧氟沙星氯化钠注射液|100ml:0.5g|瓶|3250
氟康唑胶囊|50mg*6粒|盒|1120
奥美拉唑肠溶胶囊|20mg*14粒/瓶|瓶|865
艾司奥美拉唑镁肠溶片|40mg*7片|盒|5544
铝碳酸镁咀嚼片(达喜)|0.5g*20片|盒|2915
枸橼酸铋钾颗粒|1.0g:110mg*56袋|盒|4680
复方甘草酸苷片|25mg*21片|盒|3612
多烯磷脂酰胆碱胶囊|228mg*24粒|盒|4755
还原型谷胱甘肽片|0.1g*36片|盒|6030
恩替卡韦分散片|0.5mg*28片|盒|15890
孟鲁司特钠咀嚼片|4mg*5片|盒|2266
布地奈德福莫特罗吸入粉雾剂(Ⅱ)|160μg:4.5μg*60吸|支|18730
硫酸特布他林雾化吸入用溶液|2ml:5mg*20支|盒|9950
盐酸氨溴索注射液|2ml:15mg*10支|盒|1795
乙酰半胱氨酸泡腾片|0.6g*10片|盒|2849
氯雷他定糖浆|60ml:60mg|瓶|2133
维生素B12注射液|1ml:0.5mg*10支|盒|655
甲钴胺注射液|1ml:0.5mg|支|1428
奥拉西坦胶囊|0.4g*24粒|盒|7240
丁苯酞软胶囊(恩必普)|0.1g*24粒|瓶|33840
银杏叶提取物注射液|5ml:17.5mg*10支|盒|26500
参麦注射液|20ml*5支|盒|9366
复方丹参滴丸|27mg*180丸|瓶|2744
速效救心丸|40mg*60粒*3瓶|盒|4480
连花清瘟胶囊|0.35g*36粒|盒|2290
蒲地蓝消炎口服液|10ml*12支|盒|4175
六味地黄丸(浓缩丸)|200丸/瓶|瓶|2088
京制牛黄解毒片|0.27g*18片*6袋|盒|1670
黄氏响声丸|0.133g*72丸|盒|2931
苏黄止咳胶囊|0.45g*24粒|盒|5137
坤泰胶囊|0.5g*36粒*2板|盒|6240
百令胶囊|0.5g*42粒|盒|5985
尪痹片|0.5g*48片|盒|3870
奥卡西平片|0.3g*10片*3板/盒|盒|9628
丙戊酸钠缓释片(Ⅰ)|0.5g*30片|盒|7122
左乙拉西坦口服溶液|150ml:15g|瓶|25400
草酸艾司西酞普兰片|10mg*14片|盒|8316
富马酸喹硫平片|0.1g*30片|盒|11250
塞来昔布胶囊|0.2g*18粒|盒|9790
洛索洛芬钠贴剂|100mg*7贴|盒|3563
非布司他片|40mg*16片|盒|4608
骨化三醇软胶囊|0.25μg*20粒|盒|5470
阿仑膦酸钠维D3片|70mg/2800IU*4片|盒|20480
他克莫司胶囊|0.5mg*50粒|盒|44055
来曲唑片|2.5mg*30片|盒|28910
卡培他滨片|0.5g*12片|盒|19944
注射用奥沙利铂|50mg|支|38650
注射用紫杉醇(白蛋白结合型)|100mg|瓶|73900
重组人粒细胞刺激因子注射液|150μg/0.9ml/支|支|8760
低分子肝素钠注射液|0.4ml:4250AXaIU*2支|盒|5222
门冬胰岛素30注射液|3ml:300单位(笔芯)|支|6310
甘精胰岛素注射液(预填充)|3ml:300IU|支|11790
利拉鲁肽注射液|3ml:18mg(预填充注射笔)|支|33900
人血白蛋白|10g/瓶(20%,50ml)|瓶|42000
冻干静注人免疫球蛋白(pH4)|2.5g|瓶|59800
0.9%氯化钠注射液|250ml:2.25g(软袋)|袋|295
5%葡萄糖注射液|500ml:25g|瓶|340
复方氨基酸注射液(18AA-Ⅱ)|250ml:21.25g|瓶|4210
脂肪乳氨基酸(17)葡萄糖(11%)注射液|1440ml|袋|23860
玻璃酸钠滴眼液|5ml:5mg|支|2855
妥布霉素地塞米松眼膏|3g|支|1699
开塞露(含甘油)|20ml*10支|盒|780
一次性使用静脉留置针|Y型 24G×19mm|支|1280
一次性使用无菌注射器 带针|5ml 0.7×30 TW LB|支|42
一次性使用输液器|0.7×24 RWLB|支|135
医用外科口罩|17.5cm×9.5cm 10只/包|包|450
血糖试纸(葡萄糖氧化酶法)|50条/盒|盒|8900
冠脉药物洗脱支架系统|3.0mm×18mm|套|84500
人工髋关节假体 股骨柄|12/14 Size 9|件|358000
PTCA球囊扩张导管|2.5×15mm RX|根|54800
吻合器钉仓|EC60A 60mm|个|62000
Da Vinci EndoWrist 电剪|8mm 470179|把|1580000
医用缝合线 VICRYL Plus|VCP345H 2-0 36mm|包|5640
Contour Plus TS 血糖仪|7600P|台|19800
N-BK B型钠尿肽测定试剂盒|40人份/盒|盒|98000
乙型肝炎病毒表面抗原检测试剂盒(胶体金法)|1人份/袋 50袋/盒|盒|17500
`
  .trim()
  .split('\n')
  .map((line): SampleProduct => {
    const [name = '', spec = '', unit = '', price = ''] = line.split('|')
    return { name, spec, unit, price: Number(price) }
  })

const PLACES =
  '青石 白水 云岭 临江 平川 金沙 长河 龙泉 南浦 东阳湖 石桥 柳林 鹤山 清溪 望城坡 永和 大渡 双流镇 凤凰岭 太平'.split(
    ' ',
  )
const KINDS =
  '县人民医院 市第一人民医院 市第三人民医院 区中医医院 县妇幼保健院 镇中心卫生院 社区卫生服务中心 医学院附属第二医院 市肿瘤医院 区疾病预防控制中心 骨科医院有限公司 街道社区卫生服务站'.split(
    ' ',
  )
const SHOPS = '康宁 百姓缘 仁和 益丰源 老百草 同德 惠民 健之家'.split(' ')

export function someProducts(chance: Chance, count: number): SampleProduct[] {
  return chance.some(PRODUCTS, count)
}

/** Invented hospitals, shops and companies. */
export function someCustomers(chance: Chance, count: number): string[] {
  return Array.from({ length: count }, () => {
    const place = chance.pick(PLACES)
    if (chance.is(0.15)) return `${place}${chance.pick(SHOPS)}大药房连锁有限公司${chance.pick(PLACES)}店`
    if (chance.is(0.12)) return `${chance.pick(PLACES)}市${chance.pick(SHOPS)}医药有限责任公司`
    const whole = chance.is(0.2) ? `${chance.pick(PLACES)}省${place}` : place
    return `${whole}${chance.pick(KINDS)}${chance.is(0.08) ? '(东院区)' : ''}`
  })
}

export function someMakers(chance: Chance, count: number): string[] {
  return Array.from({ length: count }, () => {
    const kind = chance.pick([
      '药业股份有限公司',
      '制药有限公司',
      '生物医药(集团)有限公司',
      '医疗器械有限公司',
    ])
    return `${chance.pick(PLACES)}${chance.pick(SHOPS)}${kind}`
  })
}
