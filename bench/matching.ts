// Institution matching: accuracy by kind of corruption and queries a CPU-second, with a trigram baseline in the same run.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Papa from 'papaparse'
import { groupFeatures, pairCount, pairFeatures } from '#engines/matching/features.ts'
import { fitLogistic, fitRank, type LabelledGroup } from '#engines/matching/fitting.ts'
import { buildInstitutionIndex, type Observation } from '#engines/matching/institution-index.ts'
import { type InstitutionEntry, normaliseInstitutionName } from '#engines/matching/public.ts'
import { autoFrom } from '#engines/matching/weights.ts'

const usage = `usage: matching [--data DIR] [--runs N]   table of accuracy and speed
       matching --fit [--data DIR]        fits the weights anew and writes engines/matching/weights.ts

DIR holds institutions.csv, pharmacies.csv and matching/rows.csv (row_id, raw, distributor_province, true_id or NONE, ops,
ambiguous, observed). Definitions: precision = right autos / autos; recall = right autos / rows whose institution is known;
F1 of both; top-1 = best candidate right, whatever the decision; false auto = autos among the rows that have none. Rows
that fit several institutions equally are left out. Speed is user + system time of the whole process: match = slope
between one query and all, total = all, starting and building included; medians.
`

interface TruthRow {
  row_id: string
  raw: string
  distributor_province: string
  true_id: string
  ops: string
  ambiguous: string
  observed: string
}

interface Prediction {
  id: string
  decision: string
}

const root = resolve(import.meta.dirname, '..')
const args = process.argv.slice(2)

function option(name: string, otherwise: string): string {
  const at = args.indexOf(name)
  return at < 0 ? otherwise : (args[at + 1] ?? otherwise)
}

const folder = resolve(root, option('--data', '../shared/data'))

function readCsv<T>(path: string): T[] {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  return Papa.parse<T>(text, { header: true, skipEmptyLines: true }).data
}

type MasterRow = Record<'id' | 'name' | 'aliases' | 'province' | 'city' | 'county' | 'type' | 'level', string>

function readMaster(): InstitutionEntry[] {
  const stores = readCsv<MasterRow>(join(folder, 'pharmacies.csv')).filter((row) => row.type === 'store')
  return [...readCsv<MasterRow>(join(folder, 'institutions.csv')), ...stores].map((row) => ({
    id: row.id,
    name: row.name,
    aliases: row.aliases ? row.aliases.split('|') : [],
    province: row.province || null,
    city: row.city || null,
    county: row.county || null,
    type: row.type || null,
    level: row.level || null,
  }))
}

interface Figures {
  rows: number
  precision: number
  recall: number
  f1: number
  top1: number
  falseAuto: number
}

function score(rows: readonly TruthRow[], of: (row: TruthRow) => Prediction | undefined): Figures {
  let autos = 0
  let right = 0
  let known = 0
  let top = 0
  let falseAutos = 0
  for (const row of rows) {
    const p = of(row)
    const none = row.true_id === 'NONE'
    if (!none) known++
    if (!none && p?.id === row.true_id) top++
    if (p?.decision !== 'auto') continue
    autos++
    if (none) falseAutos++
    else if (p.id === row.true_id) right++
  }
  const precision = autos === 0 ? 0 : right / autos
  const recall = known === 0 ? 0 : right / known
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  const none = rows.length - known
  return {
    rows: rows.length,
    precision,
    recall,
    f1,
    top1: top / (known || 1),
    falseAuto: falseAutos / (none || 1),
  }
}

function line(name: string, f: Figures, rest = ''): string {
  const cells = [f.f1, f.precision, f.recall, f.top1, f.falseAuto].map((x) => x.toFixed(4).padStart(8))
  return `${name.padEnd(26)}${String(f.rows).padStart(7)}${cells.join('')}${rest}`
}

/** One run of bin/match: CPU-seconds of building and of matching as it tells them, and its output. */
function runMatch(input: string, output: string): { build: number; match: number; memory: string } {
  const masters = ['institutions.csv', 'pharmacies.csv'].flatMap((name) => ['--master', join(folder, name)])
  const done = spawnSync(join(root, 'bin/match'), [...masters, '--in', input, '--out', output], {
    encoding: 'utf8',
  })
  const m = /build ([\d.]+), match ([\d.]+); peak memory (\d+ MB)/.exec(done.stdout)
  if (done.status !== 0 || m === null) throw new Error(`bin/match failed: ${done.stderr}`)
  return { build: Number(m[1]), match: Number(m[2]), memory: m[3] ?? '' }
}

const median = (xs: number[]) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)] ?? 0
const cpuSeconds = (u: NodeJS.CpuUsage) => (u.user + u.system) / 1e6

function measureMatch(rows: readonly TruthRow[], work: string, runs: number) {
  const all = join(work, 'all.csv')
  const one = join(work, 'one.csv')
  const out = join(work, 'out.csv')
  const columns = ['row_id', 'raw', 'distributor_province']
  writeFileSync(all, Papa.unparse([...rows], { columns }))
  writeFileSync(one, Papa.unparse(rows.slice(0, 1), { columns }))
  const single: number[] = []
  const whole: number[] = []
  let memory = ''
  for (let i = 0; i < runs; i++) {
    const a = runMatch(one, join(work, 'one-out.csv'))
    const b = runMatch(all, out)
    single.push(a.build + a.match)
    whole.push(b.build + b.match)
    memory = b.memory
  }
  const predictions = new Map(readCsv<Prediction & { row_id: string }>(out).map((p) => [p.row_id, p]))
  const slope = (rows.length - 1) / (median(whole) - median(single))
  return { predictions, slope, total: rows.length / median(whole), build: median(single), memory }
}

/** Baseline: Jaccard of character trigrams on normalised texts; its threshold is the best one for these very rows. */
function trigramBaseline(master: readonly InstitutionEntry[], rows: readonly TruthRow[]) {
  const texts: string[] = []
  const owner: string[] = []
  for (const e of master) {
    for (const name of [e.name, ...e.aliases]) {
      texts.push(`  ${normaliseInstitutionName(name)} `)
      owner.push(e.id)
    }
  }
  const queries = rows.map((row) => `  ${normaliseInstitutionName(row.raw)} `)
  const grams = (text: string) =>
    new Set(Array.from({ length: text.length - 2 }, (_, i) => text.slice(i, i + 3)))
  const before = process.cpuUsage()
  const postings = new Map<string, number[]>()
  const size = texts.map((text, at) => {
    const set = grams(text)
    for (const g of set) {
      const list = postings.get(g)
      if (list === undefined) postings.set(g, [at])
      else list.push(at)
    }
    return set.size
  })
  const shared = new Uint16Array(texts.length)
  const best = queries.map((text) => {
    const touched: number[] = []
    const set = grams(text)
    for (const g of set) {
      for (const at of postings.get(g) ?? []) {
        if (shared[at] === 0) touched.push(at)
        shared[at] = (shared[at] as number) + 1
      }
    }
    let id = ''
    let likeness = 0
    for (const at of touched) {
      const both = shared[at] as number
      const s = both / (set.size + (size[at] as number) - both)
      if (s > likeness) {
        likeness = s
        id = owner[at] as string
      }
      shared[at] = 0
    }
    return { id, likeness }
  })
  return { best, total: rows.length / cpuSeconds(process.cpuUsage(before)) }
}

function printTable(): void {
  const rows = readCsv<TruthRow>(join(folder, 'matching/rows.csv'))
  const clear = rows.filter((row) => row.ambiguous !== '1')
  const work = mkdtempSync(join(tmpdir(), 'matching-'))
  try {
    const ours = measureMatch(rows, work, Number(option('--runs', '3')))
    const of = (row: TruthRow) => ours.predictions.get(row.row_id)
    const head = 'rows      F1    prec.   recall    top-1   f.auto'
    process.stdout.write(`${cpus()[0]?.model.trim()}, Node ${process.versions.node}\n\n`)
    process.stdout.write(`${' '.repeat(29)}${head}   match q/CPU-s   total q/CPU-s\n`)
    const speed = `${Math.round(ours.slope).toString().padStart(16)}${Math.round(ours.total).toString().padStart(16)}`
    process.stdout.write(
      `${line('bin/match', score(clear, of), speed)}  build ${ours.build.toFixed(2)} s, ${ours.memory}\n`,
    )
    const peer = trigramBaseline(readMaster(), clear)
    const place = new Map(clear.map((row, at) => [row, at]))
    const peerFigures = [0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9].map((from) =>
      score(clear, (row) => {
        const b = peer.best[place.get(row) ?? -1]
        return b && { id: b.id, decision: b.likeness >= from ? 'auto' : 'review' }
      }),
    )
    const bestPeer = peerFigures.reduce((a, b) => (b.f1 > a.f1 ? b : a))
    process.stdout.write(
      `${line('trigram Jaccard, in-process', bestPeer, `${'-'.padStart(15)}${Math.round(peer.total).toString().padStart(16)}`)}\n`,
    )
    process.stdout.write(`\nbin/match by part${' '.repeat(12)}${head}\n`)
    process.stdout.write(
      `${line(
        'observed',
        score(
          clear.filter((row) => row.observed === '1'),
          of,
        ),
      )}\n`,
    )
    const ops = [...new Set(clear.flatMap((row) => row.ops.split('+')))].sort()
    for (const op of ops) {
      const part = clear.filter((row) => row.true_id !== 'NONE' && row.ops.split('+').includes(op))
      if (part.length > 0) process.stdout.write(`${line(op, score(part, of))}\n`)
    }
  } finally {
    rmSync(work, { recursive: true })
  }
}

interface Lesson {
  group: LabelledGroup
  confidence: Float64Array
  right: boolean
  known: boolean
}

function observeAll(): Lesson[] {
  let seen: Observation | null = null
  const index = buildInstitutionIndex(readMaster(), (observation) => {
    seen = observation
  })
  const lessons: Lesson[] = []
  for (const row of readCsv<TruthRow>(join(folder, 'matching/rows.csv'))) {
    if (row.ambiguous === '1') continue
    seen = null
    index.match(row.raw, { province: row.distributor_province })
    const found = seen as Observation | null
    const known = row.true_id !== 'NONE'
    const right = found?.candidates.findIndex((c) => c.id === row.true_id) ?? -1
    const candidates = found?.candidates.map((c) => c.pair) ?? []
    const confidence = found?.confidence ?? new Float64Array(pairCount + groupFeatures.length)
    lessons.push({ group: { candidates, right }, confidence, right: right === 0, known })
  }
  return lessons
}

/** Confidence from weights that have not seen the row: five folds. */
function crossValidate(lessons: readonly Lesson[], width: number): string {
  const known = lessons.filter((l) => l.known).length
  let autos = 0
  let right = 0
  for (let fold = 0; fold < 5; fold++) {
    const train = lessons.filter((_, at) => at % 5 !== fold)
    const w = fitLogistic(
      train.map((l) => l.confidence),
      train.map((l) => l.right),
      width,
    )
    lessons.forEach((l, at) => {
      if (at % 5 !== fold) return
      let logit = w[0] as number
      for (let k = 0; k < width; k++) logit += (w[k + 1] as number) * (l.confidence[k] as number)
      if (1 / (1 + Math.exp(-logit)) < autoFrom) return
      autos++
      if (l.right) right++
    })
  }
  const precision = right / autos
  const recall = right / known
  return `five folds: F1 ${((2 * precision * recall) / (precision + recall)).toFixed(4)} precision ${precision.toFixed(4)} recall ${recall.toFixed(4)}`
}

function train(what: 'rank' | 'confidence', path: string): void {
  const lessons = observeAll()
  const names = what === 'rank' ? [...pairFeatures] : [...pairFeatures, ...groupFeatures]
  let weights: Float64Array
  let source = readFileSync(path, 'utf8')
  if (what === 'rank')
    weights = fitRank(
      lessons.map((l) => l.group),
      pairCount,
      600,
    )
  else {
    const fitted = fitLogistic(
      lessons.map((l) => l.confidence),
      lessons.map((l) => l.right),
      names.length,
    )
    source = source.replace(/(confidenceBias = )-?[\d.]+/, `$1${(fitted[0] as number).toFixed(3)}`)
    weights = fitted.subarray(1)
    process.stdout.write(`${crossValidate(lessons, names.length)}\n`)
  }
  const table = names.map((name, k) => `  ${name}: ${(weights[k] as number).toFixed(3)},\n`).join('')
  writeFileSync(path, source.replace(new RegExp(`(const ${what}: [^=]+ = \\{\\n)[^}]*`), `$1${table}`))
}

if (args.includes('--help')) process.stdout.write(usage)
else if (!existsSync(join(folder, 'matching/rows.csv'))) {
  process.stderr.write(`${folder}: no matching/rows.csv here; name the folder with --data\n`)
  process.exitCode = 1
} else if (args.includes('--fit-confidence')) train('confidence', join(root, 'engines/matching/weights.ts'))
else if (args.includes('--fit')) {
  train('rank', join(root, 'engines/matching/weights.ts'))
  // The confidence is fitted on what the new ranking puts first, so in a process that has read it.
  const again = spawnSync(process.execPath, [import.meta.filename, '--fit-confidence', '--data', folder], {
    stdio: 'inherit',
  })
  process.exitCode = again.status ?? 1
} else printTable()
