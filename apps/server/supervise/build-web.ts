import { createHash } from 'node:crypto'
import { access, glob, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CannotStart } from '#platform/postgres/cannot-start.ts'
import { note } from './note.ts'
import { PROJECT } from './options.ts'
import { runStep, StepFailed } from './run-step.ts'

const SOURCES = [
  'apps/web/**/*',
  'ui/**/*',
  'kit/**/*',
  'modules/**/web/**/*',
  'modules/**/shapes.ts',
  'platform/**/shapes.ts',
  'package-lock.json',
]
const VITE = 'node_modules/vite/bin/vite.js'

/**
 * Builds the pages when there are none or their sources changed since. A release ships them built, without Vite. They
 * are built aside and put in place whole: two starts at once, or one that is killed, leave no half of them.
 */
export async function buildWeb(signal: AbortSignal): Promise<void> {
  const place = join(PROJECT, 'dist/web')
  const index = join(place, 'index.html')
  const stamp = join(place, '.sources')
  const built = await exists(index)
  if (built && !(await exists(join(PROJECT, VITE)))) return
  const sources = await fingerprint()
  if (built && (await readFile(stamp, 'utf8').catch(() => '')) === sources) return
  note('building the pages')
  const aside = `${place}-${process.pid}`
  try {
    await runStep(
      'build',
      [VITE, 'build', '-c', 'apps/web/vite.config.ts', '--configLoader', 'native', '--outDir', aside],
      process.env,
      signal,
    )
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    if (!(error instanceof StepFailed)) throw error
    console.error(error.output)
    throw new CannotStart('The pages could not be built; the reason stands above.')
  }
  await writeFile(join(aside, '.sources'), sources)
  const old = `${aside}-old`
  if (await exists(place)) await rename(place, old)
  await rename(aside, place)
  await rm(old, { recursive: true, force: true })
}

async function fingerprint(): Promise<string> {
  const files: string[] = []
  for await (const entry of glob(SOURCES, { cwd: PROJECT, withFileTypes: true })) {
    if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) files.push(join(entry.parentPath, entry.name))
  }
  const hash = createHash('sha256')
  for (const file of files.sort()) hash.update(file.slice(PROJECT.length)).update(await readFile(file))
  return hash.digest('hex')
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
