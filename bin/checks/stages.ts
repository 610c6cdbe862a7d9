import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildWeb } from '#apps/server/supervise/build-web.ts'

// What bin/test runs, cheapest first. A stage counts as one check; a stage of tests counts each test.

interface Count {
  passed: number
  failed: number
}

interface Stage {
  name: string
  run: () => Promise<Count>
}

const ROOT = resolve(import.meta.dirname, '../..')
const BIN = join(ROOT, 'node_modules/.bin')
const reports = mkdtempSync(join(tmpdir(), 'qucheng-reports-'))

const STAGES: readonly Stage[] = [
  { name: 'format and lint', run: () => check('biome', ['ci', '.']) },
  { name: 'tidy', run: () => check(process.execPath, ['bin/checks/tidy.ts']) },
  { name: 'boundaries', run: () => check(process.execPath, ['bin/checks/boundaries.ts']) },
  { name: 'types', run: () => check('tsc', ['-p', '.']) },
  { name: 'unit tests', run: () => tests('unit', []) },
  { name: 'build', run: build },
  { name: 'journeys', run: () => tests('journeys', []) },
  { name: 'faults', run: () => tests('faults', []) },
]

async function command(program: string, args: string[]): Promise<boolean> {
  const path = program.startsWith('/') ? program : join(BIN, program)
  const child = spawn(path, args, { cwd: ROOT, stdio: 'inherit' })
  return new Promise((done) => {
    child.once('error', () => done(false))
    child.once('exit', (code) => done(code === 0))
  })
}

async function check(program: string, args: string[]): Promise<Count> {
  return (await command(program, args)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function build(): Promise<Count> {
  try {
    await buildWeb(new AbortController().signal)
    return { passed: 1, failed: 0 }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  }
}

async function tests(project: string, filters: string[]): Promise<Count> {
  const report = join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const well = await command('vitest', ['run', '--project', project, ...reporters, ...filters])
  const { passed, failed } = counted(report)
  // A file that cannot be loaded, or no test at all, is a failure without a failed test.
  return { passed, failed: well ? failed : Math.max(failed, 1) }
}

function counted(report: string): Count {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<
      string,
      number
    >
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

const filters = process.argv.slice(2)
const stages = filters.length > 0 ? [{ name: 'unit tests', run: () => tests('unit', filters) }] : STAGES
const total: Count = { passed: 0, failed: 0 }
const told: string[] = []
for (const { name, run } of stages) {
  console.log(`── ${name}`)
  const began = performance.now()
  const { passed, failed } = await run()
  total.passed += passed
  total.failed += failed
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const line = `${failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(16)} ${seconds.padStart(6)} s   ${passed} passed, ${failed} failed`
  told.push(line)
  console.log(`${line}\n`)
}
rmSync(reports, { recursive: true })
console.log(told.join('\n'))
console.log(`${total.passed} passed, ${total.failed} failed`)
// bin/test tells this end from one that came before the count.
process.exitCode = total.failed > 0 ? 3 : 0
