import { readFile, readlink, realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** When the process began, in the kernel's own count; null when there is no such process (or only its zombie). */
export async function processBegan(pid: number): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold spaces; the fields after it do not.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

/** Whether the process is a postmaster that works in this very folder. A number used again by another program is not. */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if ((await processBegan(pid)) === null) return false
  try {
    const program = await readlink(`/proc/${pid}/exe`)
    const folder = await readlink(`/proc/${pid}/cwd`)
    return basename(program).startsWith('postgres') && folder === (await realpath(cluster))
  } catch {
    return false
  }
}

/** Sends the signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** True once the process is gone, false when it still runs after the time. */
export async function gone(pid: number, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds
  while ((await processBegan(pid)) !== null) {
    if (Date.now() > until) return false
    await sleep(20)
  }
  return true
}
