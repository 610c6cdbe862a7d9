import { fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { ReadingError } from '../reading-error.ts'
import type { ReadingErrorCode } from '../shapes.ts'
import type { DrawnPage } from './draw-picture.ts'
import type { PageKind, ReadPage } from './read-pages.ts'

/** What a child is asked for. */
export type ChildJob =
  | { task: 'read'; path: string; kind: PageKind }
  | { task: 'draw'; path: string; kind: PageKind; page: number }

/** What it says meanwhile and at the end. */
export type ChildAnswer =
  | { page: ReadPage }
  | { picture: DrawnPage }
  | { done: true }
  | { error: { code: ReadingErrorCode; params: Record<string, string | number> } }

export interface ChildLimits {
  /** Resident bytes of the child. */
  memory_bytes: number
  /** Seconds from one page to the next. */
  page_seconds: number
}

export const childLimits: ChildLimits = { memory_bytes: 1_300_000_000, page_seconds: 120 }

const WATCH_MS = 200
const PAGE_BYTES = 4096
const OUT_OF_HEAP = 134

/**
 * Runs a job in a process of its own and hands out what it says. Its end by any cause is a ReadingError: 'too-large' when it
 * outgrew memory or time, 'corrupt' when it fell; an abort kills it at once and throws the signal's reason.
 */
export async function runChild(
  job: ChildJob,
  hear: (answer: ChildAnswer) => void,
  signal?: AbortSignal,
  limits: ChildLimits = childLimits,
): Promise<void> {
  signal?.throwIfAborted()
  const child = fork(fileURLToPath(new URL('./pages-child.ts', import.meta.url)), [], {
    execArgv: ['--max-old-space-size=400', '--expose-gc', '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { PATH: process.env.PATH, QUCHENG_OCR_MODELS: process.env.QUCHENG_OCR_MODELS },
  })
  let failure: unknown = null
  const stop = (error: unknown) => {
    failure ??= error
    child.kill('SIGKILL')
  }
  const abort = () => stop(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  let timer = setTimeout(() => undefined, 0)
  const allowMore = () => {
    clearTimeout(timer)
    timer = setTimeout(
      () => stop(new ReadingError('too-large', { seconds: limits.page_seconds })),
      limits.page_seconds * 1000,
    )
  }
  allowMore()
  const watch = setInterval(() => void watchMemory(child.pid, limits, stop), WATCH_MS)
  try {
    let done = false
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.on('message', (message) => {
        const answer = message as ChildAnswer
        allowMore()
        if ('error' in answer) failure ??= new ReadingError(answer.error.code, answer.error.params)
        else if ('done' in answer) done = true
        else hear(answer)
      })
      child.once('exit', (code, killedBy) => {
        if (!done) failure ??= fallen(code, killedBy)
        resolve()
      })
      child.once('spawn', () => {
        // Reading a page takes whole seconds: whoever works on the server comes first.
        if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
        child.send(job)
      })
    })
    if (failure) throw failure
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    signal?.removeEventListener('abort', abort)
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  }
}

function fallen(code: number | null, killedBy: string | null): ReadingError {
  if (code === OUT_OF_HEAP || killedBy === 'SIGABRT' || killedBy === 'SIGKILL') {
    return new ReadingError('too-large', { reason: 'memory' })
  }
  return new ReadingError('corrupt', { reason: `reader ended with ${killedBy ?? code}` })
}

/** Linux tells a process's resident pages; elsewhere the heap limit and the time limit have to do. */
async function watchMemory(pid: number | undefined, limits: ChildLimits, stop: (error: unknown) => void) {
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1])
    const bytes = pages * PAGE_BYTES
    if (bytes > limits.memory_bytes) stop(new ReadingError('too-large', { memory_bytes: bytes }))
  } catch {
    // Just ended, or no such file on this system.
  }
}
