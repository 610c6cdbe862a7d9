import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { whatIsAway } from '#apps/server/health.ts'
import { route } from '#platform/http.ts'
import { startTestApp, type TestApp } from '#tests/http.ts'
import { isScannerThere, type Scanner, ScannerAway, scanBytes } from './scan-bytes.ts'

// Taken apart, so that no scanner takes this file for the test virus.
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EI', 'CAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')
const CLAMD = process.env.CLAMD ?? '/usr/sbin/clamd'

interface Started {
  scanner: Scanner
  stop(): Promise<void>
}

/** Speaks INSTREAM as clamd does, down to hanging up beyond its limit; knows one virus. */
async function smallScanner(limitBytes = 1_000_000): Promise<Started> {
  const server: Server = createServer((socket: Socket) => {
    socket.on('error', () => {})
    let held = Buffer.alloc(0)
    let file = Buffer.alloc(0)
    let streams = false
    socket.on('data', (more) => {
      held = Buffer.concat([held, more])
      if (!streams) {
        if (held.toString('latin1') === 'zPING\0') return void socket.end('PONG\0')
        if (!held.toString('latin1').startsWith('zINSTREAM\0')) return
        streams = true
        held = held.subarray(10)
      }
      while (held.length >= 4) {
        const size = held.readUInt32BE()
        if (size === 0) {
          const found = file.includes(EICAR) ? 'Eicar-Test-Signature FOUND' : 'OK'
          return void socket.end(`stream: ${found}\0`)
        }
        if (held.length < 4 + size) return
        file = Buffer.concat([file, held.subarray(4, 4 + size)])
        held = held.subarray(4 + size)
        if (file.length > limitBytes) return void socket.end('INSTREAM size limit exceeded. ERROR\0')
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    scanner: { host: '127.0.0.1', port },
    stop: async () => {
      server.close()
    },
  }
}

/** The real clamd with a signature of its own and nothing of the network; null where it is not installed. */
async function realScanner(folder: string): Promise<Started | null> {
  const socket = join(folder, 'clamd.sock')
  await writeFile(
    join(folder, 'eicar.ndb'),
    `Eicar-Test-Signature:0:*:${Buffer.from(EICAR).toString('hex')}\n`,
  )
  const config = join(folder, 'clamd.conf')
  await writeFile(
    config,
    `DatabaseDirectory ${folder}\nLocalSocket ${socket}\nForeground yes\nStreamMaxLength 1M\n`,
  )
  const clamd = spawn(CLAMD, ['-c', config], { stdio: 'ignore' })
  const failed = await Promise.race([once(clamd, 'error'), once(clamd, 'spawn').then(() => null)])
  if (failed) return null
  while (clamd.exitCode === null && !(await isScannerThere({ path: socket }))) await sleep(50)
  if (clamd.exitCode !== null) throw new Error(`clamd ended with ${clamd.exitCode}`)
  return {
    scanner: { path: socket },
    stop: async () => {
      clamd.kill('SIGKILL')
      await once(clamd, 'exit')
    },
  }
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scan-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function holding(bytes: string | Buffer): Promise<string> {
  const path = join(folder, 'bytes')
  await writeFile(path, bytes)
  return path
}

test.each(['a scanner of ours', 'clamd itself'])('%s: clean, found, beyond its limit', async (which) => {
  const started = which === 'clamd itself' ? await realScanner(folder) : await smallScanner()
  // Only where clamd is installed; the protocol is tried everywhere.
  if (!started) return
  const { scanner } = started
  try {
    expect(await isScannerThere(scanner)).toBe(true)
    expect(await scanBytes(scanner, await holding('日期,数量\n'))).toBeNull()
    expect(await scanBytes(scanner, await holding(Buffer.alloc(200_000, 'ab')))).toBeNull()
    expect(await scanBytes(scanner, await holding(EICAR))).toMatch(/^Eicar-Test-Signature/)
    const large = await holding(Buffer.alloc(3_000_000, 'ab'))
    await expect(scanBytes(scanner, large)).rejects.toThrow(ScannerAway)
  } finally {
    await started.stop()
  }
  expect(await isScannerThere(scanner)).toBe(false)
  await expect(scanBytes(scanner, await holding('x'))).rejects.toThrow(ScannerAway)
})

test('a scanner that hangs up without a word has said nothing', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(scanBytes({ host: '127.0.0.1', port }, await holding('x'))).rejects.toThrow(ScannerAway)
  server.close()
})

describe('an upload', () => {
  let scan: Started
  let app: TestApp
  const receive = route({
    method: 'POST',
    path: '/test-files',
    id: 'test.receive',
    summary: 'Takes files',
    permission: 'flows.upload',
    rate: 'write',
    data: 'commercial',
    upload: { purpose: 'test.upload', extensions: ['csv'], maxFiles: 2 },
    answer: z.object({ files: z.array(z.object({ id: z.string() })) }),
    handle: async (_, { files }) => ({ files }),
  })
  beforeAll(async () => {
    scan = await smallScanner()
    app = await startTestApp({ routes: [receive], config: { clamd: scan.scanner } })
  })
  afterAll(async () => {
    await app.close()
    await scan.stop()
  })
  const inStore = async () =>
    (
      await readdir(join(app.ground.config.dataDir, 'files'), { recursive: true, withFileTypes: true }).catch(
        () => [],
      )
    ).filter((one) => one.isFile()).length
  const send = async (bytes: string) =>
    (await app.as('clerk-kangze')).upload('/api/test-files', { file_name: '七月.csv', bytes })

  test('that is clean is taken', async () => {
    expect((await send('日期,数量\n')).status).toBe(200)
    expect(await whatIsAway(app.ground)).toEqual([])
  })

  test('with a virus is refused by name, not kept, and stands in the audit trail', async () => {
    const before = await inStore()
    const { status, body } = await send(EICAR)
    expect([status, body.code, body.params]).toEqual([
      422,
      'files.infected',
      { name: '七月.csv', signature: 'Eicar-Test-Signature' },
    ])
    expect(await inStore()).toBe(before)
    expect((await app.admin.query('select from files where byte_size = $1', [EICAR.length])).rowCount).toBe(0)
    const { rows } = await app.admin.query(
      `select person_id, subject_kind, subject_id, new_value from audit where deed = 'platform.refuse-file'`,
    )
    expect(rows).toEqual([
      {
        person_id: app.world.people['clerk-kangze'],
        subject_kind: 'platform.upload',
        subject_id: 'test.upload',
        new_value: { name: '七月.csv', signature: 'Eicar-Test-Signature' },
      },
    ])
  })

  test('is refused while the scanner is down, with a time to try again, and health says so', async () => {
    await scan.stop()
    const before = await inStore()
    const { status, body, headers } = await send('日期,数量\n')
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'files.scanner-away', '2'])
    expect(await inStore()).toBe(before)
    expect(await whatIsAway(app.ground)).toEqual(['scanner'])
  })
})
