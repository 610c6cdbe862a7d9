import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The superuser's URL of an embedded PostgreSQL that runs on this folder, or null when none does. Starts nothing. */
export async function reachRunning(dataDir: string): Promise<string | null> {
  const read = (path: string) => readFile(join(dataDir, path), 'utf8').catch(() => null)
  const pid = await read('cluster/postmaster.pid')
  const password = await read('superuser-password')
  // Line 4 is the port, line 5 the folder of the socket.
  const [port, socket] = pid?.split('\n').slice(3, 5) ?? []
  if (!socket || !port || !password) return null
  return `postgresql://postgres:${password.trim()}@localhost:${port}/postgres?host=${encodeURIComponent(socket)}`
}
