/** The row is no plain line, or something on it is doubtful: it is read like a row of any other file. */
export const ODD = 1
/** A customer, supplier or product is named. */
export const NAMED = 2

/** What is known of the rows of a block while one column after the other is typed. */
export interface RowState {
  flags: Uint8Array
  high: Int32Array
  low: Int32Array
}

export function rowState(rows: number): RowState {
  return { flags: new Uint8Array(rows), high: new Int32Array(rows), low: new Int32Array(rows) }
}

/** `same`: what of the digest all lines have alike. */
export function beginRows(
  { flags, high, low }: RowState,
  count: number,
  same: { high: number; low: number },
) {
  flags.fill(0, 0, count)
  high.fill(same.high, 0, count)
  low.fill(same.low, 0, count)
}
