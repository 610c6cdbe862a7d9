import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The process tree of bin/start: whatever is killed comes back, and nothing is left when it is told to stop.

const ROOT = resolve(import.meta.dirname, '../..')
let folder: string
let port: number
let top: ChildProcess
let said = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'process-tree-'))
  await chmod(folder, 0o711)
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
  server.close()
  top = start()
  await untilHealthy()
})

afterAll(async () => {
  if (top.exitCode === null) {
    top.kill('SIGTERM')
    await once(top, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
})

function start(extra: Record<string, string> = {}): ChildProcess {
  const child = spawn(join(ROOT, 'bin/start'), ['--empty'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), DATA_DIR: folder, ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  return child
}

async function isHealthy(): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/health`, {
    signal: AbortSignal.timeout(2_000),
  }).catch(() => null)
  await answer?.body?.cancel()
  return answer?.status === 200
}

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 90_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not ${what}; it said:\n${said}`)
    await sleep(100)
  }
}

async function untilHealthy(): Promise<void> {
  await until(isHealthy, 'healthy')
}

interface Process {
  pid: number
  command: string
}

/** Our processes: those that have our data folder in their environment or as their working place. */
async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
      const place = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      const ours = place.startsWith(folder) || (await read('environ')).includes(`DATA_DIR=${folder}`)
      return ours ? [{ pid, command: (await read('cmdline')).replaceAll('\0', ' ') }] : []
    }),
  )
  return found.flat()
}

async function pidOf(part: string): Promise<number | undefined> {
  return (await processes()).find(({ command }) => command.includes(part))?.pid
}

const programs = [
  'apps/server/supervise.ts',
  'apps/server/api.ts',
  'apps/server/worker.ts',
  'bin/postgres -D',
]

test.each(programs)('%s comes back after a kill -9', async (program) => {
  const before = await pidOf(program)
  expect(before).toBeDefined()
  process.kill(Number(before), 'SIGKILL')
  await until(async () => ![undefined, before].includes(await pidOf(program)), `back: ${program}`)
  await untilHealthy()
  // Each once: nothing of the killed generation lives on beside the new one.
  await until(async () => {
    const now = await processes()
    return programs.every((one) => now.filter(({ command }) => command.includes(one)).length === 1)
  }, 'each once')
})

test('a second start on the same data is refused in one sentence and leaves the first alone', async () => {
  const second = start({ PORT: String(port + 1) })
  const [code] = await once(second, 'exit')
  await sleep(50)
  expect(code).toBe(1)
  expect(said.trim().split('\n').at(-1)).toMatch(/The data folder .* is in use by process \d+/)
  expect(await isHealthy()).toBe(true)
})

test('SIGTERM ends everything, and bin/start does not start again', async () => {
  top.kill('SIGTERM')
  const [code] = await once(top, 'exit')
  expect(code).toBe(0)
  expect(await processes()).toEqual([])
  expect(await isHealthy()).toBe(false)
})
