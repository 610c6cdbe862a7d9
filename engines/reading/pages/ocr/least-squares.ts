/** One observation: the terms' values, what was seen, and its weight. */
export interface Observation {
  terms: number[]
  value: number
  weight: number
}

/**
 * The coefficients that fit best, observations far off (beyond `tolerance`) counting little: a few wrong ones do not bend
 * the fit. `ridge` keeps terms near zero that nothing speaks for.
 */
export function robustFit(
  observations: Observation[],
  count: number,
  tolerance: number,
  ridge: number,
): number[] {
  let fit = new Array<number>(count).fill(0)
  for (let round = 0; round < 8; round++) {
    const matrix = Array.from({ length: count }, () => new Array<number>(count + 1).fill(0))
    let total = 0
    for (const { terms, value, weight } of observations) {
      const off = value - dot(fit, terms)
      // The first round trusts everybody.
      const trust = round === 0 ? weight : weight / (1 + (off / tolerance) ** 2)
      total += trust
      for (let row = 0; row < count; row++) {
        const own = matrix[row] as number[]
        for (let column = 0; column < count; column++) {
          own[column] = (own[column] as number) + trust * (terms[row] as number) * (terms[column] as number)
        }
        own[count] = (own[count] as number) + trust * (terms[row] as number) * value
      }
    }
    for (let row = 1; row < count; row++) {
      const own = matrix[row] as number[]
      own[row] = (own[row] as number) + total * ridge
    }
    fit = solved(matrix, count)
  }
  return fit
}

export function dot(left: number[], right: number[]): number {
  let sum = 0
  for (let at = 0; at < left.length; at++) sum += (left[at] as number) * (right[at] as number)
  return sum
}

/** Gauss with pivoting; a term that cannot be told apart stays 0. */
function solved(matrix: number[][], count: number): number[] {
  for (let column = 0; column < count; column++) {
    let pivot = column
    for (let row = column + 1; row < count; row++) {
      if (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[pivot]?.[column] ?? 0)) pivot = row
    }
    const [top, chosen] = [matrix[column] as number[], matrix[pivot] as number[]]
    matrix[column] = chosen
    matrix[pivot] = top
    const lead = chosen[column] as number
    if (Math.abs(lead) < 1e-12) continue
    for (let row = 0; row < count; row++) {
      if (row === column) continue
      const own = matrix[row] as number[]
      const factor = (own[column] as number) / lead
      for (let at = column; at <= count; at++) own[at] = (own[at] as number) - factor * (chosen[at] as number)
    }
  }
  return matrix.map((row, at) =>
    Math.abs(row[at] as number) < 1e-12 ? 0 : (row[count] as number) / (row[at] as number),
  )
}
