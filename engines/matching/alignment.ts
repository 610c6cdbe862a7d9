import { looksAlike, soundsAlike } from './characters.ts'

/** One side of an alignment: `length` characters from `from`. */
export interface WeighedText {
  readonly codes: Uint16Array
  /** What a character costs when nothing stands opposite. */
  readonly weights: Float32Array
  /** 1 for characters of division words. */
  readonly isDivision: Uint8Array
  from: number
  length: number
}

/** What an alignment of a text with a known name came to. Amounts are sums of character weights. */
export interface Alignment {
  sound: number
  look: number
  /** Characters that only sound or look alike. */
  soundCount: number
  changed: number
  /** Characters of the name that the text lacks, inside and at its end. */
  missing: number
  missingTail: number
  /** Division characters written in the name that the text lacks. */
  missingDivision: number
  /** Characters of the text that the name lacks, outside and inside division words. */
  extra: number
  extraDivision: number
  matched: number
}

export function emptyAlignment(): Alignment {
  return {
    sound: 0,
    look: 0,
    soundCount: 0,
    changed: 0,
    missing: 0,
    missingTail: 0,
    missingDivision: 0,
    extra: 0,
    extraDivision: 0,
    matched: 0,
  }
}

const width = 72
const cost = new Float32Array(width * width)
const step = new Uint8Array(width * width)

const same = 0
const textOnly = 1
const nameOnly = 2
const alikeInSound = 3
const alikeInLook = 4
const different = 5

const alikeCost = 0.45
const differentCost = 1.15

/** Least-cost alignment of a text with a name, both cut at 70 characters; the outcome goes into `out`. */
export function align(text: WeighedText, name: WeighedText, out: Alignment): void {
  const rows = Math.min(text.length, width - 2)
  const cols = Math.min(name.length, width - 2)
  fill(text, rows, name, cols)
  Object.assign(out, zero)
  trace(text, rows, name, cols, out)
}

const zero = emptyAlignment()

function fill(text: WeighedText, rows: number, name: WeighedText, cols: number): void {
  const { codes: a, weights: aw, from: aFrom } = text
  const { codes: b, weights: bw, from: bFrom } = name
  cost[0] = 0
  for (let j = 1; j <= cols; j++) {
    cost[j] = (cost[j - 1] as number) + (bw[bFrom + j - 1] as number)
    step[j] = nameOnly
  }
  for (let i = 1; i <= rows; i++) {
    const ca = a[aFrom + i - 1] as number
    const wa = aw[aFrom + i - 1] as number
    const row = i * width
    const above = row - width
    let left = (cost[above] as number) + wa
    cost[row] = left
    step[row] = textOnly
    for (let j = 1; j <= cols; j++) {
      const cb = b[bFrom + j - 1] as number
      const wb = bw[bFrom + j - 1] as number
      const corner = cost[above + j - 1] as number
      const up = (cost[above + j] as number) + wa
      const over = left + wb
      let best = corner
      let how = same
      if (ca !== cb) {
        best = corner + Math.max(wa, wb) * differentCost
        how = different
        const alike = corner + (wa + wb) * 0.5 * alikeCost
        if (alike < up && alike < over) {
          if (soundsAlike(ca, cb)) how = alikeInSound
          else if (looksAlike(ca, cb)) how = alikeInLook
          if (how !== different) best = alike
        }
      }
      if (up < best) {
        best = up
        how = textOnly
      }
      if (over < best) {
        best = over
        how = nameOnly
      }
      cost[row + j] = best
      step[row + j] = how
      left = best
    }
  }
}

function trace(text: WeighedText, rows: number, name: WeighedText, cols: number, out: Alignment): void {
  let i = rows
  let j = cols
  while (i > 0 || j > 0) {
    const how = i === 0 ? nameOnly : j === 0 ? textOnly : (step[i * width + j] as number)
    const a = text.from + i - 1
    const b = name.from + j - 1
    const wa = i > 0 ? (text.weights[a] as number) : 0
    const wb = j > 0 ? (name.weights[b] as number) : 0
    if (how === textOnly) {
      if (text.isDivision[a] === 1) out.extraDivision += wa
      else out.extra += wa
      i--
    } else if (how === nameOnly) {
      if (name.isDivision[b] === 1) out.missingDivision += wb
      else if (i === rows) out.missingTail += wb
      else out.missing += wb
      j--
    } else {
      if (how === same) out.matched += wb
      else if (how === different) out.changed += Math.max(wa, wb)
      else {
        out.soundCount++
        if (how === alikeInSound) out.sound += (wa + wb) / 2
        else out.look += (wa + wb) / 2
      }
      i--
      j--
    }
  }
}
