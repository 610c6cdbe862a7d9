import type { Forest } from '../trees.ts'

/** How a forest grows: shrinkage, leaves a tree, least weight of a leaf, ridge on leaf values, share of rows a tree sees. */
export interface Growth {
  trees: number
  leaves: number
  rate: number
  leafMin: number
  ridge: number
  rowShare: number
  columnShare: number
}

export const growth: Growth = {
  trees: 300,
  leaves: 16,
  rate: 0.06,
  leafMin: 12,
  ridge: 3,
  rowShare: 0.7,
  columnShare: 0.6,
}

const binMax = 64

/** Rows as bytes: each value becomes the number of the threshold it does not pass. */
interface Binned {
  thresholds: Float32Array[]
  bins: Uint8Array
  width: number
  count: number
}

function thresholdsOf(rows: readonly Float32Array[], k: number): Float32Array {
  const values = Float32Array.from(rows, (row) => row[k] as number).sort()
  const distinct: number[] = []
  for (const v of values) if (distinct.length === 0 || v !== distinct[distinct.length - 1]) distinct.push(v)
  const cuts: number[] = []
  if (distinct.length <= binMax) {
    for (let i = 0; i + 1 < distinct.length; i++)
      cuts.push(((distinct[i] as number) + (distinct[i + 1] as number)) / 2)
  } else {
    // Half of the cuts by rows, half by distinct values, so that a long tail is not one bin.
    for (let b = 1; b < binMax / 2; b++) {
      cuts.push(values[Math.floor((values.length * b * 2) / binMax)] as number)
      cuts.push(distinct[Math.floor((distinct.length * b * 2) / binMax)] as number)
    }
  }
  return Float32Array.from([...new Set(cuts)].sort((a, b) => a - b))
}

function binRows(rows: readonly Float32Array[], width: number): Binned {
  const thresholds = Array.from({ length: width }, (_, k) => thresholdsOf(rows, k))
  const bins = new Uint8Array(rows.length * width)
  rows.forEach((row, at) => {
    for (let k = 0; k < width; k++) {
      const cuts = thresholds[k] as Float32Array
      let low = 0
      let high = cuts.length
      while (low < high) {
        const mid = (low + high) >>> 1
        if ((row[k] as number) <= (cuts[mid] as number)) high = mid
        else low = mid + 1
      }
      bins[at * width + k] = low
    }
  })
  return { thresholds, bins, width, count: rows.length }
}

/** A fixed sequence, so that the same rows give the same forest. */
function sequence(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0
    return s / 2 ** 32
  }
}

interface Leaf {
  node: number
  from: number
  to: number
  gain: number
  feature: number
  bin: number
  histogram: Float64Array
}

/** Boosted trees for a yes-or-no answer: leaf-wise growth on histograms, Newton steps. */
export function fitForest(
  rows: readonly Float32Array[],
  labels: ArrayLike<number>,
  width: number,
  grow: Growth = growth,
  weights?: ArrayLike<number>,
): Forest {
  const data = binRows(rows, width)
  const random = sequence(20240731)
  let yes = 0
  let all = 0
  for (let i = 0; i < rows.length; i++) {
    const w = weights?.[i] ?? 1
    yes += w * (labels[i] as number)
    all += w
  }
  const bias = Math.log((yes + 1) / (all - yes + 1))
  const odds = new Float64Array(rows.length).fill(bias)
  const gradient = new Float64Array(rows.length)
  const hessian = new Float64Array(rows.length)
  const nodes: { feature: number; value: number; low: number }[] = []
  const roots: number[] = []
  for (let t = 0; t < grow.trees; t++) {
    for (let i = 0; i < rows.length; i++) {
      const p = 1 / (1 + Math.exp(-(odds[i] as number)))
      const w = weights?.[i] ?? 1
      gradient[i] = w * (p - (labels[i] as number))
      hessian[i] = w * Math.max(1e-9, p * (1 - p))
    }
    const columns: number[] = []
    for (let k = 0; k < width; k++) if (random() < grow.columnShare) columns.push(k)
    const chosen: number[] = []
    for (let i = 0; i < rows.length; i++) if (random() < grow.rowShare) chosen.push(i)
    const root = growTree(data, Uint32Array.from(chosen), columns, gradient, hessian, grow, nodes)
    roots.push(root)
    for (let i = 0; i < rows.length; i++) {
      let node = nodes[root] as (typeof nodes)[0]
      while (node.feature >= 0) {
        const low = (data.bins[i * width + node.feature] as number) <= node.value
        node = nodes[low ? node.low : node.low + 1] as (typeof nodes)[0]
      }
      odds[i] = (odds[i] as number) + node.value
    }
  }
  // Thresholds by value in place of bins.
  return {
    bias,
    roots: Int32Array.from(roots),
    feature: Int16Array.from(nodes, (n) => n.feature),
    value: Float32Array.from(nodes, (n) =>
      n.feature < 0 ? n.value : ((data.thresholds[n.feature] as Float32Array)[n.value] as number),
    ),
    low: Int32Array.from(nodes, (n) => n.low),
  }
}

function growTree(
  data: Binned,
  rows: Uint32Array,
  columns: readonly number[],
  gradient: Float64Array,
  hessian: Float64Array,
  grow: Growth,
  nodes: { feature: number; value: number; low: number }[],
): number {
  const room = data.width * 65 * 2
  const spare = new Uint32Array(rows.length)
  const histogramOf = (from: number, to: number): Float64Array => {
    const h = new Float64Array(room)
    for (let r = from; r < to; r++) {
      const i = rows[r] as number
      const g = gradient[i] as number
      const w = hessian[i] as number
      const at = i * data.width
      for (const k of columns) {
        const slot = (k * 65 + (data.bins[at + k] as number)) * 2
        h[slot] = (h[slot] as number) + g
        h[slot + 1] = (h[slot + 1] as number) + w
      }
    }
    return h
  }
  const root = nodes.length
  nodes.push({ feature: -1, value: 0, low: 0 })
  const first = bestSplit(
    data,
    { node: root, from: 0, to: rows.length },
    columns,
    histogramOf(0, rows.length),
    grow,
  )
  const leaves: Leaf[] = [first]
  while (leaves.length < grow.leaves) {
    let best = 0
    leaves.forEach((leaf, i) => {
      if (leaf.gain > (leaves[best] as Leaf).gain) best = i
    })
    const leaf = leaves[best] as Leaf
    if (leaf.gain <= 1e-6) break
    const middle = partition(data, rows, spare, leaf)
    const low = nodes.length
    nodes.push({ feature: -1, value: 0, low: 0 }, { feature: -1, value: 0, low: 0 })
    nodes[leaf.node] = { feature: leaf.feature, value: leaf.bin, low }
    const lowIsSmall = middle - leaf.from < leaf.to - middle
    const small = lowIsSmall ? histogramOf(leaf.from, middle) : histogramOf(middle, leaf.to)
    const big = leaf.histogram.map((v, s) => v - (small[s] as number))
    const a = { node: low, from: leaf.from, to: middle }
    const b = { node: low + 1, from: middle, to: leaf.to }
    leaves[best] = bestSplit(data, a, columns, lowIsSmall ? small : big, grow)
    leaves.push(bestSplit(data, b, columns, lowIsSmall ? big : small, grow))
  }
  for (const leaf of leaves) {
    let g = 0
    let h = 0
    for (let r = leaf.from; r < leaf.to; r++) {
      g += gradient[rows[r] as number] as number
      h += hessian[rows[r] as number] as number
    }
    ;(nodes[leaf.node] as { value: number }).value = (-grow.rate * g) / (h + grow.ridge)
  }
  return root
}

function partition(data: Binned, rows: Uint32Array, spare: Uint32Array, leaf: Leaf): number {
  let low = leaf.from
  let high = 0
  for (let r = leaf.from; r < leaf.to; r++) {
    const i = rows[r] as number
    if ((data.bins[i * data.width + leaf.feature] as number) <= leaf.bin) rows[low++] = i
    else spare[high++] = i
  }
  rows.set(spare.subarray(0, high), low)
  return low
}

function bestSplit(
  data: Binned,
  part: { node: number; from: number; to: number },
  columns: readonly number[],
  histogram: Float64Array,
  grow: Growth,
): Leaf {
  const leaf: Leaf = { ...part, gain: 0, feature: -1, bin: 0, histogram }
  let g = 0
  let h = 0
  const one = columns[0] ?? 0
  for (let b = 0; b < 65; b++) {
    g += histogram[(one * 65 + b) * 2] as number
    h += histogram[(one * 65 + b) * 2 + 1] as number
  }
  const whole = (g * g) / (h + grow.ridge)
  for (const k of columns) {
    const cuts = (data.thresholds[k] as Float32Array).length
    let gl = 0
    let hl = 0
    for (let b = 0; b < cuts; b++) {
      gl += histogram[(k * 65 + b) * 2] as number
      hl += histogram[(k * 65 + b) * 2 + 1] as number
      const hr = h - hl
      if (hl < grow.leafMin * 0.05 || hr < grow.leafMin * 0.05) continue
      const gain = (gl * gl) / (hl + grow.ridge) + ((g - gl) * (g - gl)) / (hr + grow.ridge) - whole
      if (gain > leaf.gain) {
        leaf.gain = gain
        leaf.feature = k
        leaf.bin = b
      }
    }
  }
  return leaf
}
