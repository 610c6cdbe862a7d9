import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Papa from 'papaparse'
import type { Prediction } from './scores.ts'
import { readCsv } from './truth.ts'

const root = resolve(import.meta.dirname, '../..')
const median = (xs: number[]) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)] ?? 0

interface Run {
  cpu: number
  memory: number
}

/** User + system seconds of bin/match and all its children. */
function runMatch(folder: string, input: string, output: string): Run {
  const masters = ['institutions.csv', 'pharmacies.csv'].flatMap((name) => ['--master', join(folder, name)])
  const done = spawnSync(
    '/usr/bin/env',
    [
      'bash',
      '-c',
      'TIMEFORMAT="%U %S"; time "$0" "$@"',
      join(root, 'bin/match'),
      ...masters,
      '--in',
      input,
      '--out',
      output,
    ],
    { encoding: 'utf8' },
  )
  const times = /([\d.]+) ([\d.]+)\s*$/.exec(done.stderr)
  const memory = /peak memory (\d+) MB/.exec(done.stdout)
  if (done.status !== 0 || times === null || memory === null)
    throw new Error(`bin/match failed: ${done.stderr}`)
  return { cpu: Number(times[1]) + Number(times[2]), memory: Number(memory[1]) }
}

export interface WholeProcess {
  build: number
  matchRate: number
  totalRate: number
  /** Largest by smallest run. */
  spread: number
  memory: number
  predictions: Map<string, Prediction>
}

type Row = { row_id: string; raw: string; distributor_province: string }

/** One query and all queries in turn, a warm-up and `runs` counted each; medians. */
export function measureMatch(folder: string, rows: readonly Row[], runs: number): WholeProcess {
  const work = mkdtempSync(join(tmpdir(), 'matching-'))
  try {
    const all = join(work, 'all.csv')
    const one = join(work, 'one.csv')
    const out = join(work, 'out.csv')
    const columns = ['row_id', 'raw', 'distributor_province']
    writeFileSync(all, Papa.unparse([...rows], { columns }))
    writeFileSync(one, Papa.unparse(rows.slice(0, 1), { columns }))
    const single: number[] = []
    const whole: number[] = []
    let memory = 0
    for (let i = 0; i <= runs; i++) {
      const a = runMatch(folder, one, join(work, 'one-out.csv'))
      const b = runMatch(folder, all, out)
      memory = Math.max(memory, b.memory)
      if (i === 0) continue
      single.push(a.cpu)
      whole.push(b.cpu)
    }
    const predictions = new Map(
      readCsv<Record<'row_id' | 'id' | 'score' | 'decision', string>>(out).map((p) => [
        p.row_id,
        { id: p.id, score: Number(p.score), decision: p.decision as Prediction['decision'] },
      ]),
    )
    return {
      build: median(single),
      matchRate: (rows.length - 1) / (median(whole) - median(single)),
      totalRate: rows.length / median(whole),
      spread: Math.max(...whole) / Math.min(...whole),
      memory,
      predictions,
    }
  } finally {
    rmSync(work, { recursive: true })
  }
}
