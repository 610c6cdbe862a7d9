import { homophoneGroups } from './homophones.generated.ts'
import { traditionalPairs } from './traditional.generated.ts'

/** Code 0 in the fold table means: the character says nothing (zero width, interpunct) and goes away. */
const fold = new Uint16Array(65536)
for (let c = 0; c < 65536; c++) fold[c] = c
for (let c = 0xff01; c <= 0xff5e; c++) fold[c] = c - 0xfee0
for (let i = 0; i + 1 < traditionalPairs.length; i += 2) {
  fold[traditionalPairs.charCodeAt(i)] = traditionalPairs.charCodeAt(i + 1)
}
const pairs = (text: string, to: string) => {
  for (const ch of text) fold[ch.charCodeAt(0)] = to === '' ? 0 : to.charCodeAt(0)
}
pairs('（【〔［{《〈〖「『<[', '(')
pairs('）】〕］}》〉〗」』>]', ')')
pairs('—–－‐‑‒―_~～', '-')
pairs('　\t\r\n\v\f\u00a0\u2002\u2003\u2009', ' ')
pairs('·•・.。,，、;；*\'"“”‘’\u200b\u200c\u200d\ufeff', '')
pairs('巿', '市')
pairs('〇○', '零')
pairs('：', ':')
for (let c = 97; c <= 122; c++) {
  fold[c] = c - 32
  fold[c + 0xfee0] = c - 32
}

const buffer = new Uint16Array(512)

/**
 * Full width → half width, traditional → simplified, one kind of bracket and dash, upper case, no interpuncts.
 * White space becomes one plain space each or, with `keepSpaces` false, goes away.
 */
export function foldText(raw: string, keepSpaces: boolean): string {
  let text = raw.length > 500 ? raw.slice(0, 500) : raw
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    // Circled digits, compatibility ideographs, ligatures: only these need the costly normalisation.
    if ((c >= 0xf900 && c < 0xff00) || (c >= 0x2100 && c < 0x2500) || (c >= 0x3200 && c < 0x3400)) {
      text = text.normalize('NFKC').slice(0, 500)
      break
    }
  }
  let n = 0
  let same = true
  for (let i = 0; i < text.length; i++) {
    const from = text.charCodeAt(i)
    const to = fold[from] as number
    if (to !== from) same = false
    if (to === 0) continue
    if (to === 32 && !keepSpaces) {
      same = false
      continue
    }
    buffer[n++] = to
  }
  return same ? text : String.fromCharCode(...buffer.subarray(0, n))
}

const reading1 = new Uint16Array(65536)
const reading2 = new Uint16Array(65536)

/** Readings that dialect speakers and input methods mix up share a class: zh/z, ch/c, sh/s, -ng/-n, l/n, h/f before u. */
function soundClass(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/ng$/, 'n')
    .replace(/^l/, 'n')
}

const soundIds = new Map<string, number>()
for (const group of homophoneGroups.trim().split(/\s+/)) {
  const syllable = /^[a-z]+/.exec(group)?.[0] ?? ''
  const key = soundClass(syllable)
  const id = soundIds.get(key) ?? soundIds.size + 1
  soundIds.set(key, id)
  for (let i = syllable.length; i < group.length; i++) {
    const c = group.charCodeAt(i)
    if (reading1[c] === 0) reading1[c] = id
    else if (reading1[c] !== id) reading2[c] = id
  }
}

export function soundsAlike(a: number, b: number): boolean {
  const a1 = reading1[a] as number
  const b1 = reading1[b] as number
  if (a1 === 0 || b1 === 0) return false
  if (a1 === b1) return true
  const a2 = reading2[a] as number
  const b2 = reading2[b] as number
  return (a2 !== 0 && (a2 === b1 || a2 === b2)) || (b2 !== 0 && b2 === a1)
}

/** Characters that scanners and tired eyes take for one another; each group is mutual. */
const lookAlikeGroups =
  '院阮完 医区匹 县具且 市巾币 中申由甲巾 妇归扫妃 民良艮 人八入 保堡褒 幼幻切 阳阴 卫工 州洲川 第弟笫 大太犬天夫 石右古 东车 复夏 ' +
  '附付咐 四泗西 贝见 丘邱兵 历厉 属嘱 横潢 城域诚 士土 末未 己已巳 日曰目 王玉主 木本 千干于 田由甲 鸟乌 戊戌戍 间问同 今令 ' +
  '准淮 怀杯坏 刀力 九丸 牛午 崔催 拆折 侯候 晴睛 清青情 泰秦春 江红汪 河何 海梅每 海悔 山出 平乎 安女 宁字 宇字 南商 北比 ' +
  '新亲 华毕 永水 泉泵 长张 沙抄 湖潮 潭谭 浦蒲 浙淅 赣戆 黄董 陵陆 陕狭 陈阵 徐除 苏办 薛薜 藏臧 蓝篮 蔡察 茶荼 ' +
  '科料 骨胃 肝肛 肿种 瘤瘸 眼跟 鼻算 神坤 精睛 药约 房户 堂常 店居 站坫 所析 防访 治冶 卷券 坊防 埔浦 垦恳 塘糖 ' +
  '洋样 洛洺 济挤 渝愉 滨宾 漳樟彰 漯骡 澄登 灌权 照熙 理埋 瑞端 祁祈 禹萬 秀季 荣菜 莆甫 菏荷 萍苹 蓟蓬 融隔 衡衔 ' +
  '袁衰 裕格 许汁 诸渚 贡页 贵责 赤亦 遂逐 达迭 郑邓 鄞堇 郸耶 睢雎 铁秩 锦绵棉 镇填 随遂 集隼 雄维 霍雷 顺项 马乌 鹤鸽 ' +
  '麻床 齐济 龙尤 龟电 莱菜 美羡 莲连 仁仨 义叉 乐东 井并 亳毫 代伐 任仕 佳住 修悠 傅博 光先 六大 兴兰 冶治 '
const lookAlikes = new Set<number>()
for (const group of lookAlikeGroups.trim().split(/\s+/)) {
  for (const a of group) for (const b of group) lookAlikes.add(a.charCodeAt(0) * 65536 + b.charCodeAt(0))
}

export function looksAlike(a: number, b: number): boolean {
  return lookAlikes.has(a * 65536 + b)
}
