// Institution matching: accuracy, queries a CPU-second, peers in the same run: bin/bench matching [--folds | --others | --scale N | --month]
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { fitShipped } from './matching/fit.ts'
import { printFolds } from './matching/folds.ts'
import { printMonth } from './matching/month.ts'
import { printOthers } from './matching/others.ts'
import { miniSearch, type Peer, trigramJaccard } from './matching/peers.ts'
import { printScale } from './matching/scale.ts'
import { type Figures, type Prediction, scoreRows } from './matching/scores.ts'
import { readMaster, readTruth, type TruthRow } from './matching/truth.ts'
import { measureMatch } from './matching/whole-process.ts'

const usage = `usage: matching [--data DIR] [--runs N]   accuracy by kind of corruption and speed of the whole process, with peers
       matching --folds [--data DIR]      accuracy out of fold, beside what is to be reached
       matching --others [--data DIR]     the same noise on institutions with and without labelled texts
       matching --fit [--data DIR]        fits ranking and trees anew and writes them into engines/matching
       matching --scale N [--peers]       speed on N generated institutions, needs no data
       matching --month                   a million rows with 100,000 distinct names, needs no data

DIR holds institutions.csv, pharmacies.csv, matching/rows.csv (row_id, raw, distributor_province, true_id or NONE, ops,
ambiguous, acceptable_ids, observed) and matching/unseen_alias.csv. Definitions: precision = right autos / autos; recall =
right autos / rows whose institution is known; F1 of both; top-1 = best candidate right, whatever the decision; false auto =
autos among the rows that have none. Rows that fit several institutions equally are left out. The shipped weights were
fitted on these rows, so the table flatters; --folds does not: there each row is judged by weights that were fitted on rows
and generated names of other institutions. Speed is user + system time of the whole process tree, one query and all
queries in turn, medians: match = slope, total = all. Peers run in this process, on a sample, on texts already normalised,
and get the threshold that is best for these very rows.
`

const args = process.argv.slice(2)
function option(name: string, otherwise: string): string {
  const at = args.indexOf(name)
  return at < 0 ? otherwise : (args[at + 1] ?? otherwise)
}

const root = resolve(import.meta.dirname, '..')
const folder = resolve(root, option('--data', '../shared/data'))
const print = (text: string) => process.stdout.write(`${text}\n`)

function line(name: string, f: Figures, rest = ''): void {
  const cells = [f.f1, f.precision, f.recall, f.top1, f.cov99, f.falseAuto].map((x) =>
    x.toFixed(4).padStart(8),
  )
  print(`${name.padEnd(26)}${String(f.rows).padStart(7)}${cells.join('')}${rest}`)
}

const speed = (match: string, total: number) =>
  `${match.padStart(16)}${Math.round(total).toString().padStart(16)}`

const cpu = () => {
  const u = process.cpuUsage()
  return (u.user + u.system) / 1e6
}

function printPeer(peer: Peer, rows: readonly TruthRow[]): void {
  const started = cpu()
  const search = peer.build(readMaster(folder))
  const built = cpu()
  // Every n-th row, so that the sample has the same mixture; the speed is that of searching alone.
  const sample = rows.filter((_, i) => i % 10 === 0)
  const found = new Map(sample.map((row) => [row, search(row.raw, row.distributor_province)]))
  const rate = sample.length / (cpu() - built)
  const best = peer.thresholds
    .map((from) =>
      scoreRows(sample, (row): Prediction => {
        const { id, likeness } = found.get(row) ?? { id: '', likeness: 0 }
        return { id, score: Math.min(1, likeness / 1000), decision: likeness >= from ? 'auto' : 'review' }
      }),
    )
    .reduce((a, b) => (b.f1 > a.f1 ? b : a))
  line(
    peer.name,
    best,
    `${speed(Math.round(rate).toString(), rows.length / (rows.length / rate + built - started))}`,
  )
}

function printTable(): void {
  const rows = readTruth(folder)
  const ours = measureMatch(folder, rows, Number(option('--runs', '5')))
  const of = (row: TruthRow): Prediction =>
    ours.predictions.get(row.row_id) ?? { id: '', score: 0, decision: 'none' }
  const head = 'rows      F1    prec.   recall    top-1   cov.99   f.auto'
  print(`${' '.repeat(29)}${head}   match q/CPU-s   total q/CPU-s`)
  const more = `  one query ${ours.build.toFixed(2)} s, ${ours.memory} MB, spread ${ours.spread.toFixed(2)}`
  line('bin/match', scoreRows(rows, of), speed(Math.round(ours.matchRate).toString(), ours.totalRate) + more)
  for (const peer of [miniSearch, trigramJaccard]) printPeer(peer, rows)
  print(`\nbin/match by part${' '.repeat(12)}${head}`)
  const observed = rows.filter((row) => row.observed === '1')
  line('observed', scoreRows(observed, of))
  for (const op of [...new Set(rows.flatMap((row) => row.ops.split('+')))].sort()) {
    const part = rows.filter((row) => row.true_id !== 'NONE' && row.ops.split('+').includes(op))
    if (part.length > 0) line(op, scoreRows(part, of))
  }
}

const needsData = !args.includes('--scale') && !args.includes('--month')
if (args.includes('--help')) process.stdout.write(usage)
else if (needsData && !existsSync(join(folder, 'matching/rows.csv'))) {
  process.stderr.write(`${folder}: no matching/rows.csv here; name the folder with --data\n`)
  process.exitCode = 1
} else {
  print(`${cpus()[0]?.model.trim()}, Node ${process.versions.node}`)
  if (args.includes('--scale'))
    await printScale(Number(option('--scale', '200000')), 20_000, args.includes('--peers'))
  else if (args.includes('--month')) printMonth()
  else if (args.includes('--fit')) fitShipped(folder, join(root, 'engines/matching'))
  else if (args.includes('--folds')) printFolds(folder)
  else if (args.includes('--others')) printOthers(folder)
  else printTable()
}
