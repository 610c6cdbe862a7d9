import { createContext, useContext, useState } from 'react'
import { fenOf } from './yuan.ts'

/** A cell of the grid that waits to be saved. */
export interface Edit {
  territory_id: string
  product_group: string
  month: string
  /** Of the target that was read; null where there was none. */
  version: number | null
  before_fen: number | null
  amount_fen: number
}

export interface Edits {
  all: ReadonlyMap<string, Edit>
  /** Puts texts into cells; what is no amount is left out and counted. An empty text takes the edit back. */
  put: (texts: readonly { cell: HTMLInputElement; text: string }[]) => number
  clear: () => void
}

/** The cells that were typed or pasted and wait to be saved. */
export function useEdits(): Edits {
  const [all, setAll] = useState<ReadonlyMap<string, Edit>>(new Map())
  const put: Edits['put'] = (texts) => {
    const next = new Map(all)
    let bad = 0
    for (const { cell, text } of texts) {
      const key = cell.dataset.key ?? ''
      const known = readCell(cell)
      const fen = text.trim() === '' ? known.before_fen : fenOf(text)
      if (fen === null && text.trim() !== '') bad += 1
      else if (fen === null || fen === known.before_fen) next.delete(key)
      else next.set(key, { ...known, amount_fen: fen })
    }
    setAll(next)
    return bad
  }
  return { all, put, clear: () => setAll(new Map()) }
}

/** What a cell stands for, as its input carries it. */
function readCell({ dataset }: HTMLInputElement): Omit<Edit, 'amount_fen'> {
  const [territory_id = '', product_group = '', month = ''] = (dataset.key ?? '').split('|')
  const number = (text: string | undefined) => (text ? Number(text) : null)
  return {
    territory_id,
    product_group,
    month,
    version: number(dataset.version),
    before_fen: number(dataset.before),
  }
}

export const EditsContext = createContext<Edits | null>(null)

export function useEditsOf(): Edits {
  const edits = useContext(EditsContext)
  if (!edits) throw new Error('a cell stands in a grid')
  return edits
}
