import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Papa from 'papaparse'
import { generateMaster, generateQueries } from './generated-master.ts'
import { sequence } from './noise.ts'

const root = resolve(import.meta.dirname, '../..')

/** A month: a million rows with about 100,000 distinct names against a generated master of 100,000; bin/match does it all. */
export function printMonth(): void {
  const size = 100_000
  const { queries } = generateQueries(size - 1000, size)
  const work = mkdtempSync(join(tmpdir(), 'month-'))
  try {
    const master = [...generateMaster(size)].map((e) => ({ ...e, aliases: '' }))
    writeFileSync(join(work, 'master.csv'), Papa.unparse(master))
    const random = sequence(3)
    const lines = ['row_id,raw,distributor_province']
    for (let i = 0; i < 1_000_000; i++) {
      const q = queries[i < queries.length ? i : Math.floor(random() ** 2 * queries.length)]
      if (q !== undefined) lines.push(`${i},"${q.raw}",${q.distributor_province}`)
    }
    writeFileSync(join(work, 'in.csv'), lines.join('\n'))
    const args = [
      '--master',
      join(work, 'master.csv'),
      '--in',
      join(work, 'in.csv'),
      '--out',
      join(work, 'out.csv'),
    ]
    const done = spawnSync(join(root, 'bin/match'), args, { encoding: 'utf8' })
    process.stdout.write(done.status === 0 ? done.stdout : done.stderr)
  } finally {
    rmSync(work, { recursive: true })
  }
}
