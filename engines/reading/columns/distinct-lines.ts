import type { LineColumns } from './line-columns.ts'

/** Counts lines that are not the same as one before, by their digests, in flat memory: 11 to 21 bytes a line. */
export class DistinctLines {
  size = 0
  /** High and low half of each digest; both 0 for a free place. */
  private halves = new Int32Array(1 << 17)
  private places = 1 << 16

  /** Takes all lines of a block. */
  addAll({ size, expected, digest_high: high, digest_low: low }: LineColumns) {
    if (this.size === 0 && expected * 4 > this.places * 3) this.makeRoom(expected)
    for (let line = 0; line < size; line++) this.add(high[line] as number, low[line] as number)
  }

  private add(high: number, low: number) {
    // A digest of two zeros would look like a free place.
    const second = high === 0 && low === 0 ? 1 : low
    const place = this.placeOf(high, second)
    if (this.halves[place] !== 0 || this.halves[place + 1] !== 0) return
    this.halves[place] = high
    this.halves[place + 1] = second
    if (++this.size * 4 > this.places * 3) this.makeRoom(this.size)
  }

  /** Where the digest is, or where it would be. */
  private placeOf(high: number, low: number): number {
    const { halves } = this
    const mask = halves.length - 1
    let place = (low << 1) & mask
    for (;;) {
      const one = halves[place] as number
      const two = halves[place + 1] as number
      if ((one === high && two === low) || (one === 0 && two === 0)) return place
      place = (place + 2) & mask
    }
  }

  /** Room for so many lines and some more. */
  private makeRoom(lines: number) {
    const old = this.halves
    while (lines * 4 > this.places * 3) this.places *= 2
    this.halves = new Int32Array(this.places * 2)
    for (let at = 0; at < old.length; at += 2) {
      const high = old[at] as number
      const low = old[at + 1] as number
      if (high === 0 && low === 0) continue
      const place = this.placeOf(high, low)
      this.halves[place] = high
      this.halves[place + 1] = low
    }
  }
}
