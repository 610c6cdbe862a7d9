import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { access, chown, lstat, mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Account, canEnter } from './account.ts'
import { CannotStart } from './cannot-start.ts'

const run = promisify(execFile)

/** Makes the folder for everything of PostgreSQL, private to the account; throws CannotStart with what to do. */
export async function preparedFolder(dataDir: string, account: Account | null): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    if (account !== null) await chown(dataDir, account.uid, account.gid)
    await access(dataDir, 7)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CannotStart(
      `The data folder ${dataDir} cannot be written (${code}): set DATA_DIR to one that can.`,
    )
  }
  if (account === null) return
  const blocked = await canEnter(account, dataDir)
  if (blocked === null) return
  throw new CannotStart(
    `PostgreSQL cannot run as root, so it runs as "${account.name}", who cannot enter ${blocked}: set DATA_DIR to a folder outside it, such as /var/lib/qucheng, or start as an ordinary user.`,
  )
}

/**
 * Makes the cluster on the first start and returns the superuser's password. The cluster appears under its name
 * only when it is whole, so an interrupted first start is simply begun again.
 */
export async function preparedCluster(
  dataDir: string,
  binaries: string,
  account: Account | null,
): Promise<{ cluster: string; password: string }> {
  const cluster = join(dataDir, 'cluster')
  const passwordFile = join(dataDir, 'superuser-password')
  if (await exists(join(cluster, 'PG_VERSION'))) {
    return { cluster, password: (await readFile(passwordFile, 'utf8')).trim() }
  }
  const password = randomBytes(24).toString('base64url')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account !== null) await chown(passwordFile, account.uid, account.gid)
  const unfinished = `${cluster}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await run(
    join(binaries, 'bin/initdb'),
    [
      `--pgdata=${unfinished}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
    ],
    { ...(account && { uid: account.uid, gid: account.gid }), cwd: dataDir, env: { LC_ALL: 'C' } },
  )
  await rename(unfinished, cluster)
  return { cluster, password }
}

/** A private folder whose path is short enough for a unix socket (107 bytes with the socket's name). */
export async function socketFolder(dataDir: string, account: Account | null): Promise<string> {
  if (Buffer.byteLength(dataDir) <= 90) return dataDir
  const mark = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `qucheng-${mark}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const owner = process.getuid?.()
  const found = await lstat(folder)
  // Anyone may make folders in the system's temporary one; a link or another's folder there is not to be trusted.
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== account?.uid)) {
    throw new CannotStart(
      `The folder ${folder} belongs to someone else: remove it, or choose a shorter DATA_DIR.`,
    )
  }
  if (account !== null) await chown(folder, account.uid, account.gid)
  return folder
}

/** Settings for a machine of two cores and up; what keeps data safe comes last and cannot be overridden. */
export async function settings(socket: string, own: Record<string, string>): Promise<string[]> {
  const all: Record<string, string> = {
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    max_wal_size: '2GB',
    wal_compression: 'pglz',
    max_connections: '100',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_min_duration_statement: '5s',
    // A slow statement is logged without its values: they may be personal.
    log_parameter_max_length: '0',
    dynamic_shared_memory_type: await dynamicSharedMemory(),
    ...own,
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    password_encryption: 'scram-sha-256',
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Containers often come with 64 MB of /dev/shm, in which parallel queries fail; files do instead. */
async function dynamicSharedMemory(): Promise<string> {
  const size = await statfs('/dev/shm').then(
    (found) => found.blocks * found.bsize,
    () => 0,
  )
  return size >= 256 * 1024 * 1024 ? 'posix' : 'mmap'
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
