/** A set of 64-bit keys that takes 8 to 16 bytes a key: a month of a large distributor has millions. */
export class KeySet {
  private slots: BigInt64Array
  private used = 0

  constructor(expected = 0) {
    this.slots = new BigInt64Array(2 ** Math.ceil(Math.log2(Math.max(1024, expected * 2))))
  }

  /** Puts the key in; false when it was there already. */
  add(key: bigint): boolean {
    if (this.used * 2 >= this.slots.length) this.grow()
    // An empty slot is 0, so the key 0 is kept as 1: one more line for a person to look at, once in 2^64.
    const kept = key === 0n ? 1n : key
    const last = this.slots.length - 1
    for (let at = Number(BigInt.asUintN(32, kept)) & last; ; at = (at + 1) & last) {
      const found = this.slots[at]
      if (found === kept) return false
      if (found !== 0n) continue
      this.slots[at] = kept
      this.used += 1
      return true
    }
  }

  private grow(): void {
    const before = this.slots
    this.slots = new BigInt64Array(before.length * 2)
    this.used = 0
    for (const key of before) if (key !== 0n) this.add(key)
  }
}
