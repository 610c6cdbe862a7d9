import { buildInstitutionIndex } from '#engines/matching/institution-index.ts'
import type { InstitutionEntry } from '#engines/matching/public.ts'
import { predict } from './folds.ts'
import { sellerProvince, sequence, writeBadly } from './noise.ts'
import { readMaster, readTruth } from './truth.ts'

interface Count {
  texts: number
  autos: number
  right: number
  known: number
}

const textCount = 12_000
/** Texts whose institution is taken out of the master, as customers are that the company does not know yet. */
const withheldShare = 0.08

/**
 * Is the engine better on the institutions that labelled texts speak of than on those nobody labelled? The same noise on both,
 * by other numbers than those the weights were fitted with; by kind and province where there are enough.
 */
export function printOthers(folder: string): void {
  const master = readMaster(folder)
  const labelled = new Set(readTruth(folder).map((row) => row.true_id))
  const random = sequence(20_261)
  const withheld = new Set(master.filter(() => random() < withheldShare).map((entry) => entry.id))
  const index = buildInstitutionIndex(master.filter((entry) => !withheld.has(entry.id)))
  const sides = [
    ['labelled institutions', master.filter((entry) => labelled.has(entry.id))],
    ['all others', master.filter((entry) => !labelled.has(entry.id))],
  ] as const
  const groups = new Map<string, Count[]>()
  sides.forEach(([name, entries], side) => {
    const all = newCount()
    for (let i = 0; i < textCount; i++) {
      const entry = entries[Math.floor(random() * entries.length)] as InstitutionEntry
      const row = { raw: writeBadly(entry, random), distributor_province: sellerProvince(entry, random) }
      const { id, decision } = predict(index, row)
      const known = !withheld.has(entry.id)
      for (const group of [entry.type ?? '?', entry.province ?? '?']) {
        const counts = groups.get(group) ?? [newCount(), newCount()]
        groups.set(group, counts)
        count(counts[side] as Count, known, decision === 'auto', id === entry.id)
      }
      count(all, known, decision === 'auto', id === entry.id)
    }
    process.stdout.write(
      `${name.padEnd(24)}${String(entries.length).padStart(7)} institutions   ${told(all)}\n`,
    )
  })
  process.stdout.write(`\n${'by kind and province'.padEnd(24)}    labelled   others   difference\n`)
  const rows = [...groups]
    .filter(([, counts]) => counts.every((one) => one.texts >= fewest))
    .map(([group, [a, b]]) => ({ group, a: f1(a as Count), b: f1(b as Count) }))
    .sort((x, y) => x.b - x.a - (y.b - y.a))
  for (const { group, a, b } of rows)
    process.stdout.write(
      `${group.padEnd(22)}${a.toFixed(4).padStart(12)}${b.toFixed(4).padStart(10)}${(b - a).toFixed(4).padStart(10)}\n`,
    )
}

const fewest = 300
const newCount = (): Count => ({ texts: 0, autos: 0, right: 0, known: 0 })

function count(into: Count, known: boolean, auto: boolean, right: boolean): void {
  into.texts++
  if (known) into.known++
  if (!auto) return
  into.autos++
  if (known && right) into.right++
}

function f1({ autos, right, known }: Count): number {
  const precision = right / (autos || 1)
  const recall = right / (known || 1)
  return (2 * precision * recall) / (precision + recall || 1)
}

const told = (c: Count) =>
  `F1 ${f1(c).toFixed(4)}   precision ${(c.right / c.autos).toFixed(4)}   recall ${(c.right / c.known).toFixed(4)}`
