/** One labelled text: the features of its candidates; `right` is the place of the true one, −1 if it is not among them. */
export interface LabelledGroup {
  candidates: readonly Float64Array[]
  right: number
}

/** Standard deviation of each column, so that the penalty treats all alike; at least 0.1, so that rare ones stay small. */
function spread(rows: readonly Float64Array[], width: number): Float64Array {
  const mean = new Float64Array(width)
  const square = new Float64Array(width)
  for (const row of rows) {
    for (let k = 0; k < width; k++) {
      mean[k] = (mean[k] as number) + (row[k] as number) / rows.length
      square[k] = (square[k] as number) + (row[k] as number) ** 2 / rows.length
    }
  }
  return square.map((s, k) => Math.max(0.1, Math.sqrt(Math.max(0, s - (mean[k] as number) ** 2))))
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < b.length; k++) sum += (a[k] as number) * (b[k] as number)
  return sum
}

/** Conditional logit: weights under which the true candidate outranks its rivals. Adam over all groups, `rounds` steps. */
export function fitRank(
  groups: readonly LabelledGroup[],
  width: number,
  rounds: number,
  start?: Float64Array,
): Float64Array {
  const usable = groups.filter((g) => g.right >= 0 && g.candidates.length > 1)
  const scale = spread(
    usable.flatMap((g) => g.candidates),
    width,
  )
  const w = scale.map((s, k) => s * (start?.[k] ?? 0))
  const first = new Float64Array(width)
  const second = new Float64Array(width)
  for (let round = 1; round <= rounds; round++) {
    const gradient = rankGradient(usable, w, scale)
    for (let k = 0; k < width; k++) {
      const g = (gradient[k] as number) * (scale[k] as number) ** -1 + 2e-4 * (w[k] as number)
      first[k] = 0.9 * (first[k] as number) + 0.1 * g
      second[k] = 0.999 * (second[k] as number) + 0.001 * g * g
      const step = (first[k] as number) / (1 - 0.9 ** round)
      w[k] =
        (w[k] as number) - (0.05 * step) / (Math.sqrt((second[k] as number) / (1 - 0.999 ** round)) + 1e-8)
    }
  }
  return w.map((x, k) => x / (scale[k] as number))
}

function rankGradient(groups: readonly LabelledGroup[], w: Float64Array, scale: Float64Array): Float64Array {
  const plain = w.map((x, k) => x / (scale[k] as number))
  const out = new Float64Array(w.length)
  for (const { candidates, right } of groups) {
    const scores = candidates.map((c) => dot(c, plain))
    const top = Math.max(...scores)
    const powers = scores.map((s) => Math.exp(s - top))
    const sum = powers.reduce((a, b) => a + b, 0)
    candidates.forEach((c, i) => {
      const pull = ((powers[i] as number) / sum - (i === right ? 1 : 0)) / groups.length
      for (let k = 0; k < out.length; k++) out[k] = (out[k] as number) + pull * (c[k] as number)
    })
  }
  return out
}
