/** Boosted trees as flat arrays. A node with `feature` −1 is a leaf and `value` what it adds; else value is the threshold. */
export interface Forest {
  /** First node of each tree. */
  readonly roots: Int32Array
  readonly feature: Int16Array
  readonly value: Float32Array
  /** Next node when the feature is below or at the threshold; the other branch is the node after. */
  readonly low: Int32Array
  readonly bias: number
}

/**
 * A forest turned round: for each feature its thresholds in order, each with the tree it belongs to and the leaves that stay
 * when the feature is above it. Most features of a candidate are nought and pass no threshold, so little is looked at.
 */
export interface ReadyForest {
  readonly bias: number
  readonly trees: number
  /** First threshold of each feature, one more at the end. */
  readonly start: Int32Array
  readonly threshold: Float32Array
  readonly tree: Uint16Array
  readonly mask: Int32Array
  /** Leaf values, `leafMax` a tree. */
  readonly leaves: Float32Array
  /** Which leaves of each tree are still possible; working space. */
  readonly open: Int32Array
}

/** A leaf is a bit. */
const leafMax = 32

export function readyForest(forest: Forest, width: number): ReadyForest {
  const splits: { feature: number; threshold: number; tree: number; mask: number }[] = []
  const leaves = new Float32Array(forest.roots.length * leafMax)
  forest.roots.forEach((root, tree) => {
    let count = 0
    const walk = (node: number): number => {
      const feature = forest.feature[node] as number
      if (feature < 0) {
        if (count === leafMax) throw new RangeError('matching: a tree has more than 32 leaves')
        leaves[tree * leafMax + count] = forest.value[node] as number
        return 1 << count++
      }
      const low = walk(forest.low[node] as number)
      splits.push({ feature, threshold: forest.value[node] as number, tree, mask: ~low })
      return low | walk((forest.low[node] as number) + 1)
    }
    walk(root)
  })
  splits.sort((a, b) => a.feature - b.feature || a.threshold - b.threshold)
  const start = new Int32Array(width + 1)
  for (const { feature } of splits) start[feature + 1] = (start[feature + 1] as number) + 1
  for (let k = 0; k < width; k++) start[k + 1] = (start[k + 1] as number) + (start[k] as number)
  return {
    bias: forest.bias,
    trees: forest.roots.length,
    start,
    threshold: Float32Array.from(splits, (s) => s.threshold),
    tree: Uint16Array.from(splits, (s) => s.tree),
    mask: Int32Array.from(splits, (s) => s.mask),
    leaves,
    open: new Int32Array(forest.roots.length),
  }
}

/** Log-odds of a vector of features. */
export function askForest(forest: ReadyForest, x: Float64Array | Float32Array): number {
  const { start, threshold, tree, mask, leaves, open, trees } = forest
  open.fill(-1)
  const width = start.length - 1
  for (let k = 0; k < width; k++) {
    const v = x[k] as number
    const end = start[k + 1] as number
    for (let i = start[k] as number; i < end && v > (threshold[i] as number); i++) {
      const t = tree[i] as number
      open[t] = (open[t] as number) & (mask[i] as number)
    }
  }
  let sum = forest.bias
  for (let t = 0; t < trees; t++) {
    const left = open[t] as number
    sum += leaves[t * leafMax + 31 - Math.clz32(left & -left)] as number
  }
  return sum
}

/**
 * A forest as text: bias, then each tree from its root: "feature:threshold" for a node, "=value" for a leaf, low branch first.
 */
export function writeForest(forest: Forest): string {
  const out: string[] = []
  const walk = (node: number): void => {
    const f = forest.feature[node] as number
    const v = Number((forest.value[node] as number).toPrecision(5))
    if (f < 0) out.push(`=${v}`)
    else {
      out.push(`${f}:${v}`)
      walk(forest.low[node] as number)
      walk((forest.low[node] as number) + 1)
    }
  }
  for (const root of forest.roots) walk(root)
  return `${Number(forest.bias.toPrecision(6))} ${out.join(' ')}`
}

export function readForest(text: string): Forest {
  const words = text.trim().split(' ')
  const size = words.length - 1
  const feature = new Int16Array(size)
  const value = new Float32Array(size)
  const low = new Int32Array(size)
  const roots: number[] = []
  let read = 1
  let used = 0
  const place = (node: number): void => {
    const word = words[read++] ?? '=0'
    if (word.startsWith('=')) {
      feature[node] = -1
      value[node] = Number(word.slice(1))
      return
    }
    const colon = word.indexOf(':')
    feature[node] = Number(word.slice(0, colon))
    value[node] = Number(word.slice(colon + 1))
    low[node] = used
    used += 2
    const first = low[node] as number
    place(first)
    place(first + 1)
  }
  while (read < words.length) {
    roots.push(used)
    place(used++)
  }
  return { roots: Int32Array.from(roots), feature, value, low, bias: Number(words[0] ?? 0) }
}
