import { looksAlike, soundsAlike } from './text/characters.ts'

/** One side of an alignment: `length` characters from `from`. */
export interface WeighedText {
  readonly codes: Uint16Array
  /** What a character costs when nothing stands opposite. */
  readonly weights: Float32Array
  /** 1 for characters of division words. */
  readonly isDivision: Uint8Array
  from: number
  length: number
  /** Characters in front that the name itself leaves out (its divisions), weights next to nothing. */
  lead: number
}

/** What an alignment of a text with a known name came to. Amounts are sums of character weights. */
export interface Alignment {
  /** Same syllable, nearly the same syllable, similar shape. */
  sound: number
  nearSound: number
  look: number
  /** Characters that only sound or look alike. */
  alikeCount: number
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
  /** Characters changed, missing or extra outside of division words, and the weightiest of them. */
  edits: number
  heaviest: number
  /** Characters inside the name's division words that the text writes otherwise. */
  divisionSlips: number
  /** Where in the text an edit lies: characters, or gaps (missing ones) as 1000 + place. */
  readonly places: Int32Array
  placeCount: number
}

const placeMax = 8

export function emptyAlignment(): Alignment {
  return {
    sound: 0,
    nearSound: 0,
    look: 0,
    alikeCount: 0,
    changed: 0,
    missing: 0,
    missingTail: 0,
    missingDivision: 0,
    extra: 0,
    extraDivision: 0,
    matched: 0,
    edits: 0,
    heaviest: 0,
    divisionSlips: 0,
    places: new Int32Array(placeMax),
    placeCount: 0,
  }
}

function clear(out: Alignment): void {
  out.sound = 0
  out.nearSound = 0
  out.look = 0
  out.alikeCount = 0
  out.changed = 0
  out.missing = 0
  out.missingTail = 0
  out.missingDivision = 0
  out.extra = 0
  out.extraDivision = 0
  out.matched = 0
  out.edits = 0
  out.heaviest = 0
  out.divisionSlips = 0
  out.placeCount = 0
}

const width = 72
const cost = new Float64Array(width * width)
const step = new Uint8Array(width * width)

const same = 0
const textOnly = 1
const nameOnly = 2
const alikeInSound = 3
const nearlyInSound = 4
const alikeInLook = 5
const different = 6

const alikeCost = 0.45
const differentCost = 1.15
/** A gap in the text, as told in `places`. */
export const gapMark = 1000

/**
 * Least-cost alignment of a text with a name, both cut at 70 characters; the outcome goes into `out`. Equal ends are taken
 * as they are, so that the costly part is only what differs.
 */
export function align(text: WeighedText, name: WeighedText, out: Alignment): void {
  clear(out)
  let rows = Math.min(text.length, width - 2)
  let cols = Math.min(name.length, width - 2)
  const { codes: a, from: aFrom } = text
  const { codes: b, from: bFrom } = name
  let tail = 0
  while (rows > 0 && cols > 0 && a[aFrom + rows - 1] === b[bFrom + cols - 1]) {
    rows--
    cols--
    tail++
    out.matched += name.weights[bFrom + cols] as number
  }
  // The text starts as the name itself does: what is put in front is left out.
  let skip = 0
  if (name.lead > 0 && rows > 0 && cols > name.lead && a[aFrom] === b[bFrom + name.lead]) {
    skip = name.lead
    for (let k = 0; k < skip; k++) out.missingDivision += name.weights[bFrom + k] as number
  }
  let head = 0
  while (head < rows && skip + head < cols && a[aFrom + head] === b[bFrom + skip + head]) {
    out.matched += name.weights[bFrom + skip + head] as number
    head++
  }
  skip += head
  if (head === rows && skip === cols) return
  fill(text, head, rows - head, name, skip, cols - skip)
  trace(text, head, rows - head, name, skip, cols - skip, tail === 0, out)
}

function fill(
  text: WeighedText,
  textSkip: number,
  rows: number,
  name: WeighedText,
  nameSkip: number,
  cols: number,
): void {
  const { codes: a, weights: aw } = text
  const { codes: b, weights: bw } = name
  const aAt = text.from + textSkip - 1
  const bAt = name.from + nameSkip - 1
  cost[0] = 0
  for (let j = 1; j <= cols; j++) {
    cost[j] = (cost[j - 1] as number) + (bw[bAt + j] as number)
    step[j] = nameOnly
  }
  for (let i = 1; i <= rows; i++) {
    const ca = a[aAt + i] as number
    const wa = aw[aAt + i] as number
    const row = i * width
    const above = row - width
    let left = (cost[above] as number) + wa
    cost[row] = left
    step[row] = textOnly
    for (let j = 1; j <= cols; j++) {
      const cb = b[bAt + j] as number
      const wb = bw[bAt + j] as number
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
          const sound = soundsAlike(ca, cb)
          if (sound > 0) how = sound === 2 ? alikeInSound : nearlyInSound
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

function edit(out: Alignment, weight: number, place: number): void {
  out.edits++
  if (weight > out.heaviest) out.heaviest = weight
  if (out.placeCount < placeMax) out.places[out.placeCount++] = place
}

function trace(
  text: WeighedText,
  textSkip: number,
  rows: number,
  name: WeighedText,
  nameSkip: number,
  cols: number,
  toEnd: boolean,
  out: Alignment,
): void {
  let i = rows
  let j = cols
  while (i > 0 || j > 0) {
    const how = i === 0 ? nameOnly : j === 0 ? textOnly : (step[i * width + j] as number)
    const a = text.from + textSkip + i - 1
    const b = name.from + nameSkip + j - 1
    if (how === textOnly) {
      const wa = text.weights[a] as number
      if (text.isDivision[a] === 1) out.extraDivision += wa
      else {
        out.extra += wa
        edit(out, wa, textSkip + i - 1)
      }
      i--
    } else if (how === nameOnly) {
      const wb = name.weights[b] as number
      if (name.isDivision[b] === 1) out.missingDivision += wb
      else if (wb > 0.03) {
        if (i === rows && toEnd) out.missingTail += wb
        else out.missing += wb
        edit(out, wb, gapMark + textSkip + i)
      }
      j--
    } else {
      const wa = text.weights[a] as number
      const wb = name.weights[b] as number
      if (how !== same && name.isDivision[b] === 1) out.divisionSlips++
      if (how === same) out.matched += wb
      else if (how === different) {
        out.changed += Math.max(wa, wb)
        edit(out, Math.max(wa, wb), textSkip + i - 1)
      } else {
        out.alikeCount++
        if (out.placeCount < placeMax) out.places[out.placeCount++] = textSkip + i - 1
        if (how === alikeInSound) out.sound += (wa + wb) / 2
        else if (how === nearlyInSound) out.nearSound += (wa + wb) / 2
        else out.look += (wa + wb) / 2
      }
      i--
      j--
    }
  }
}
