import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'
import type { Config } from '../config.ts'

export type Scanner = NonNullable<Config['clamd']>

const CONNECT_MS = 5000
/** A scan of a large archive takes its time; silence longer than this is none. */
const SILENT_MS = 60_000
const CHUNK_BYTES = 64 * 1024

/** The scanner does not answer, or not as it should: nothing is known about the bytes. */
export class ScannerAway extends Error {}

/**
 * Sends a file through clamd (INSTREAM) and returns the name of what was found, or null when it is clean. Throws ScannerAway.
 */
export async function scanBytes(scanner: Scanner, path: string): Promise<string | null> {
  const answer = await talk(scanner, async (socket) => {
    await write(socket, Buffer.from('zINSTREAM\0'))
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      await write(socket, lengthOf(chunk.length))
      await write(socket, chunk)
    }
    await write(socket, lengthOf(0))
  })
  if (answer === 'stream: OK') return null
  const found = /^stream: (.+) FOUND$/.exec(answer)
  if (found?.[1]) return found[1]
  throw new ScannerAway(`clamd said ${JSON.stringify(answer.slice(0, 200))}`)
}

/** Whether the scanner is there and answers. */
export async function isScannerThere(scanner: Scanner): Promise<boolean> {
  return talk(scanner, (socket) => write(socket, Buffer.from('zPING\0'))).then(
    (answer) => answer === 'PONG',
    () => false,
  )
}

async function talk(scanner: Scanner, say: (socket: Socket) => Promise<void>): Promise<string> {
  const socket = connect(scanner)
  // Errors are told by the promises below; one that comes after them tells nothing new.
  socket.on('error', () => {})
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) })
    socket.setTimeout(SILENT_MS, () => socket.destroy(new Error('clamd is silent')))
    // clamd may answer and hang up in the middle of a file (its own limit); what it said counts, not the broken pipe.
    void say(socket).catch(() => {})
    return await listen(socket)
  } catch (error) {
    throw new ScannerAway(error instanceof Error ? error.message : String(error))
  } finally {
    socket.destroy()
  }
}

/** The answer ends with a zero byte. */
function listen(socket: Socket): Promise<string> {
  return new Promise((done, fail) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (more: string) => {
      text += more
      if (text.includes('\0')) done(text.slice(0, text.indexOf('\0')))
    })
    socket.once('error', fail)
    socket.once('close', () => fail(new Error('clamd hung up')))
  })
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

async function write(socket: Socket, bytes: Buffer): Promise<void> {
  if (socket.destroyed) throw new Error('clamd hung up')
  await new Promise<void>((done, fail) => socket.write(bytes, (error) => (error ? fail(error) : done())))
}
