// The line, from the stored file to posted lines, against PostgreSQL's own COPY: bin/bench line [ROWS] [FILES]
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { modules } from '#apps/server/modules.ts'
import { openDb } from '#platform/db.ts'
import { hearEventsOf } from '#platform/events/heard-events.ts'
import { setFilesRoot } from '#platform/files/public.ts'
import { loadWorld, openBenchDatabase } from './line/database.ts'
import { benchFolder } from './line/folder.ts'
import { type LineFigures, runLine } from './line/run-line.ts'
import { type PeerFigures, runPeer } from './line/run-peer.ts'
import { openStatements, printStatements } from './line/statements.ts'
import { benchWorld } from './line/world.ts'
import { writeFiles } from './line/write-files.ts'

const CUSTOMERS = 5_000

async function main(rows: number, files: number): Promise<void> {
  hearEventsOf(modules)
  const world = benchWorld(CUSTOMERS)
  const root = benchFolder()
  const filesFolder = join(root, `files-${rows}-${files}`)
  const data = join(root, `line-${rows}`)
  await mkdir(root, { recursive: true, mode: 0o755 })
  print(`writing ${files} files with ${rows} rows (not counted) …`)
  const plans = await writeFiles(filesFolder, world, rows, files)
  await rm(data, { recursive: true, force: true })
  const database = await openBenchDatabase(data)
  const app = openDb(database.app_url, 4, 'bench')
  try {
    setFilesRoot(data)
    const company = await loadWorld(database, app, world)
    print(
      `${world.institutions.length} customers, ${world.products.length} products, ${world.distributors.length} distributors`,
    )
    await openStatements(database)
    const line = await runLine(database, app, company, { files: filesFolder, data }, plans)
    if (line.lines !== rows) throw new Error(`${line.lines} lines of ${rows} arrived`)
    printLine(line, plans.length)
    await printStatements(database)
    const peer = await runPeer(database, data)
    printPeer(line, peer)
    const { distributors: _, ...kept } = company
    await writeFile(join(data, 'bench.json'), JSON.stringify({ ...kept, rows, line, peer }, null, 1))
  } finally {
    await app.destroy()
    await database.admin.end()
    await database.postgres.stop()
  }
}

function printLine(line: LineFigures, files: number): void {
  const each = (n: number) => n.toFixed(1).padStart(9)
  const cpu = line.worker_cpu_s + line.postgres_cpu_s + line.door_cpu_s
  print(`\n${line.lines} lines in ${files} files on ${cpus().length} cores (${cpus()[0]?.model})`)
  print(`wall            ${each(line.wall_s)} s   ${Math.round(line.lines / line.wall_s)} lines/s`)
  print(`CPU             ${each(cpu)} s   ${Math.round(line.lines / cpu)} lines a CPU-second`)
  print(`  worker (node) ${each(line.worker_cpu_s)} s`)
  print(`  postgres      ${each(line.postgres_cpu_s)} s`)
  print(
    `  door (node)   ${each(line.door_cpu_s)} s   files stored and received in ${line.receive_s.toFixed(1)} s`,
  )
  for (const [station, seconds] of Object.entries(line.station_s))
    print(`station ${station.padEnd(8)}${each(seconds)} s   summed over batches, waiting included`)
  const memory = line.memory.map(([share, mb]) => `${share * 100} %: ${Math.round(mb)}`).join(', ')
  print(`worker memory   ${memory} MB; peak ${Math.round(line.peak_mb)} MB`)
  const states = Object.entries(line.states).map(
    ([state, n]) => `${state} ${((n / line.lines) * 100).toFixed(2)} %`,
  )
  print(`states          ${states.join(', ')}`)
}

function printPeer(line: LineFigures, peer: PeerFigures): void {
  const wall = peer.copy_s + peer.index_s
  const cpu = line.worker_cpu_s + line.postgres_cpu_s + line.door_cpu_s
  print(`\npeer: COPY ${peer.copy_s.toFixed(1)} s + indexes ${peer.index_s.toFixed(1)} s`)
  print(`wall            ${wall.toFixed(1).padStart(9)} s   ${Math.round(line.lines / wall)} lines/s`)
  print(`CPU             ${peer.cpu_s.toFixed(1).padStart(9)} s`)
  print(`line / peer     ${(wall / line.wall_s).toFixed(2)} by wall, ${(peer.cpu_s / cpu).toFixed(2)} by CPU`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

const [rows = 1_000_000, files = 300] = process.argv.slice(2).map(Number)
if (!(rows >= files && files > 0)) {
  process.stderr.write('usage: bin/bench line [ROWS] [FILES]\n')
  process.exitCode = 2
} else await main(rows, files)
