import { type ChildProcess, spawn } from 'node:child_process'
import { note } from './note.ts'
import { PROJECT } from './options.ts'

export interface KeptChild {
  /** Ends the present process and starts a new one. */
  restart: () => void
  /** Asks it to finish, and ends it by force when it has not after the time. */
  stop: (patienceMs: number) => Promise<void>
}

const LIVED_WELL_MS = 30_000
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 15_000

/**
 * Runs a program of ours and starts it again whenever it ends, for ever, a little later each time. It is tied to us by
 * an IPC channel: when we die, `disconnect` tells it to end itself. Its own process group keeps Ctrl-C on the
 * terminal from reaching it before we have said so.
 */
export function keepChild(name: string, nodeArgs: string[], env: NodeJS.ProcessEnv): KeptChild {
  let stopping = false
  let wait = FIRST_WAIT_MS
  let timer: NodeJS.Timeout | undefined
  let child = start()

  function start(): ChildProcess {
    const began = Date.now()
    const started = spawn(process.execPath, nodeArgs, {
      cwd: PROJECT,
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    })
    started.once('exit', (code, signal) => {
      if (stopping) return
      if (Date.now() - began > LIVED_WELL_MS) wait = FIRST_WAIT_MS
      note(`${name} ended (${signal ?? `code ${code}`}), starting it again in ${wait} ms`)
      timer = setTimeout(() => {
        child = start()
      }, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    })
    return started
  }

  return {
    restart: () => {
      wait = FIRST_WAIT_MS
      child.kill('SIGTERM')
    },
    stop: async (patienceMs) => {
      stopping = true
      clearTimeout(timer)
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      const force = setTimeout(() => {
        note(`${name} did not finish in ${patienceMs / 1000} s and is ended`)
        child.kill('SIGKILL')
      }, patienceMs)
      await ended
      clearTimeout(force)
    },
  }
}
