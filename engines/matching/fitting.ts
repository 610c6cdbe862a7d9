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
export function fitRank(groups: readonly LabelledGroup[], width: number, rounds: number): Float64Array {
  const usable = groups.filter((g) => g.right >= 0 && g.candidates.length > 1)
  const scale = spread(
    usable.flatMap((g) => g.candidates),
    width,
  )
  const w = new Float64Array(width)
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

/** Solves a symmetric positive system in place by Gauss. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const n = right.length
  for (let i = 0; i < n; i++) {
    const pivot = matrix[i] as Float64Array
    for (let r = i + 1; r < n; r++) {
      const row = matrix[r] as Float64Array
      const f = (row[i] as number) / (pivot[i] as number)
      if (f === 0) continue
      for (let c = i; c < n; c++) row[c] = (row[c] as number) - f * (pivot[c] as number)
      right[r] = (right[r] as number) - f * (right[i] as number)
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = matrix[i] as Float64Array
    for (let c = i + 1; c < n; c++)
      right[i] = (right[i] as number) - (row[c] as number) * (right[c] as number)
    right[i] = (right[i] as number) / (row[i] as number)
  }
  return right
}

/** Logistic regression by Newton's method with a light ridge: bias first, then one weight a feature. */
export function fitLogistic(
  rows: readonly Float64Array[],
  labels: readonly boolean[],
  width: number,
): Float64Array {
  const scale = spread(rows, width)
  const n = width + 1
  let w = new Float64Array(n)
  const x = new Float64Array(n)
  for (let round = 0; round < 25; round++) {
    const hessian = Array.from({ length: n }, (_, i) => new Float64Array(n).map((_v, j) => (i === j ? 1 : 0)))
    const gradient = w.slice()
    rows.forEach((row, at) => {
      x[0] = 1
      for (let k = 0; k < width; k++) x[k + 1] = (row[k] as number) / (scale[k] as number)
      const p = 1 / (1 + Math.exp(-dot(x, w)))
      const miss = p - (labels[at] ? 1 : 0)
      const weight = p * (1 - p) + 1e-9
      for (let i = 0; i < n; i++) {
        const xi = x[i] as number
        if (xi === 0) continue
        gradient[i] = (gradient[i] as number) + miss * xi
        const line = hessian[i] as Float64Array
        for (let j = 0; j < n; j++) line[j] = (line[j] as number) + weight * xi * (x[j] as number)
      }
    })
    const step = solve(hessian, gradient)
    w = w.map((v, k) => v - (step[k] as number))
  }
  return w.map((v, k) => (k === 0 ? v : v / (scale[k - 1] as number)))
}
