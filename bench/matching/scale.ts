import { closeSync, fstatSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildInstitutionIndex, openInstitutionIndex } from '#engines/matching/institution-index.ts'
import type { InstitutionIndex } from '#engines/matching/public.ts'
import { askDuckDb } from './duckdb-peer.ts'
import { predict } from './folds.ts'
import { type GeneratedQuery, generateMaster, generateQueries } from './generated-master.ts'
import { miniSearch, type Peer, trigramJaccard } from './peers.ts'

const cpu = () => {
  const u = process.cpuUsage()
  return (u.user + u.system) / 1e6
}

interface Taken {
  id: string
  auto: boolean
}

function f1(queries: readonly GeneratedQuery[], taken: readonly Taken[]): { f1: number; precision: number } {
  let autos = 0
  let right = 0
  let known = 0
  queries.forEach((q, i) => {
    const t = taken[i] as Taken
    if (q.true_id !== 'NONE') known++
    if (!t.auto) return
    autos++
    if (t.id === q.true_id) right++
  })
  const precision = right / (autos || 1)
  const recall = right / (known || 1)
  return { f1: (2 * precision * recall) / (precision + recall || 1), precision }
}

function line(name: string, build: number, rate: number, figures: ReturnType<typeof f1>, rest = ''): void {
  const cells = [build.toFixed(2).padStart(10), Math.round(rate).toString().padStart(16)]
  process.stdout.write(
    `${name.padEnd(26)}${cells.join('')}${figures.f1.toFixed(4).padStart(9)}${figures.precision.toFixed(4).padStart(9)}${rest}\n`,
  )
}

function measureOurs(index: InstitutionIndex, queries: readonly GeneratedQuery[]) {
  const warm = Math.min(2000, queries.length >> 2)
  for (let i = 0; i < warm; i++) predict(index, queries[i] as GeneratedQuery)
  const before = cpu()
  const taken = queries.map((q): Taken => {
    const p = predict(index, q)
    return { id: p.id, auto: p.decision === 'auto' }
  })
  return { rate: queries.length / (cpu() - before), figures: f1(queries, taken) }
}

function measurePeer(
  peer: Peer,
  size: number,
  withheld: ReadonlySet<string>,
  all: readonly GeneratedQuery[],
  ours: number,
): void {
  const started = cpu()
  const search = peer.build(keptOf(size, withheld))
  const built = cpu()
  // A peer is slow: a sample of the queries, as many as it answers in half a minute.
  const found: { id: string; likeness: number }[] = []
  while (found.length < all.length && cpu() - built < 30) {
    const q = all[found.length] as GeneratedQuery
    found.push(search(q.raw, q.distributor_province))
  }
  const rate = found.length / (cpu() - built)
  printPeer(peer.name, built - started, rate, all, found, peer.thresholds, ours)
}

/** A peer's figures at the threshold that is best for these very queries, and how many times faster we are. */
function printPeer(
  name: string,
  build: number,
  rate: number,
  all: readonly GeneratedQuery[],
  found: readonly { id: string; likeness: number }[],
  thresholds: readonly number[],
  ours: number,
): void {
  const queries = all.slice(0, found.length)
  const best = thresholds
    .map((from) =>
      f1(
        queries,
        found.map((x) => ({ id: x.id, auto: x.likeness >= from })),
      ),
    )
    .reduce((a, b) => (b.f1 > a.f1 ? b : a))
  line(name, build, rate, best, `  ${Math.round(ours / rate)} × slower, on ${found.length} queries`)
}

function* keptOf(size: number, withheld: ReadonlySet<string>) {
  for (const entry of generateMaster(size)) if (!withheld.has(entry.id)) yield entry
}

/** The saved form, written to a file and read back as another process would: until it has answered. */
function printSaved(index: InstitutionIndex, probe: GeneratedQuery): void {
  const saving = cpu()
  const buffer = index.toBuffer()
  const packed = cpu() - saving
  const path = join(tmpdir(), `qucheng-index-${process.pid}`)
  try {
    writeFileSync(path, new Uint8Array(buffer))
    const started = performance.now()
    const opened = openInstitutionIndex(readShared(path))
    const answer = predict(opened, probe).id
    const seconds = (performance.now() - started) / 1000
    if (answer !== predict(index, probe).id) throw new Error('the saved index answers otherwise')
    print(
      `saved form ${Math.round(buffer.byteLength / 2 ** 20)} MB: packed in ${packed.toFixed(2)} CPU-s, loaded from the file in ${seconds.toFixed(2)} s, first answer included (at most ${loadBar} s: ${seconds <= loadBar ? 'met' : 'MISSED'})`,
    )
  } finally {
    rmSync(path, { force: true })
  }
}

/** A saved index of a million institutions has to be there within this. */
const loadBar = 2
const print = (text: string) => process.stdout.write(`${text}\n`)

function readShared(path: string): SharedArrayBuffer {
  const file = openSync(path, 'r')
  try {
    const buffer = new SharedArrayBuffer(fstatSync(file).size)
    const bytes = new Uint8Array(buffer)
    for (let at = 0; at < bytes.length; )
      at += readSync(file, bytes, at, Math.min(2 ** 30, bytes.length - at), at)
    return buffer
  } finally {
    closeSync(file)
  }
}

/** Speed on a generated master, with peers in the same run if wanted; peers get their best threshold for these very queries. */
export async function printScale(size: number, queryCount: number, peers: boolean): Promise<void> {
  const { queries, withheld } = generateQueries(queryCount, size)
  process.stdout.write(`${size} generated institutions, ${queries.length} distinct queries\n`)
  process.stdout.write(`${' '.repeat(26)}build CPU-s   queries/CPU-s       F1    prec.\n`)
  const started = cpu()
  const index = buildInstitutionIndex(keptOf(size, withheld))
  const built = cpu() - started
  const { rate, figures } = measureOurs(index, queries)
  line(
    'engines/matching',
    built,
    rate,
    figures,
    `  peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  )
  printSaved(index, queries[0] as GeneratedQuery)
  if (!peers) return
  for (const peer of [miniSearch, trigramJaccard]) measurePeer(peer, size, withheld, queries, rate)
  const { found, build, seconds, thresholds } = await askDuckDb(keptOf(size, withheld), queries.slice(0, 100))
  printPeer('DuckDB, Jaro-Winkler', build, found.length / seconds, queries, found, thresholds, rate)
}
