import { isUtf8 } from 'node:buffer'
import { readSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'

export interface TextEncoding {
  /** A name TextDecoder knows. */
  name: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5'
  bom_bytes: number
}

const STEP = 1 << 18
const STEPS_AT_A_TIME = 64

/**
 * BOM → parity of NUL bytes → strict UTF-8 over the whole file → GB18030, or Big5 where
 * only that gives words. A file may be plain ASCII for its first
 * megabyte and GBK after it, so a sample does not do.
 */
export async function detectEncoding(file: FileHandle, head: Uint8Array): Promise<TextEncoding> {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'utf-8', bom_bytes: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', bom_bytes: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', bom_bytes: 2 }
  const parity = nulParity(head)
  if (parity) return { name: parity, bom_bytes: 0 }
  const name = (await isStrictUtf8Still(file)) ? 'utf-8' : looksBig5(head) ? 'big5' : 'gb18030'
  return { name, bom_bytes: 0 }
}

/** Of the files checked last, as they were then, whether they are strict UTF-8: a file is opened once for each of its tables. */
const checked = new Map<string, boolean>()
const CHECKED_MAX = 8

async function isStrictUtf8Still(file: FileHandle): Promise<boolean> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true })
  const state = [dev, ino, size, mtimeNs, ctimeNs].join(' ')
  const found = checked.get(state) ?? (await isStrictUtf8(file))
  checked.delete(state)
  checked.set(state, found)
  for (const oldest of checked.keys()) if (checked.size > CHECKED_MAX) checked.delete(oldest)
  return found
}

/** Characters every flow file is full of, in both scripts. */
const COMMON =
  /[数量单价额户产规号医药货购销进库院品名客批日期司公市县店数據數單價額戶產規號醫藥貨購銷進庫縣年月合计計]/g

function looksBig5(head: Uint8Array): boolean {
  const words = (encoding: string) => new TextDecoder(encoding).decode(head).match(COMMON)?.length ?? 0
  const big5 = words('big5')
  return big5 >= 4 && big5 > words('gb18030') * 4
}

function nulParity(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (!head.includes(0)) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < head.length; at++) {
    if (head[at] !== 0) continue
    if (at % 2 === 0) even++
    else odd++
  }
  const enough = head.length / 40
  if (odd > enough && even * 10 < odd) return 'utf-16le'
  if (even > enough && odd * 10 < even) return 'utf-16be'
  return null
}

async function isStrictUtf8(file: FileHandle): Promise<boolean> {
  const buffer = Buffer.allocUnsafeSlow(STEP)
  let carried = 0
  let position = 0
  for (let step = 1; ; step++) {
    // Waiting for each read would cost more than the read; in between others have their turn.
    if (step % STEPS_AT_A_TIME === 0) await setImmediate()
    const bytesRead = readSync(file.fd, buffer, carried, STEP - carried, position)
    const length = carried + bytesRead
    if (bytesRead === 0) return carried === 0
    position += bytesRead
    const whole = length - openTail(buffer, length)
    if (!isUtf8(buffer.subarray(0, whole))) return false
    buffer.copyWithin(0, whole, length)
    carried = length - whole
  }
}

/** Bytes at the end that begin a sequence which is not complete yet. */
function openTail(buffer: Uint8Array, length: number): number {
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = buffer[length - back] as number
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needs > back ? back : 0
  }
  return 0
}
