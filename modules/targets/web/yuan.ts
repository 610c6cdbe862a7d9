/** Yuan as a person types or pastes it → fen; null when it is no amount. */
export function fenOf(yuan: string | null): number | null {
  const plain = (yuan ?? '').normalize('NFKC').replace(/[,\s¥￥元]/g, '')
  const parts = /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(plain)
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : null
}

/** Fen as it stands in a cell: thousands apart, no empty decimals. */
export function yuanOf(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return ''
  const whole = Math.trunc(fen / 100).toLocaleString('en')
  const rest = String(Math.abs(fen) % 100).padStart(2, '0')
  return rest === '00' ? whole : `${whole}.${rest}`
}

/** A block as a spreadsheet copies it: rows of cells; quoted cells may hold line breaks. */
export function blockOf(text: string): string[][] {
  const rows = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  return rows.map((row) => row.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1').trim()))
}
