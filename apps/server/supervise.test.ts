import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOptions } from './supervise/options.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supervise-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function start(
  env: Record<string, string>,
  ...args: string[]
): Promise<{ code: number; said: string[] }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'supervise.ts'), ...args], {
    env: { PATH: process.env.PATH, PORT: String(await freePort()), DATA_DIR: folder, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (more: string) => {
    text += more
  })
  const [code] = (await once(child, 'close')) as [number]
  return { code, said: text.trim().split('\n') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

test('a port that is taken gives one sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { code, said } = await start({ PORT: String(port) })
  server.close()
  expect(code).toBe(1)
  expect(said).toEqual([expect.stringMatching(new RegExp(`Port ${port} is taken by another program`))])
})

test('a DATABASE_URL that leads nowhere gives one sentence, without its password', async () => {
  const nowhere = `postgresql://someone:geheim@127.0.0.1:${await freePort()}/qucheng`
  const { code, said } = await start({ DATABASE_URL: nowhere })
  expect(code).toBe(1)
  expect(said).toEqual([expect.stringMatching(/DATABASE_URL does not lead to a database .*ECONNREFUSED/)])
  expect(said.join()).not.toContain('geheim')
})

test('a data folder that cannot be made gives one sentence', async () => {
  await writeFile(join(folder, 'file'), '')
  const { code, said } = await start({ DATA_DIR: join(folder, 'file/data') })
  expect(code).toBe(1)
  expect(said).toEqual([expect.stringMatching(/The data folder .* cannot be written \(ENOTDIR\)/)])
})

test.each([
  [{ UPLOAD_MAX_MB: 'viel' }, /UPLOAD_MAX_MB must be a whole number, not "viel"\.$/],
  [{ TRUSTED_PROXIES: '0.0.0.0/0' }, /TRUSTED_PROXIES must be addresses/],
  [{ SECRETS_KEY: 'geheim' }, /The keys of SECRETS_KEY cannot be read: each key is 64 hex digits/],
])('a setting that cannot be read gives one sentence: %j', async (env, expected) => {
  const { code, said } = await start(env)
  expect(code).toBe(1)
  expect(said).toEqual([expect.stringMatching(expected)])
  expect(said.join()).not.toContain('geheim')
})

test.each([
  [['--role', 'queen'], {}, /--role is api, worker or all/],
  [['--demo', '--empty'], {}, /exclude each other/],
  [['--colour', 'red'], {}, /Usage: bin\/start/],
  [[], { PORT: 'abc' }, /PORT must be a number from 1 to 65535, not "abc"/],
  [[], { DATABASE_URL: 'mysql://x' }, /DATABASE_URL must look like postgresql:/],
])('%j with %j is refused with a sentence', async (args, env, expected) => {
  await expect(readOptions(args, { DATA_DIR: folder, ...env })).rejects.toThrow(expected)
})

test('arguments come before the environment, the environment before the defaults', async () => {
  const read = await readOptions(['--port', '4001', '--empty'], {
    PORT: '4000',
    DATA_DIR: folder,
    HOST: '0.0.0.0',
  })
  expect(read).toEqual({
    role: 'all',
    host: '0.0.0.0',
    port: 4001,
    dataDir: folder,
    databaseUrl: null,
    demo: 'no',
    dev: false,
  })
})
