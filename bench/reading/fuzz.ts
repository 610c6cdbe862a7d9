import { type ChildProcess, fork } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { breakables, broken, randomFrom } from './broken-files.ts'

const HEAP_MB = 256
const RSS_MB_MAX = 500
const TIME_MS = 10_000
/** A child reads so many files, then its memory is compared with what it was after the first tenth. */
const FILES_PER_CHILD = 400
const GROWTH_MB_MAX = 60

interface Answer {
  outcome: string
  rss: number
  heap: number
}

/**
 * Reads `count` broken files in a child with a memory cap and a time limit: each must end in rows or in a named error. Prints
 * counts; files that crash, hang or fill memory are kept. Returns how many those are.
 */
export async function fuzz(count: number, seed: number): Promise<number> {
  process.stdout.write(
    `${count} broken files, seed ${seed}, ${HEAP_MB} MB of heap, ${TIME_MS / 1000} s each\n`,
  )
  const folder = mkdtempSync(join(tmpdir(), 'reading-fuzz-'))
  const kept = join(folder, 'kept')
  const random = randomFrom(seed)
  const samples = breakables()
  const counts = new Map<string, Map<string, number>>()
  let child = startChild()
  let inChild = 0
  let early = 0
  let bad = 0
  for (let index = 0; index < count; index++) {
    const sample = samples[index % samples.length] as (typeof samples)[number]
    const path = join(folder, `file-${sample.name}`)
    writeFileSync(path, broken(sample, random))
    const answer = await ask(child, path)
    let outcome = answer?.outcome ?? 'hang or crash'
    if (answer && answer.rss > RSS_MB_MAX) outcome = 'memory'
    if (/hang|fault|memory/.test(outcome)) {
      bad++
      mkdirSync(kept, { recursive: true })
      copyFileSync(path, join(kept, `${index}-${sample.name}`))
      process.stdout.write(`${outcome}: ${join(kept, `${index}-${sample.name}`)}\n`)
    }
    const own = counts.get(sample.name) ?? new Map<string, number>()
    counts.set(sample.name, own.set(outcome, (own.get(outcome) ?? 0) + 1))
    inChild++
    if (answer && inChild === FILES_PER_CHILD / 10) early = answer.heap
    if (!answer || inChild >= FILES_PER_CHILD) {
      if (answer && answer.heap - early > GROWTH_MB_MAX) {
        bad++
        process.stdout.write(`growth: ${early} MB → ${answer.heap} MB over ${inChild} files\n`)
      }
      child.kill('SIGKILL')
      child = startChild()
      inChild = 0
    }
  }
  child.kill('SIGKILL')
  print(counts)
  process.stdout.write(`${count - bad} ended well, ${bad} did not\n`)
  if (bad === 0) rmSync(folder, { recursive: true, force: true })
  return bad
}

function startChild(): ChildProcess {
  return fork(fileURLToPath(new URL('./fuzz-child.ts', import.meta.url)), {
    execArgv: [`--max-old-space-size=${HEAP_MB}`, '--expose-gc'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

/** Null when the child died or did not answer in time. */
function ask(child: ChildProcess, path: string): Promise<Answer | null> {
  return new Promise((resolve) => {
    const done = (answer: Answer | null) => {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onExit)
      resolve(answer)
    }
    const onMessage = (answer: unknown) => done(answer as Answer)
    const onExit = () => done(null)
    const timer = setTimeout(() => done(null), TIME_MS)
    child.once('message', onMessage)
    child.once('exit', onExit)
    child.send(path)
  })
}

function print(counts: Map<string, Map<string, number>>) {
  for (const [name, outcomes] of counts) {
    const parts = [...outcomes]
      .sort((one, other) => other[1] - one[1])
      .map(([outcome, times]) => `${outcome} ${times}`)
    process.stdout.write(`${name.padEnd(12)}${parts.join('  ')}\n`)
  }
}
