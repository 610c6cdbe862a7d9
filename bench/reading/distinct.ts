/** Counts distinct digests in flat memory: a set of a million texts would cost more than reading. */
export class DistinctRows {
  private digests = new Float64Array(1 << 16)
  private mask = (1 << 16) - 1
  size = 0

  /** True the first time a digest (a whole number, 53 bits) comes. */
  add(digest: number): boolean {
    const wanted = digest + 1
    let slot = (digest ^ (digest / 0x200000)) & this.mask
    for (let kept = this.digests[slot]; kept !== 0; kept = this.digests[slot]) {
      if (kept === wanted) return false
      slot = (slot + 1) & this.mask
    }
    this.digests[slot] = wanted
    if (++this.size * 4 > this.mask * 3) this.grow()
    return true
  }

  private grow() {
    const old = this.digests
    this.mask = this.mask * 2 + 1
    this.digests = new Float64Array(this.mask + 1)
    for (const wanted of old) {
      if (wanted === 0) continue
      let slot = ((wanted - 1) ^ ((wanted - 1) / 0x200000)) & this.mask
      while (this.digests[slot] !== 0) slot = (slot + 1) & this.mask
      this.digests[slot] = wanted
    }
  }
}
