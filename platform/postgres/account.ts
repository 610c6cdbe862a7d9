import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CannotStart } from './cannot-start.ts'

/** The operating-system user under whom PostgreSQL runs when we are root. */
export interface Account {
  name: string
  uid: number
  gid: number
}

/**
 * PostgreSQL refuses to run as root. Null for an ordinary user (PostgreSQL runs as that user); for root the owner
 * of the existing data, else `postgres`, else `nobody`. initdb needs a user that has a name, so a bare number
 * is no choice.
 */
export async function postgresAccount(existingCluster: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  const accounts = await namedAccounts()
  const owner = await stat(existingCluster).then(
    (found) => found.uid,
    () => null,
  )
  const account =
    owner === null
      ? (accounts.find((one) => one.name === 'postgres') ?? accounts.find((one) => one.name === 'nobody'))
      : accounts.find((one) => one.uid === owner && one.uid !== 0)
  if (account === undefined) {
    throw new CannotStart(
      owner === null
        ? 'PostgreSQL cannot run as root and there is no user "postgres" or "nobody" here: start as an ordinary user, or set DATABASE_URL.'
        : `PostgreSQL cannot run as root and ${existingCluster} belongs to uid ${owner}, which is no ordinary user here: give the folder to a named user (chown -R), or set DATABASE_URL.`,
    )
  }
  return account
}

async function namedAccounts(): Promise<Account[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n')
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}

/** Null when the account can walk down to the folder; else the first folder on the way it cannot enter. */
export async function canEnter(account: Account, folder: string): Promise<string | null> {
  const above: string[] = []
  for (let path = resolve(folder); ; path = dirname(path)) {
    above.unshift(path)
    if (path === dirname(path)) break
  }
  for (const path of above) {
    const { mode, uid, gid } = await stat(path)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return path
  }
  return null
}
