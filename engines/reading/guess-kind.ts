import type { HeaderCell } from './find-header.ts'
import { meaningsOf } from './header-text.ts'
import { squeezed } from './plain-text.ts'
import type { Field, TableKind } from './shapes.ts'

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
export function guessKind(cells: HeaderCell[], title: string, sheet: string, fileName: string): KindGuess {
  const votes: Record<TableKind, number> = { sales: 0, purchase: 0, stock: 0 }
  const fields = new Set<Field>()
  let movement = false
  for (const cell of cells) {
    if (/^(期初|上[月期]结存|上[月期]库存)/.test(cell.text)) movement = true
    for (const meaning of meaningsOf(cell.text).meanings.slice(0, 1)) {
      if (meaning.field) fields.add(meaning.field)
      if (!meaning.votes || !meaning.field) continue
      const stockQty = meaning.votes === 'stock' && meaning.field === 'qty'
      votes[meaning.votes] += stockQty ? 3 : (VOTE_OF_FIELD[meaning.field] ?? 0.5) * meaning.weight
    }
  }
  if (movement && votes.stock >= 3) votes.stock += 6
  addWords(votes, squeezed(sheet), 2)
  addWords(votes, squeezed(title), 1.5)
  addFileName(votes, fileName)
  if (!fields.has('customer_raw') && !fields.has('supplier_raw') && !fields.has('occurred_on'))
    votes.stock += 1
  if (!fields.has('customer_raw') && fields.has('occurred_on') && !fields.has('supplier_raw'))
    votes.stock -= 0.5
  return decided(votes)
}

function addWords(votes: Record<TableKind, number>, text: string, weight: number) {
  if (/进销存/.test(text)) {
    votes.stock += weight / 2
    return
  }
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
