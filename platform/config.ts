import { resolve } from 'node:path'

/** Every number and address that may be set from outside, in one place; names are environment variables. */
export interface Config {
  port: number
  host: string
  dataDir: string
  publicUrl: string
  /** Session cookies are sent over https, and over http to localhost only. INSECURE_HTTP=1 lifts that for a closed network. */
  secureCookies: boolean
  /** Addresses of proxies whose X-Forwarded-* is believed; nobody's by default. */
  trustedProxies: string[]
  passwordProfile: 'modern' | 'mlps3'
  sessionIdleMinutes: number
  sessionMaxHours: number
  uploadMaxBytes: number
  workerConcurrency: number
  smtpUrl: string | undefined
  mailFrom: string
}

/** Reads the configuration from the environment; a value that cannot be read is a clear error. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = whole(env, 'PORT', 3000)
  return {
    port,
    host: env.HOST ?? '127.0.0.1',
    dataDir: resolve(env.DATA_DIR ?? '.data'),
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${port}`,
    secureCookies: env.INSECURE_HTTP !== '1',
    trustedProxies: (env.TRUSTED_PROXIES ?? '').split(/[ ,]+/).filter((one) => one !== ''),
    passwordProfile: env.PASSWORD_PROFILE === 'mlps3' ? 'mlps3' : 'modern',
    sessionIdleMinutes: whole(env, 'SESSION_IDLE_MINUTES', 30),
    sessionMaxHours: whole(env, 'SESSION_MAX_HOURS', 12),
    uploadMaxBytes: whole(env, 'UPLOAD_MAX_MB', 100) * 1024 * 1024,
    workerConcurrency: whole(env, 'WORKER_CONCURRENCY', 2),
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM ?? 'qucheng@localhost',
  }
}

function whole(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not "${text}"`)
  return value
}
