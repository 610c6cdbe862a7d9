import { readdir, readFile } from 'node:fs/promises'

/** What a process has used so far, and holds now. */
export interface Used {
  cpu_s: number
  rss_mb: number
  peak_mb: number
}

const TICKS = 100

/** CPU-seconds (user + system, children that ended included) and memory of one process, from /proc. */
export async function usedBy(pid: number): Promise<Used> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The name in brackets may hold spaces; the fields after it do not.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0)
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const mb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024
  return { cpu_s: ticks / TICKS, rss_mb: mb('VmRSS'), peak_mb: mb('VmHWM') }
}

/** CPU-seconds of a postmaster and all it ever started: it reaps its backends, so their time is its children's. */
export async function cpuOfTree(pid: number): Promise<number> {
  let sum = (await usedBy(pid)).cpu_s
  for (const child of await childrenOf(pid)) {
    sum += await usedBy(child).then(
      (used) => used.cpu_s,
      () => 0,
    )
  }
  return sum
}

async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    if (Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === pid) found.push(Number(name))
  }
  return found
}
