import { createHash } from 'node:crypto'
import type { Config } from '#platform/config.ts'
import { openDb } from '#platform/db.ts'
import { setFilesRoot } from '#platform/files/public.ts'
import { loadKeyring } from '#platform/secrets.ts'
import type { Ground } from '#platform/server/authenticate.ts'
import { rolePermissions } from './roles.ts'

/** Opens the pools that a process works with, from the URLs its supervisor handed down. */
export function openGround(config: Config, env: NodeJS.ProcessEnv = process.env): Ground {
  const appUrl = required(env, 'APP_URL')
  const gateUrl = required(env, 'GATE_URL')
  setFilesRoot(config.dataDir, config.clamd)
  return {
    app: openDb(appUrl, 16, 'qucheng app'),
    gate: openDb(gateUrl, 4, 'qucheng gate'),
    config,
    rolePermissions,
    secret: createHash('sha256')
      .update(`prints ${new URL(gateUrl).password}`)
      .digest('hex'),
    keyring: loadKeyring(config.dataDir, env.SECRETS_KEY),
  }
}

export function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is not set: start the program with bin/start`)
  return value
}

/** Ends the process when the supervisor that started it is gone: the next one starts a new process. */
export function leaveWithSupervisor(leave: () => void): void {
  if (process.send) process.on('disconnect', leave)
  process.on('SIGTERM', leave)
  process.on('SIGINT', leave)
}
