import { resolve } from 'node:path'
import { isNet } from './nets.ts'

/** Every number and address that may be set from outside, in one place; names are environment variables. */
export interface Config {
  port: number
  host: string
  dataDir: string
  publicUrl: string
  /** Session cookies are sent over https, and over http to localhost only. INSECURE_HTTP=1 lifts that for a closed network. */
  secureCookies: boolean
  /** Addresses and nets of proxies whose X-Forwarded-* is believed; nobody's by default. */
  trustedProxies: string[]
  /** Where downloads come from instead of the host of the pages: an origin that never gets a cookie. */
  filesOrigin: string | undefined
  /** The virus scanner (clamd) that looks at every file from outside before it is taken; none by default. */
  clamd: { host: string; port: number } | { path: string } | undefined
  passwordProfile: 'modern' | 'mlps3'
  /** Who must have a second factor before anything else opens; never the people of a demo company. */
  secondFactor: 'optional' | 'administrators' | 'everyone'
  sessionIdleMinutes: number
  /** The same for who manages people or keys or reads the audit trail. */
  sessionIdleAdminMinutes: number
  sessionMaxHours: number
  /** How long a password that was given counts as fresh, for what may not be done from a screen left open. */
  freshMinutes: number
  uploadMaxBytes: number
  workerConcurrency: number
  smtpUrl: string | undefined
  mailFrom: string
}

/** Reads the configuration from the environment; a value that cannot be read is a clear error. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = whole(env, 'PORT', 3000)
  const publicUrl = env.PUBLIC_URL || `http://localhost:${port}`
  return {
    port,
    host: env.HOST ?? '127.0.0.1',
    dataDir: resolve(env.DATA_DIR ?? '.data'),
    publicUrl,
    secureCookies: env.INSECURE_HTTP !== '1',
    trustedProxies: proxies(env.TRUSTED_PROXIES ?? ''),
    filesOrigin: env.FILES_ORIGIN ? cookieless(env.FILES_ORIGIN, publicUrl) : undefined,
    clamd: env.CLAMD_ADDRESS ? scanner(env.CLAMD_ADDRESS) : undefined,
    passwordProfile: oneOf(env, 'PASSWORD_PROFILE', ['modern', 'mlps3']),
    secondFactor: oneOf(env, 'SECOND_FACTOR', ['optional', 'administrators', 'everyone']),
    sessionIdleMinutes: whole(env, 'SESSION_IDLE_MINUTES', 30),
    sessionIdleAdminMinutes: whole(env, 'SESSION_IDLE_ADMIN_MINUTES', 15),
    freshMinutes: whole(env, 'FRESH_MINUTES', 5),
    sessionMaxHours: whole(env, 'SESSION_MAX_HOURS', 12),
    uploadMaxBytes: whole(env, 'UPLOAD_MAX_MB', 100) * 1024 * 1024,
    workerConcurrency: whole(env, 'WORKER_CONCURRENCY', 3),
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM ?? 'qucheng@localhost',
  }
}

/** The first is the default. */
function oneOf<const V extends string>(
  env: NodeJS.ProcessEnv,
  name: string,
  values: readonly [V, ...V[]],
): V {
  const text = env[name]
  if (text === undefined || text === '') return values[0]
  const value = values.find((one) => one === text)
  if (!value) throw new Error(`${name} must be one of ${values.join(', ')}, not "${text}"`)
  return value
}

function whole(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not "${text}"`)
  return value
}

/** Each hop is named: whoever is believed may say where a request comes from. */
function proxies(text: string): string[] {
  const all = text.split(/[ ,]+/).filter((one) => one !== '')
  const wrong = all.find((one) => !isNet(one))
  if (wrong === undefined) return all
  throw new Error(`TRUSTED_PROXIES must be addresses or nets such as 10.0.0.5 or 10.0.0.0/28, not "${wrong}"`)
}

/** A cookie knows hosts, not ports: another port of the same host would get it. */
function cookieless(text: string, publicUrl: string): string {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
    throw new Error(`FILES_ORIGIN must look like https://files.example.com, not "${text}"`)
  }
  if (url.hostname === URL.parse(publicUrl)?.hostname) {
    throw new Error('FILES_ORIGIN must be another host than that of PUBLIC_URL, which gets the cookies')
  }
  return url.origin
}

function scanner(text: string): Config['clamd'] {
  if (text.startsWith('/')) return { path: text }
  const parts = /^(?:\[([0-9a-f:]+)\]|([^:/\s]+)):(\d{1,5})$/i.exec(text)
  const host = parts?.[1] ?? parts?.[2]
  const port = Number(parts?.[3])
  if (!host || !(port > 0 && port < 65_536)) {
    throw new Error(`CLAMD_ADDRESS must look like 127.0.0.1:3310 or /run/clamav/clamd.ctl, not "${text}"`)
  }
  return { host, port }
}
