import { ReadingError } from '../../reading-error.ts'

const FREE = 0xffffffff
const END = 0xfffffffe
const ENTRY = 128

/** A compound file (OLE2), the container of .xls: named streams in chained sectors. */
export interface CompoundFile {
  /** Names of the streams of the root, in their order. */
  names: string[]
  /** The bytes of a stream of the root by one of its names (case-insensitive), or null. */
  stream(...names: string[]): Buffer | null
}

interface DirectoryEntry {
  name: string
  type: number
  start: number
  size: number
}

/** Opens a compound file held in memory. Throws 'corrupt' where chains lead nowhere or in circles. */
export function openCompoundFile(bytes: Buffer): CompoundFile {
  if (bytes.length < 512) throw corrupt('compound file ends early')
  const shift = bytes.readUInt16LE(30)
  const miniShift = bytes.readUInt16LE(32)
  if ((shift !== 9 && shift !== 12) || miniShift > 10) throw corrupt('sector size')
  const sectors = new Sectors(bytes, 1 << shift)
  const table = sectors.allocationTable()
  const directory = sectors.chain(bytes.readUInt32LE(48), table, Number.POSITIVE_INFINITY)
  const entries = entriesOf(directory)
  const root = entries.find((entry) => entry.type === 5)
  const miniCutoff = bytes.readUInt32LE(56)
  const mini = root ? sectors.chain(root.start, table, root.size) : Buffer.alloc(0)
  const miniTable = sectors.chain(bytes.readUInt32LE(60), table, Number.POSITIVE_INFINITY)
  const streams = entries.filter((entry) => entry.type === 2)
  return {
    names: streams.map((entry) => entry.name),
    stream(...names) {
      const wanted = names.map((name) => name.toLowerCase())
      const entry = streams.find((each) => wanted.includes(each.name.toLowerCase()))
      if (!entry) return null
      const small = entry.size < miniCutoff
      const found = small
        ? miniChain(mini, 1 << miniShift, miniTable, entry)
        : sectors.chain(entry.start, table, entry.size)
      if (found.length < entry.size) throw corrupt('stream ends early')
      return found
    },
  }
}

class Sectors {
  private readonly bytes: Buffer
  private readonly size: number

  constructor(bytes: Buffer, size: number) {
    this.bytes = bytes
    this.size = size
  }

  /** Sector numbers of the table that says for each sector which follows it, read out into one buffer. */
  allocationTable(): Buffer {
    const { bytes, size } = this
    const numbers: number[] = []
    for (let at = 76; at < 512; at += 4) numbers.push(bytes.readUInt32LE(at))
    let next = bytes.readUInt32LE(68)
    const perSector = size / 4 - 1
    const most = Math.ceil(bytes.length / size)
    for (let seen = 0; next < END && seen <= most; seen++) {
      const sector = this.sector(next)
      if (sector.length < size) break
      for (let at = 0; at < perSector; at++) numbers.push(sector.readUInt32LE(at * 4))
      next = sector.readUInt32LE(perSector * 4)
    }
    const used = numbers.filter((number) => number < END).slice(0, most)
    return Buffer.concat(used.map((number) => this.sector(number)))
  }

  /** The sectors of a chain as one run of bytes, at most `length`. Sectors that lie in a row are not copied. */
  chain(start: number, table: Buffer, length: number): Buffer {
    const parts: Buffer[] = []
    const most = Math.ceil(this.bytes.length / this.size)
    let total = 0
    let sector = start
    let seen = 0
    while (sector < END && total < length) {
      if (++seen > most) throw corrupt('sectors in a circle')
      let last = sector
      let next = nextOf(table, last)
      while (next === last + 1 && (last - sector + 1) * this.size + total < length) {
        if (++seen > most) throw corrupt('sectors in a circle')
        last = next
        next = nextOf(table, last)
      }
      const from = (sector + 1) * this.size
      const part = this.bytes.subarray(from, (last + 2) * this.size)
      if (part.length === 0) break
      parts.push(part)
      total += part.length
      sector = next
    }
    const whole = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
    return whole.subarray(0, Math.min(whole.length, length))
  }

  private sector(number: number): Buffer {
    return this.bytes.subarray((number + 1) * this.size, (number + 2) * this.size)
  }
}

function nextOf(table: Buffer, sector: number): number {
  return sector * 4 + 4 <= table.length ? table.readUInt32LE(sector * 4) : FREE
}

function miniChain(mini: Buffer, size: number, table: Buffer, entry: DirectoryEntry): Buffer {
  const parts: Buffer[] = []
  let sector = entry.start
  for (let total = 0; sector < END && total < entry.size; total += size) {
    parts.push(mini.subarray(sector * size, (sector + 1) * size))
    sector = nextOf(table, sector)
  }
  const whole = Buffer.concat(parts)
  return whole.subarray(0, Math.min(whole.length, entry.size))
}

function entriesOf(directory: Buffer): DirectoryEntry[] {
  const entries: DirectoryEntry[] = []
  for (let at = 0; at + ENTRY <= directory.length; at += ENTRY) {
    const type = directory[at + 66] as number
    if (type !== 1 && type !== 2 && type !== 5) continue
    const nameBytes = Math.min(64, directory.readUInt16LE(at + 64))
    entries.push({
      name: directory.toString('utf16le', at, at + Math.max(0, nameBytes - 2)),
      type,
      start: directory.readUInt32LE(at + 116),
      size: directory.readUInt32LE(at + 120),
    })
  }
  return entries
}

function corrupt(reason: string): ReadingError {
  return new ReadingError('corrupt', { reason })
}
