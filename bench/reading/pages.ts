import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPages } from '#engines/reading/pages/read-pages.ts'
import { makePageSamples } from './page-samples/make.ts'

interface PageCost {
  pages: number
  scanned: number
  cpu: number
  rss: number
}

/**
 * What a page costs: CPU-seconds (user and system, all of the process, models loaded anew) and peak memory, each file in a
 * process with the flags the product gives it. Without files, two scans, two photos and two PDFs are generated.
 */
export async function measurePages(files: string[]): Promise<void> {
  const paths = files.length > 0 ? files : await generated()
  process.stdout.write('file                            pages  scanned  CPU-s a page  peak MB\n')
  for (const path of paths) {
    const flags = ['--max-old-space-size=400', '--expose-gc', '--disable-warning=ExperimentalWarning']
    const child = spawnSync(process.execPath, [...flags, fileURLToPath(import.meta.url), path], {
      encoding: 'utf8',
    })
    if (child.status !== 0) {
      process.stdout.write(`${basename(path).padEnd(32)}${child.stderr.slice(0, 80)}\n`)
      continue
    }
    const { pages, scanned, cpu, rss } = JSON.parse(child.stdout) as PageCost
    process.stdout.write(
      `${basename(path).padEnd(32)}${String(pages).padStart(5)}${String(scanned).padStart(9)}${(cpu / pages).toFixed(2).padStart(14)}${rss.toFixed(0).padStart(9)}\n`,
    )
  }
}

async function generated(): Promise<string[]> {
  const folder = join(process.env.BENCH_DIR ?? join(tmpdir(), 'qucheng-bench'), 'page-cost')
  await makePageSamples(folder, 4, 2)
  return readdirSync(join(folder, 'files')).map((name) => join(folder, 'files', name))
}

async function measureHere(path: string) {
  let [pages, scanned] = [0, 0]
  for await (const page of readPages(path, path.endsWith('.pdf') ? 'pdf' : 'picture')) {
    pages++
    if (page.scanned) scanned++
    ;(globalThis as { gc?: () => void }).gc?.()
  }
  const { user, system } = process.cpuUsage()
  const cost: PageCost = {
    pages,
    scanned,
    cpu: (user + system) / 1e6,
    rss: process.resourceUsage().maxRSS / 1024,
  }
  process.stdout.write(JSON.stringify(cost))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await measureHere(process.argv[2] as string)
