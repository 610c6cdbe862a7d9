import { createHash } from 'node:crypto'
import { access, glob, readFile, writeFile } from 'node:fs/promises'
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
  'modules/*/shapes.ts',
  'package-lock.json',
]
const VITE = 'node_modules/vite/bin/vite.js'

/** Builds the pages when there are none or their sources changed since. A release ships them built, without Vite. */
export async function buildWeb(signal: AbortSignal): Promise<void> {
  const index = join(PROJECT, 'dist/web/index.html')
  const stamp = join(PROJECT, 'dist/web/.sources')
  const built = await exists(index)
  if (built && !(await exists(join(PROJECT, VITE)))) return
  const sources = await fingerprint()
  if (built && (await readFile(stamp, 'utf8').catch(() => '')) === sources) return
  note('building the pages')
  try {
    await runStep(
      'build',
      [VITE, 'build', '-c', 'apps/web/vite.config.ts', '--configLoader', 'native'],
      process.env,
      signal,
    )
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    console.error(error.output)
    throw new CannotStart('The pages could not be built; the reason stands above.')
  }
  await writeFile(stamp, sources)
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
