import type { ByteRows } from './byte-rows.ts'
import type { DecodeCell } from './cell-decoder.ts'

/** Beyond these a table starts anew with the next block. */
const VALUES_MAX = 1 << 15
const BYTES_MAX = 1 << 21
/** So many cells are looked at before a column is judged; more where each cell left without a number costs much to decode. */
const TRIED = 4_096
const TRIED_WIDE = VALUES_MAX

/** Places to begin with. */
const SLOTS = 1 << 11

const MIX = 0x9e3779b1 | 0

/**
 * The distinct values of one column. Flow files repeat names, specs and units by the thousand: each distinct cell gets a
 * number, so that it is decoded and typed once. Values are compared byte by byte: two are never taken for one.
 */
export class ValueTable {
  /** Numbers begin at 1; 0 is the blank cell. */
  size = 1
  /** Bytes of the values one behind the other, and where each begins. */
  private kept = Buffer.from(new ArrayBuffer(1 << 14))
  private keptView = new DataView(this.kept.buffer)
  private begins = new Int32Array(1 << 10)
  /** Of each place the hash and the number of the value that lies there, 0 for a free one. */
  private slots = new Int32Array(SLOTS * 2)
  private tried = 0
  private made = 0
  /** Values made that are not plain ASCII. */
  private wide = 0
  /** Called when numbers begin anew. */
  private readonly forget: () => void

  constructor(forget: () => void) {
    this.forget = forget
  }

  /** Whether cells of the column hardly repeat (document numbers), so that numbers are worth nothing. */
  get repeats(): boolean {
    const enough = this.wide * 2 > this.made ? TRIED_WIDE : TRIED
    return this.tried < enough || this.made * 2 < this.tried
  }

  /** Puts the number of each row's cell in `column` into `ids`. */
  number(rows: ByteRows, column: number, ids: Int32Array) {
    if (this.size > VALUES_MAX || (this.begins[this.size] as number) > BYTES_MAX) this.clear()
    const { view, count, first, starts, ends } = rows
    this.tried += count
    for (let row = 0; row < count; row++) {
      const cell = (first[row] as number) + column
      if (cell >= (first[row + 1] as number)) {
        ids[row] = 0
        continue
      }
      const start = starts[cell] as number
      const end = ends[cell] as number
      ids[row] = start === end ? 0 : this.find(view, start, end)
    }
  }

  /** The text of a value. */
  text(id: number, decode: DecodeCell): string {
    return decode(this.kept, this.begins[id] as number, this.begins[id + 1] as number)
  }

  private find(view: DataView, start: number, end: number): number {
    const length = end - start
    let hash = length
    if (length >= 4) {
      const last = end - 4
      for (let at = start; at < last; at += 4) {
        hash = Math.imul(hash ^ view.getInt32(at, true), MIX)
        hash ^= hash >>> 15
      }
      hash = Math.imul(hash ^ view.getInt32(last, true), MIX)
    } else {
      for (let at = start; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), MIX)
    }
    hash ^= hash >>> 15
    const { slots } = this
    const mask = slots.length - 1
    let slot = (hash << 1) & mask
    for (;;) {
      const id = slots[slot + 1] as number
      if (id === 0) return this.add(view, start, end, hash, slot)
      if (slots[slot] === hash && this.isSame(id, view, start, length)) return id
      slot = (slot + 2) & mask
    }
  }

  private isSame(id: number, view: DataView, start: number, length: number): boolean {
    const { begins, keptView } = this
    const from = begins[id] as number
    if ((begins[id + 1] as number) - from !== length) return false
    if (length < 4) {
      for (let at = 0; at < length; at++)
        if (view.getUint8(start + at) !== keptView.getUint8(from + at)) return false
      return true
    }
    const last = length - 4
    for (let at = 0; at < last; at += 4)
      if (view.getInt32(start + at, true) !== keptView.getInt32(from + at, true)) return false
    return view.getInt32(start + last, true) === keptView.getInt32(from + last, true)
  }

  private add(view: DataView, start: number, end: number, hash: number, slot: number): number {
    const id = this.size++
    this.made++
    const from = this.begins[id] as number
    const to = from + end - start
    if (to > this.kept.length) this.growKept(to)
    this.kept.set(new Uint8Array(view.buffer, start, end - start), from)
    if ((view.getUint8(end - 1) | view.getUint8(start)) > 0x7f) this.wide++
    if (id + 1 === this.begins.length) this.growBegins()
    this.begins[id + 1] = to
    this.slots[slot] = hash
    this.slots[slot + 1] = id
    if (this.size * 4 > this.slots.length) this.growSlots()
    return id
  }

  private growKept(needed: number) {
    const kept = Buffer.from(new ArrayBuffer(Math.max(this.kept.length * 2, needed)))
    this.kept.copy(kept)
    this.kept = kept
    this.keptView = new DataView(kept.buffer)
  }

  private growBegins() {
    const begins = new Int32Array(this.begins.length * 2)
    begins.set(this.begins)
    this.begins = begins
  }

  private growSlots() {
    const old = this.slots
    const slots = new Int32Array(old.length * 2)
    const mask = slots.length - 1
    for (let at = 0; at < old.length; at += 2) {
      if (old[at + 1] === 0) continue
      let slot = ((old[at] as number) << 1) & mask
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask
      slots[slot] = old[at] as number
      slots[slot + 1] = old[at + 1] as number
    }
    this.slots = slots
  }

  private clear() {
    this.size = 1
    this.slots = new Int32Array(SLOTS * 2)
    this.forget()
  }
}
