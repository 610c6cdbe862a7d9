import type { FastifyRequest } from 'fastify'
import { Refusal } from '#kit/refusal.ts'
import { loadApiKey } from '../auth/api-keys.ts'
import { loadSession, loadSessionOf, type RolePermissions, type SignedIn } from '../auth/sessions.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db.ts'
import type { Keyring } from '../secrets.ts'
import { sessionOfTicket } from './files-host.ts'

/** What the doors stand on. */
export interface Ground {
  app: Db
  gate: Db
  config: Config
  rolePermissions: RolePermissions
  /** Keyed prints and the like; follows from the database's own secret. */
  secret: string
  /** Opens and seals the secrets that must be read again. */
  keyring: Keyring
}

export const sessionCookie = (config: Config): string => (config.secureCookies ? '__Host-qc' : 'qc')

/** Who calls, from the session cookie or an API key; refuses when it is nobody. */
export async function authenticate(ground: Ground, request: FastifyRequest): Promise<SignedIn> {
  const ticket = sessionOfTicket(request.raw)
  const { config, rolePermissions } = ground
  if (ticket) return orSignedOut(await loadSessionOf(ground, ticket, config, rolePermissions, true))
  const { authorization } = request.headers
  if (authorization?.startsWith('Bearer ')) {
    return loadApiKey(ground, authorization.slice(7), rolePermissions, request.ip)
  }
  const token = request.cookies[sessionCookie(ground.config)]
  const touched = request.headers['x-qucheng'] !== 'idle'
  return orSignedOut(token ? await loadSession(ground, token, config, rolePermissions, touched) : null)
}

function orSignedOut(who: SignedIn | null): SignedIn {
  if (!who) throw new Refusal('auth.signed-out', {}, { status: 401 })
  return who
}

/**
 * A page of another site cannot set our header without asking first, and browsers say where a request comes
 * from; both are demanded on every change that rides on a cookie.
 */
export function refuseForeignOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (request.headers.authorization) return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  // A sandboxed page sends the origin "null", which is no address.
  const foreignOrigin = origin !== undefined && URL.parse(origin)?.host !== request.headers.host
  if (!request.headers['x-qucheng'] || (site && site !== 'same-origin' && site !== 'none') || foreignOrigin) {
    throw new Refusal('auth.foreign-origin', {}, { status: 403 })
  }
}
