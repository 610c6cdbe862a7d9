import { spawn } from 'node:child_process'
import { PROJECT } from './options.ts'

/** A step that had to end well did not; `output` is what it said. */
export class StepFailed extends Error {
  readonly output: string

  constructor(name: string, output: string) {
    super(`${name} failed`)
    this.name = 'StepFailed'
    this.output = output
  }
}

/** Runs a program of ours to its end and returns what it wrote to stdout. Throws StepFailed; an abort kills it. */
export async function runStep(
  name: string,
  nodeArgs: string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string> {
  const child = spawn(process.execPath, nodeArgs, {
    cwd: PROJECT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    signal,
  })
  let stdout = ''
  let all = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    all += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    all += text
  })
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail)
    child.once('close', done)
  })
  if (code !== 0) throw new StepFailed(name, all)
  return stdout
}
