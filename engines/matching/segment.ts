import type { WeighedText } from './alignment.ts'
import { divisions, readDivisionPrefix } from './divisions.ts'
import { Retriever } from './retrieval.ts'
import type { InstitutionEntry } from './shapes.ts'
import { buildSurfaces, type Surfaces } from './surfaces.ts'
import { buildTermIndex } from './term-index.ts'

/** An unchanging part of the master, ready to be searched. */
export interface Segment {
  readonly surfaces: Surfaces
  readonly retriever: Retriever
  /** Canonical name, and innermost division + rest of the name → surfaces. */
  readonly byKey: ReadonlyMap<string, number[]>
  readonly byName: ReadonlyMap<string, number[]>
  /** Name without its divisions → surfaces. */
  readonly byCore: ReadonlyMap<string, number[]>
  /** How much a character tells, 0.06 … 1, by code. */
  readonly charWeight: Float32Array
  /** Left-out divisions, then the name, ready to be aligned; the object is reused. */
  alignedForm(surface: number): WeighedText
}

/** What a chain's store leaves out when it is named in short. */
const companyForm =
  /(大药房|药房|医药|药业|药品|药堂)?(连锁)?(零售)?(连锁)?(药房|医药)?(有限公司|股份有限公司)(?=.)/

const unseenCharWeight = 0.7

function weighCharacters(texts: readonly string[]): Float32Array {
  const df = new Uint32Array(65536)
  for (const text of texts)
    for (const ch of new Set(text)) df[ch.charCodeAt(0)] = (df[ch.charCodeAt(0)] as number) + 1
  const weight = new Float32Array(65536).fill(unseenCharWeight)
  for (let c = 0; c < 65536; c++) {
    const n = df[c] as number
    if (n > 0)
      weight[c] = Math.min(1, Math.max(0.06, (Math.log(Math.max(texts.length, 5000) / n) - 0.2) / 5.5))
  }
  return weight
}

function push(map: Map<string, number[]>, key: string, surface: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [surface])
  else if (list[list.length - 1] !== surface) list.push(surface)
}

function indexKeys(s: Surfaces) {
  const byKey = new Map<string, number[]>()
  const byName = new Map<string, number[]>()
  const byCore = new Map<string, number[]>()
  for (let i = 0; i < s.texts.length; i++) {
    const text = s.texts[i] as string
    push(byName, s.keys[i] as string, i)
    push(byKey, text, i)
    const core = text.slice(s.prefixEnd[i])
    push(byCore, core, i)
    for (const unit of new Set([s.nameUnit[i] as number, s.county[i] as number])) {
      if (unit >= 0) push(byKey, (divisions.short[unit] as string) + core, i)
    }
  }
  return { byKey, byName, byCore }
}

function alignedForms(s: Surfaces, charWeight: Float32Array) {
  const n = s.texts.length
  const offset = new Uint32Array(n + 1)
  for (let i = 0; i < n; i++) {
    offset[i + 1] = (offset[i] as number) + (s.lead[i] as string).length + (s.texts[i] as string).length
  }
  const codes = new Uint16Array(offset[n] as number)
  const weights = new Float32Array(codes.length)
  const isDivision = new Uint8Array(codes.length)
  for (let i = 0; i < n; i++) {
    const lead = s.lead[i] as string
    const text = s.texts[i] as string
    let at = offset[i] as number
    for (let k = 0; k < lead.length; k++, at++) {
      codes[at] = lead.charCodeAt(k)
      weights[at] = 0.01
      isDivision[at] = 1
    }
    let core = 0
    for (let k = 0; k < text.length; k++) {
      const w = charWeight[text.charCodeAt(k)] as number
      codes[at + k] = text.charCodeAt(k)
      weights[at + k] = w
      if (k >= (s.prefixEnd[i] as number)) core += w
    }
    const company = companyForm.exec(text)
    if (company !== null) weights.fill(0.02, at + company.index, at + company.index + company[0].length)
    lightenDivisions(
      text,
      s.province[i] as number,
      core,
      weights.subarray(at, at + text.length),
      isDivision.subarray(at),
    )
  }
  const form: WeighedText = { codes, weights, isDivision, from: 0, length: 0 }
  const alignedForm = (surface: number) => {
    form.from = offset[surface] as number
    form.length = (offset[surface + 1] as number) - form.from
    return form
  }
  return { alignedForm }
}

/** Division words in a name are often left out: the outer ones cost little, the innermost more. */
function lightenDivisions(
  text: string,
  province: number,
  core: number,
  w: Float32Array,
  mark: Uint8Array,
): void {
  const mentions = readDivisionPrefix(text, province)
  mentions.forEach((m, at) => {
    const inner = at === mentions.length - 1
    if (inner && !m.full && core < 0.5) return
    for (let k = m.start; k < m.end; k++) {
      mark[k] = 1
      w[k] = k === m.end - 1 && m.full ? 0.04 : inner ? 0.25 : 0.05
    }
  })
}

export function buildSegment(entries: readonly InstitutionEntry[]): Segment {
  const surfaces = buildSurfaces(entries)
  const charWeight = weighCharacters(surfaces.texts)
  const retriever = new Retriever(buildTermIndex(surfaces.texts), surfaces.groupStart)
  return { surfaces, retriever, charWeight, ...indexKeys(surfaces), ...alignedForms(surfaces, charWeight) }
}
