import { type FlatIndex, hashEnd, hashMore, seedCore, seedForm, seedId, seedName, seedTax } from './flat.ts'
import { type Drafts, field, fieldCount } from './flat-builder.ts'
import { buildPostings } from './postings.ts'
import { divisions, shortCodes } from './text/divisions.ts'

const groups = new Uint8Array(divisions.level.length)
/** Unknown province and every province. */
export const groupCount = divisions.level.reduce((count, level, unit) => {
  if (level === 1) groups[unit] = count
  return level === 1 ? count + 1 : count
}, 1)

/** 0 for an unknown province, else 1 … 34. */
export function groupOf(province: number): number {
  return province < 0 ? 0 : (groups[province] as number)
}

/** Surfaces by province, then city, unknown ones first. */
function inOrder({ fields, count }: Drafts): Uint32Array {
  const byEntry = Uint32Array.from({ length: count }, (_, i) => i)
  const byCity = sortStably(byEntry, divisions.level.length + 1, (i) => {
    return (fields[i * fieldCount + field.city] as number) + 1
  })
  return sortStably(byCity, groupCount, (i) => groupOf(fields[i * fieldCount + field.province] as number))
}

/** By a small number, those of the same number as they came. */
function sortStably(items: Uint32Array, numbers: number, numberOf: (item: number) => number): Uint32Array {
  const start = new Uint32Array(numbers + 1)
  for (let k = 0; k < items.length; k++) {
    const n = numberOf(items[k] as number) + 1
    start[n] = (start[n] as number) + 1
  }
  for (let n = 0; n < numbers; n++) start[n + 1] = (start[n + 1] as number) + (start[n] as number)
  const out = new Uint32Array(items.length)
  for (let k = 0; k < items.length; k++) {
    const item = items[k] as number
    const n = numberOf(item)
    const at = start[n] as number
    start[n] = at + 1
    out[at] = item
  }
  return out
}

type Column = Uint8Array | Int16Array | Int32Array | Uint32Array

function fill<T extends Column>(column: T, drafts: Drafts, order: Uint32Array, at: number): T {
  for (let i = 0; i < order.length; i++)
    column[i] = drafts.fields[(order[i] as number) * fieldCount + at] as number
  return column
}

function sameId({ ids, idStart }: Drafts, a: number, b: number): boolean {
  const from = idStart[a] as number
  const other = idStart[b] as number
  const length = (idStart[a + 1] as number) - from
  if ((idStart[b + 1] as number) - other !== length) return false
  for (let i = 0; i < length; i++) if (ids[from + i] !== ids[other + i]) return false
  return true
}

/** A later entry with the same id takes the place of an earlier one. */
function indexIds(drafts: Drafts) {
  const replaced: number[] = []
  const size = 2 ** Math.ceil(Math.log2(drafts.entryCount * 2 + 2))
  const slots = new Uint32Array(size)
  for (let e = 0; e < drafts.entryCount; e++) {
    const from = drafts.idStart[e] as number
    const to = drafts.idStart[e + 1] as number
    let slot = hashEnd(hashMore(seedId, drafts.ids, from, to)) & (size - 1)
    for (; slots[slot] !== 0; slot = (slot + 1) & (size - 1)) {
      const other = (slots[slot] as number) - 1
      if (!sameId(drafts, other, e)) continue
      replaced.push(other)
      break
    }
    slots[slot] = e + 1
  }
  return { idSlots: slots, replaced: Uint32Array.from(replaced) }
}

/** Tax id → entry; entries that share one stand one after the other. A stretch of the table is never full, so a search ends. */
function indexTaxes({ taxes, taxStart, taxedCount, entryCount }: Drafts): Uint32Array {
  const size = 2 ** Math.ceil(Math.log2(taxedCount * 2 + 2))
  const slots = new Uint32Array(size)
  for (let e = 0; e < entryCount; e++) {
    const from = taxStart[e] as number
    const to = taxStart[e + 1] as number
    if (from === to) continue
    let slot = hashEnd(hashMore(seedTax, taxes, from, to)) & (size - 1)
    let shared = 0
    while (slots[slot] !== 0 && shared < taxSearchMax) {
      slot = (slot + 1) & (size - 1)
      shared++
    }
    if (slots[slot] === 0) slots[slot] = e + 1
  }
  return slots
}

/** Of a chain with thousands of stores under one tax id only the first are kept. */
const taxSearchMax = 64

function weighCharacters(codes: Uint16Array, start: Uint32Array, length: Uint8Array): Float32Array {
  const frequency = new Uint32Array(65536)
  const seen = new Uint32Array(65536)
  const n = start.length
  for (let i = 0; i < n; i++) {
    const from = start[i] as number
    for (let k = from; k < from + (length[i] as number); k++) {
      const c = codes[k] as number
      if (seen[c] === i + 1) continue
      seen[c] = i + 1
      frequency[c] = (frequency[c] as number) + 1
    }
  }
  const weight = new Float32Array(65536).fill(unseenCharWeight)
  for (let c = 0; c < 65536; c++) {
    const df = frequency[c] as number
    if (df > 0) weight[c] = Math.min(1, Math.max(0.06, (Math.log(Math.max(n, 5000) / df) - 0.2) / 5.5))
  }
  return weight
}

const unseenCharWeight = 0.7

/** Hash → surface pairs: the name as written, the canonical name, its innermost division with the rest, the rest alone. */
function indexForms(flat: Named) {
  const n = flat.textStart.length
  const hashes = new Uint32Array(n * 5)
  const owners = new Uint32Array(n * 5)
  const coreHash = new Uint32Array(n)
  let used = 0
  const put = (hash: number, surface: number) => {
    hashes[used] = hash
    owners[used++] = surface
  }
  for (let i = 0; i < n; i++) {
    const keyFrom = flat.keyStart[i] as number
    const from = flat.textStart[i] as number
    const to = from + (flat.textLength[i] as number)
    const coreFrom = from + (flat.prefixEnd[i] as number)
    put(hashEnd(hashMore(seedName, flat.codes, keyFrom, keyFrom + (flat.keyLength[i] as number))), i)
    const form = hashEnd(hashMore(seedForm, flat.codes, from, to))
    put(form, i)
    coreHash[i] = hashEnd(hashMore(seedCore, flat.codes, coreFrom, to))
    put(coreHash[i] as number, i)
    const own = flat.nameUnit[i] as number
    const county = flat.county[i] as number
    let first = form
    for (let k = 0; k < 2; k++) {
      const unit = k === 0 ? own : county
      if (unit < 0 || (k === 1 && county === own)) continue
      const short = shortCodes(unit)
      const hash = hashEnd(hashMore(hashMore(seedForm, short, 0, short.length), flat.codes, coreFrom, to))
      if (hash === first) continue
      first = hash
      put(hash, i)
    }
  }
  const table = buckets(hashes, owners, used)
  return { coreHash, coreCount: countCores(coreHash, table), ...table }
}

interface Named {
  codes: Uint16Array
  textStart: Uint32Array
  textLength: Uint8Array
  keyStart: Uint32Array
  keyLength: Uint8Array
  prefixEnd: Uint8Array
  nameUnit: Int16Array
  county: Int16Array
}

/** Every core counts once for each name that has it, so each bucket is gone through once. */
function countCores(coreHash: Uint32Array, table: ReturnType<typeof buckets>): Uint8Array {
  const { bucketStart, bucketHash, bucketSurface } = table
  const count = new Uint8Array(coreHash.length)
  for (let b = 0; b + 1 < bucketStart.length; b++) {
    const from = bucketStart[b] as number
    const to = bucketStart[b + 1] as number
    for (let p = from; p < to; p++) {
      const hash = bucketHash[p] as number
      const surface = bucketSurface[p] as number
      if (coreHash[surface] !== hash || count[surface] !== 0) continue
      let same = 0
      for (let k = from; k < to; k++) if (bucketHash[k] === hash) same++
      for (let k = from; k < to; k++)
        if (bucketHash[k] === hash) count[bucketSurface[k] as number] = Math.min(255, same)
    }
  }
  return count
}

function buckets(hashes: Uint32Array, owners: Uint32Array, used: number) {
  const bits = Math.max(1, Math.ceil(Math.log2(used + 1)))
  const shift = 32 - bits
  const bucketStart = new Uint32Array(2 ** bits + 1)
  for (let i = 0; i < used; i++) {
    const b = ((hashes[i] as number) >>> shift) + 1
    bucketStart[b] = (bucketStart[b] as number) + 1
  }
  for (let b = 0; b < bucketStart.length - 1; b++)
    bucketStart[b + 1] = (bucketStart[b + 1] as number) + (bucketStart[b] as number)
  const bucketHash = new Uint32Array(used)
  const bucketSurface = new Uint32Array(used)
  const at = bucketStart.slice()
  for (let i = 0; i < used; i++) {
    const b = (hashes[i] as number) >>> shift
    const p = at[b] as number
    at[b] = p + 1
    bucketHash[p] = hashes[i] as number
    bucketSurface[p] = owners[i] as number
  }
  return { bucketStart, bucketHash, bucketSurface }
}

function slices(province: Int16Array, city: Int16Array) {
  const groupStart = new Uint32Array(groupCount + 1)
  const cityStart = new Uint32Array(divisions.level.length)
  const cityEnd = new Uint32Array(divisions.level.length)
  for (let i = 0; i < province.length; i++) {
    const g = groupOf(province[i] as number) + 1
    groupStart[g] = (groupStart[g] as number) + 1
    const c = city[i] as number
    if (c < 0) continue
    if (cityEnd[c] === 0) cityStart[c] = i
    cityEnd[c] = i + 1
  }
  for (let g = 0; g < groupCount; g++)
    groupStart[g + 1] = (groupStart[g + 1] as number) + (groupStart[g] as number)
  return { groupStart, cityStart, cityEnd }
}

/** The index of what has been read. */
export function buildFlatIndex(drafts: Drafts): FlatIndex {
  const order = inOrder(drafts)
  const n = order.length
  const column = <T extends Column>(array: T, at: number) => fill(array, drafts, order, at)
  const named = {
    codes: drafts.codes.subarray(0, drafts.codesUsed),
    textStart: column(new Uint32Array(n), field.textStart),
    textLength: column(new Uint8Array(n), field.textLength),
    keyStart: column(new Uint32Array(n), field.keyStart),
    keyLength: column(new Uint8Array(n), field.keyLength),
    prefixEnd: column(new Uint8Array(n), field.prefixEnd),
    nameUnit: column(new Int16Array(n), field.nameUnit),
    county: column(new Int16Array(n), field.county),
  }
  const entry = column(new Uint32Array(n), field.entry)
  const isAlias = column(new Uint8Array(n), field.isAlias)
  const province = column(new Int16Array(n), field.province)
  const city = column(new Int16Array(n), field.city)
  const firstSurface = new Uint32Array(drafts.entryCount)
  for (let i = n - 1; i >= 0; i--) if (isAlias[i] === 0) firstSurface[entry[i] as number] = i
  return {
    idStart: drafts.idStart.subarray(0, drafts.entryCount + 1),
    ids: drafts.ids.subarray(0, drafts.idStart[drafts.entryCount]),
    ...indexIds(drafts),
    taxStart: drafts.taxStart.subarray(0, drafts.entryCount + 1),
    taxes: drafts.taxes.subarray(0, drafts.taxStart[drafts.entryCount]),
    taxSlots: indexTaxes(drafts),
    firstSurface,
    ...named,
    entry,
    isAlias,
    province,
    city,
    marks: column(new Uint32Array(n), field.marks),
    lead: column(new Uint8Array(n), field.lead),
    companyFrom: column(new Uint8Array(n), field.companyFrom),
    companyTo: column(new Uint8Array(n), field.companyTo),
    kind: column(new Uint8Array(n), field.kind),
    trades: column(new Int32Array(n), field.trades),
    ordinals: column(new Uint32Array(n), field.ordinals),
    branch: column(new Uint32Array(n), field.branch),
    ...indexForms(named),
    ...buildPostings(named.codes, named.textStart, named.textLength),
    charWeight: weighCharacters(named.codes, named.textStart, named.textLength),
    ...slices(province, city),
  }
}
