import { basename } from 'node:path'
import { inspectFile, ReadingError, readLines } from '#engines/reading/public.ts'

// Reads the files it is told of, one after another, and answers what became of each.

async function outcomeOf(path: string): Promise<string> {
  try {
    const { tables } = await inspectFile(path, basename(path))
    let lines = 0
    for (const layout of tables)
      for await (const chunk of readLines(path, basename(path), layout)) lines += chunk.length
    return lines > 0 ? 'rows' : 'tables without rows'
  } catch (error) {
    return error instanceof ReadingError ? error.code : `fault ${(error as Error).stack?.slice(0, 200)}`
  }
}

let seen = 0
process.on('message', async (path: string) => {
  const outcome = await outcomeOf(path)
  const rss = Math.round(process.memoryUsage.rss() / 1e6)
  if (++seen % 40 === 0) (globalThis as { gc?: () => void }).gc?.()
  process.send?.({ outcome, rss, heap: Math.round(process.memoryUsage().heapUsed / 1e6) })
})
