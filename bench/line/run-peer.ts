import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BenchDatabase } from './database.ts'
import { cpuOfTree } from './processes.ts'

export interface PeerFigures {
  copy_s: number
  index_s: number
  cpu_s: number
}

/**
 * The fastest way PostgreSQL itself has for the same rows: COPY from a file of the server into a bare table with the
 * same columns, its indexes built afterwards, attached as the partition of a month. No row-level security, no raw rows,
 * no reading, no matching.
 */
export async function runPeer(database: BenchDatabase, folder: string): Promise<PeerFigures> {
  const { admin, postgres } = database
  const file = join(folder, 'postgres', 'peer.copy')
  const months = await admin.query<{ child: string; bound: string }>(
    `select c.relname as child, pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i
     join pg_class c on c.oid = i.inhrelid where i.inhparent = 'flow_lines'::regclass`,
  )
  const month = months.rows[0]
  if (!month) throw new Error('flow_lines has no month')
  const indexes = await admin.query<{ definition: string }>(
    `select indexdef as definition from pg_indexes where tablename = $1`,
    [month.child],
  )
  await admin.query(`copy (select * from ${month.child}) to '${file}'`)
  await admin.query('drop table if exists peer_lines')
  await admin.query('create table peer_lines (like flow_lines including defaults) partition by range (month)')
  await admin.query('checkpoint')
  const postmaster = postgres.pid() ?? 0
  const cpu = await cpuOfTree(postmaster)
  const started = performance.now()
  await admin.query(`create table peer_month (like ${month.child} including defaults including constraints)`)
  await admin.query(`copy peer_month from '${file}'`)
  const copied = performance.now()
  for (const [n, { definition }] of indexes.rows.entries()) {
    await admin.query(
      definition
        .replace(/INDEX \S+ ON/, `INDEX peer_month_${n} ON`)
        .replace(`public.${month.child}`, 'peer_month'),
    )
  }
  await admin.query(`alter table peer_lines attach partition peer_month ${month.bound}`)
  const ended = performance.now()
  const figures = {
    copy_s: (copied - started) / 1000,
    index_s: (ended - copied) / 1000,
    cpu_s: (await cpuOfTree(postmaster)) - cpu,
  }
  await admin.query('drop table peer_lines')
  await rm(file, { force: true })
  return figures
}
