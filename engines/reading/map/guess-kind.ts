import type { Field, TableKind } from '../shapes.ts'
import { squeezed } from '../type/plain-text.ts'
import type { ColumnContent } from './column-content.ts'
import type { HeaderCell } from './find-header.ts'
import type { HeaderMeaning } from './header-dictionary.ts'
import { meaningsOf } from './header-text.ts'

const VOTE_OF_FIELD: Partial<Record<Field, number>> = {
  customer_raw: 3,
  supplier_raw: 2,
  occurred_on: 1.5,
  qty: 1,
}

export interface KindGuess {
  kind: TableKind
  confidence: number
}

/** Sales, purchase or stock, from the headers first, then from the names of sheet, title and file. */
export function guessKind(
  cells: HeaderCell[],
  contents: ColumnContent[],
  title: string,
  sheet: string,
  fileName: string,
): KindGuess {
  const votes: Record<TableKind, number> = { sales: 0, purchase: 0, stock: 0 }
  const fields = new Set<Field>()
  cells.forEach((cell, column) => {
    const meaning = meaningsOf(cell.text).meanings[0]
    if (meaning) vote(votes, meaning)
    const field = meaning ? meaning.field : fieldOfContent(contents[column] as ColumnContent)
    if (field) fields.add(field)
  })
  const movement = cells.some((cell) => /^(期初|上[月期]结存|上[月期]库存)/.test(cell.text))
  if (movement && votes.stock >= 3) votes.stock += 6
  addWords(votes, squeezed(sheet), 2)
  addWords(votes, squeezed(title), 1.5)
  addFileName(votes, fileName)
  const partner = fields.has('customer_raw') || fields.has('supplier_raw')
  if (!partner && !fields.has('occurred_on')) votes.stock += 1
  if (!partner && fields.has('occurred_on')) votes.stock -= 0.5
  return decided(votes)
}

function vote(votes: Record<TableKind, number>, meaning: HeaderMeaning) {
  if (!meaning.votes || !meaning.field) return
  const stockQty = meaning.votes === 'stock' && meaning.field === 'qty'
  votes[meaning.votes] += stockQty ? 3 : (VOTE_OF_FIELD[meaning.field] ?? 0.5) * meaning.weight
}

/** What a column under an unknown header tells of the kind: stock lists name no partners. */
function fieldOfContent(content: ColumnContent): Field | null {
  if (content.filled < 3) return null
  if (content.dates >= 0.8) return 'occurred_on'
  return content.institutions >= 0.8 ? 'customer_raw' : null
}

function addWords(votes: Record<TableKind, number>, words: string, weight: number) {
  if (/进销存/.test(words)) {
    votes.stock += weight / 2
    return
  }
  // Goods out and in: neither of the two.
  const text = words.replace(/出入库|入出库|购销|进出货/g, '')
  if (/销售|流向|出库|销货|纯销|发货|销量|分销/.test(text)) votes.sales += weight
  if (/购进|采购|进货|入库|购入/.test(text)) votes.purchase += weight
  if (/库存|结存|盘点|存货/.test(text)) votes.stock += weight
}

function addFileName(votes: Record<TableKind, number>, fileName: string) {
  const rule = /^(SM|PM|IM|SD|PD|ID)_/i.exec(fileName)?.[1]?.[0]?.toUpperCase()
  if (rule === 'S') votes.sales += 3
  else if (rule === 'P') votes.purchase += 3
  else if (rule === 'I') votes.stock += 3
  else addWords(votes, squeezed(fileName), 1)
}

function decided(votes: Record<TableKind, number>): KindGuess {
  const order = (Object.keys(votes) as TableKind[]).sort((one, other) => votes[other] - votes[one])
  const [first, second] = order as [TableKind, TableKind]
  const lead = votes[first] - votes[second]
  if (votes[first] <= 0) return { kind: 'sales', confidence: 0.3 }
  return { kind: first, confidence: Math.min(0.99, 0.5 + lead / 8) }
}
