import type { Random } from './random.ts'

// Family names by how common they are; given names as people born 1970–2000 bear them.
const FAMILY = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆汪范廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万',
)
const GIVEN = [
  '建国 建华 志强 志刚 国强 永刚 海涛 文斌 晓东 晓峰 俊杰 立新 德明 世杰 伟 磊 军 勇 涛 超 鹏 波 斌 浩 凯 亮 宇航 子豪 明辉 振华 家豪 思远 锦程 泽宇 少华 正平',
  '丽 敏 静 艳 娟 芳 霞 燕 玲 婷 雪梅 丽娟 秀英 桂兰 晓燕 海燕 红梅 春燕 雅琴 文静 思雨 佳怡 欣然 梦瑶 雨桐 慧敏 丽华 淑芬 雯 倩 洁 颖 佳 璐 晓琳 玉婷',
].flatMap((line) => line.split(' '))

export function inventPerson(random: Random, taken: Set<string>): string {
  for (;;) {
    const name = random.pick(FAMILY) + random.pick(GIVEN)
    if (!taken.has(name)) {
      taken.add(name)
      return name
    }
  }
}

/** Invented distributors: province, city, short name, what is between short name and 有限公司, tier. */
const DISTRIBUTORS = `
江苏省 南京市 江苏|苏恒 医药 一级
江苏省 苏州市 苏州|吴泽 医药 一级
江苏省 徐州市 徐州|彭嘉康 医药 二级
江苏省 南通市 |通济源 医疗器械 二级
江苏省 扬州市 扬州|维诚 药业 二级
浙江省 杭州市 浙江|浙衡 医药 一级
浙江省 宁波市 宁波|甬泽 医药 一级
浙江省 温州市 温州|瓯嘉 医疗器械 二级
浙江省 金华市 |婺益堂 医药 二级
浙江省 绍兴市 绍兴|越信康 医药 二级
安徽省 合肥市 安徽|徽衡 医药 一级
安徽省 合肥市 合肥|庐盛 医疗器械 一级
安徽省 芜湖市 |鸠润 医药 二级
安徽省 阜阳市 阜阳|颍济 医药 二级
安徽省 安庆市 |皖潜康 医药 二级
河南省 郑州市 河南|豫恒信 医药 一级
河南省 洛阳市 洛阳|洛益 医药 一级
河南省 南阳市 |宛济 医药 二级
河南省 新乡市 新乡|牧盛 医疗器械 二级
河南省 信阳市 信阳|申康源 药业 二级
湖北省 武汉市 湖北|楚衡 医药 一级
湖北省 武汉市 武汉|汉诚达 医疗器械 一级
湖北省 宜昌市 |峡济 医药 二级
湖北省 襄阳市 襄阳|襄嘉 医药 二级
湖北省 荆州市 |荆泽康 医药 二级
湖南省 长沙市 湖南|湘衡 医药 一级
湖南省 长沙市 长沙|麓盛 医疗器械 一级
湖南省 株洲市 |渌济 医药 二级
湖南省 衡阳市 衡阳|雁康 医药 二级
湖南省 岳阳市 岳阳|巴陵嘉 医药 二级
四川省 成都市 四川|川衡 医药 一级
四川省 成都市 成都|蓉泽 医疗器械 一级
四川省 绵阳市 |涪济堂 医药 二级
四川省 南充市 南充|果城嘉 医药 二级
四川省 泸州市 |泸益康 药业 二级
重庆市 重庆市 重庆|渝衡 医药 一级
重庆市 重庆市 重庆|巴盛 医疗器械 一级
重庆市 重庆市 重庆|峡诚 医药 二级
重庆市 重庆市 重庆|涪信康 医药 二级
重庆市 重庆市 重庆|永嘉济 药业 二级
河北省 石家庄市 河北|冀泽 医药 一级
河北省 唐山市 唐山|滦恒 医药 一级
河北省 保定市 |莲池康 医疗器械 二级
河北省 邯郸市 邯郸|赵济 医药 二级
河北省 沧州市 沧州|沧信 药业 二级
山东省 济南市 山东|鲁衡 医药 一级
山东省 青岛市 青岛|胶嘉 医药 一级
山东省 烟台市 |芝诚 医疗器械 二级
山东省 潍坊市 潍坊|鸢济 医药 二级
山东省 临沂市 |沂泽康 医药 二级
广东省 广州市 广东|粤衡 医药 一级
广东省 深圳市 深圳|鹏益达 医疗器械 一级
广东省 佛山市 佛山|禅济 医药 二级
广东省 东莞市 东莞|莞信 医药 二级
广东省 汕头市 |澄嘉康 药业 二级
福建省 福州市 福建|闽衡 医药 一级
福建省 厦门市 厦门|鹭盛 医药 一级
福建省 泉州市 |鲤济源 医药 二级
福建省 漳州市 漳州|芗康 医疗器械 二级
福建省 宁德市 宁德|霞益 医药 二级`

export type DistributorName = {
  province: string
  city: string
  name: string
  short_name: string
  tier: '一级' | '二级'
  is_device: boolean
}

export function inventedDistributors(): DistributorName[] {
  return DISTRIBUTORS.trim()
    .split('\n')
    .map((line) => {
      const [province = '', city = '', brand = '', trade = '', tier] = line.split(' ')
      return {
        province,
        city,
        name: `${brand.replace('|', '')}${trade}有限公司`,
        short_name: brand.slice(brand.indexOf('|') + 1) + (trade === '医疗器械' ? '器械' : trade),
        tier: tier === '一级' ? '一级' : '二级',
        is_device: trade === '医疗器械',
      }
    })
}

/** Two invented pharmacy chains a province, in the order of the plan's provinces. */
export const CHAINS =
  '益草堂 仁葆 百穗 济春堂 安谷 和善堂 葆元堂 同颐 润民康 禾泰康 众和堂 惠心 嘉草堂 明禾 沐恩 宏草堂 佑邻 邻康 和葆堂 草木春 杏里 百邻 慈安堂 颐春'.split(
    ' ',
  )

/** An invented medical university for each province. */
export const UNIVERSITIES: Record<string, string> = {
  江苏省: '金泽医科大学',
  浙江省: '越海医科大学',
  安徽省: '皖衡医科大学',
  河南省: '嵩阳医科大学',
  湖北省: '楚天衡医学院',
  湖南省: '湘麓医科大学',
  四川省: '锦川医科大学',
  重庆市: '渝江医科大学',
  河北省: '燕赵衡医学院',
  山东省: '岱青医科大学',
  广东省: '岭海医科大学',
  福建省: '闽海医学院',
}

/** Own names of private hospitals and clinics, and of single shops. */
export const CLINIC_NAMES =
  '明泽 康睿 博安 仁和瑞 慈康 恒爱 安济 瑞宁 华康达 世康 佳和 雅致 德善 济民康 新元 宁和 爱民 嘉和 永安 同安康 瑞慈安 和睦 铭德 普润 博爱康'.split(
    ' ',
  )
export const SHOP_NAMES =
  '百姓缘 益寿 春晖 福康 康乐 天和 众康 诚信 惠民 长青 同心 平价 好邻居 万家康 老街坊 仁济堂 德生堂 永康 健民 康源'.split(
    ' ',
  )

export const ROADS =
  '人民路 建设路 解放路 健康路 文昌路 中山路 和平路 新华路 滨江路 育才路 长虹路 迎宾大道 府前街 东风路 学府路 青年路 振兴路 朝阳路 花园路 泰安街'.split(
    ' ',
  )

export const TOWNS =
  '青石 柳河 清溪 石桥 永兴 太平 龙泉 新店 白沙 双河 大林 金桥 凤凰 安乐 高坪 三合 古城 黄土 新桥 莲花 长岭 兴隆 河口 东山 南湖 西坝 马店 沙河 泉水 仙桥'.split(
    ' ',
  )

export const BRANCHES = ['东院区', '南院区', '西院区', '北院区', '新区院区', '滨江院区']
