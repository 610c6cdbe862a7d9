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

/** Up to three readings a character, as syllable numbers; 0 is none. */
const readings = new Uint16Array(65536 * 3)
/** Syllables that dialect speakers and input methods mix up share a class. */
const classOf = new Uint16Array(1024)

/** zh/z, ch/c, sh/s, -ng/-n, l/n. */
function soundClass(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/ng$/, 'n')
    .replace(/^l/, 'n')
}

const classIds = new Map<string, number>()
homophoneGroups
  .trim()
  .split(/\s+/)
  .forEach((group, at) => {
    const syllable = /^[a-z]+/.exec(group)?.[0] ?? ''
    const key = soundClass(syllable)
    const id = classIds.get(key) ?? classIds.size + 1
    classIds.set(key, id)
    classOf[at + 1] = id
    for (let i = syllable.length; i < group.length; i++) {
      const slot = group.charCodeAt(i) * 3
      const free = readings[slot] === 0 ? 0 : readings[slot + 1] === 0 ? 1 : 2
      readings[slot + free] = at + 1
    }
  })

/** Sound classes of a character as bits, folded to 32: no common bit, no likeness. */
const classBits = new Int32Array(65536)
for (let c = 0; c < 65536; c++) {
  for (let i = c * 3; i < c * 3 + 3 && readings[i] !== 0; i++)
    classBits[c] = (classBits[c] as number) | (1 << ((classOf[readings[i] as number] as number) & 31))
}

/** 2: some reading is the same syllable. 1: nearly the same (zh/z, -ng/-n …). 0: neither, or a character without a reading. */
export function soundsAlike(a: number, b: number): 0 | 1 | 2 {
  if (((classBits[a] as number) & (classBits[b] as number)) === 0) return 0
  let near = false
  for (let i = a * 3; i < a * 3 + 3; i++) {
    const x = readings[i] as number
    if (x === 0) break
    for (let k = b * 3; k < b * 3 + 3; k++) {
      const y = readings[k] as number
      if (x === y) return 2
      if (y !== 0 && classOf[x] === classOf[y]) near = true
    }
  }
  return near ? 1 : 0
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
const hasLookAlike = new Uint8Array(65536)
for (const group of lookAlikeGroups.trim().split(/\s+/)) {
  for (const a of group) {
    hasLookAlike[a.charCodeAt(0)] = 1
    for (const b of group) lookAlikes.add(a.charCodeAt(0) * 65536 + b.charCodeAt(0))
  }
}

export function looksAlike(a: number, b: number): boolean {
  return hasLookAlike[a] === 1 && hasLookAlike[b] === 1 && lookAlikes.has(a * 65536 + b)
}

/** For generated noise: a character that sounds (same syllable) or looks like `ch`, chosen by `share` in [0, 1); null if none. */
export function alikeCharacters(ch: string, how: 'sound' | 'look', share: number): string | null {
  const groups = (how === 'sound' ? homophoneGroups.replaceAll(/[a-z]+/g, '') : lookAlikeGroups).split(/\s+/)
  const others = groups
    .filter((group) => group.includes(ch))
    .join('')
    .replaceAll(ch, '')
  return others === '' ? null : (others[Math.floor(share * others.length)] ?? null)
}

/** For generated noise: the traditional form of a character, or itself. */
export function traditionalOf(ch: string): string {
  for (let i = 0; i + 1 < traditionalPairs.length; i += 2)
    if (traditionalPairs[i + 1] === ch) return traditionalPairs[i] as string
  return ch
}
