/** Traditional characters of the words tables are made of, and their simplified ones in the same order. */
const TRADITIONAL =
  '數單價額戶產規號醫藥貨購銷進庫結餘廠製稱編碼應區縣聯開發業務員總計電話備註類條碼訂據憑證間時歷終點門診華倉報價實際裝換係轉稅簡縮種劑積負責經辦審覈記賬帳戶國準維護線轉調撥頁匯統覽細對賬圖狀態購買賣給'
const SIMPLIFIED =
  '数单价额户产规号医药货购销进库结余厂制称编码应区县联开发业务员总计电话备注类条码订据凭证间时历终点门诊华仓报价实际装换系转税简缩种剂积负责经办审核记账账户国准维护线转调拨页汇统览细对账图状态购买卖给'
const simplified = new Map([...TRADITIONAL].map((character, at) => [character, SIMPLIFIED[at] as string]))
const anyTraditional = new RegExp(`[${TRADITIONAL}]`, 'g')

/**
 * Full-width forms and other compatibility characters → their ordinary ones, traditional characters → simplified, white
 * space gone. For comparing only.
 */
export function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(anyTraditional, (character) => simplified.get(character) ?? character)
}

/** Without the blanks around it (full-width ones too), line breaks inside as one blank, ="0012" as 0012. */
export function cleaned(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isBlank(text.charCodeAt(from))) from++
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--
  if (to - from > 3 && text.charCodeAt(from) === 61 && text.charCodeAt(from + 1) === 34) {
    if (text.charCodeAt(to - 1) === 34) return text.slice(from + 2, to - 1)
  }
  // The sign spreadsheets hide in front of digits that are to stay text.
  if (to - from > 1 && text.charCodeAt(from) === 39) from++
  const inner = from === 0 && to === text.length ? text : text.slice(from, to)
  return hasControl(inner) ? inner.replace(/[\r\n\t\v\f]+/g, ' ') : inner
}

/** A copy of its own: a slice of a large text would keep all of that text in memory for as long as it is held. */
export function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}

function isBlank(code: number): boolean {
  return code <= 32 || code === 0x3000 || code === 0xa0 || code === 0xfeff || code === 0x200b
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32) return true
  }
  return false
}
