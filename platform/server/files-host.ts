import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { openSecret, sealSecret } from '../secrets.ts'
import type { Ground } from './authenticate.ts'

// With FILES_ORIGIN, what people sent in leaves from a host of its own that never gets a cookie: should a browser ever run
// such a file, it runs where nobody is signed in. The way there is a link for one address of one session, for a minute.

const TICKET_SECONDS = 60
const ABOUT = ['files-host', 'ticket']
const ticketShape = z.strictObject({ session: z.base64(), url: z.string(), until: z.number() })

/** The session a request to the files' host may speak for: told by its ticket alone, never by a header. */
const admitted = new WeakMap<IncomingMessage, Buffer>()

export const sessionOfTicket = (request: IncomingMessage): Buffer | undefined => admitted.get(request)

/** Where the download of this address (`/api/…`) lies for this session. */
export function linkToFilesHost({ config, keyring }: Ground, session: Buffer, url: string): string {
  const until = Date.now() + TICKET_SECONDS * 1000
  const ticket: z.output<typeof ticketShape> = { session: session.toString('base64'), url, until }
  return `${config.filesOrigin}/files/${sealSecret(keyring, JSON.stringify(ticket), ABOUT)}${url}`
}

/** What Fastify is to route instead of the address that came: behind a good ticket the download, else what came. */
export function rewriteTicket({ config, keyring }: Ground) {
  return (request: IncomingMessage): string => {
    const url = request.url ?? '/'
    if (!isFilesHost(config, request)) return url
    const [, sealed = '', wanted = ''] = /^\/files\/([\w.-]{1,4000})(\/api\/.*)$/.exec(url) ?? []
    const text = openSecret(keyring, sealed, ABOUT)
    const ticket = text === null ? null : ticketShape.parse(JSON.parse(text))
    if (request.method !== 'GET' || ticket?.url !== wanted || ticket.until < Date.now()) return url
    admitted.set(request, Buffer.from(ticket.session, 'base64'))
    return wanted
  }
}

/** The files' host has nothing else: no page, no sign-in, no other route. */
export function closeFilesHost(app: FastifyInstance, { config }: Ground): void {
  if (!config.filesOrigin) return
  app.addHook('onRequest', async (request, reply) => {
    if (isFilesHost(config, request.raw) && !admitted.has(request.raw)) return reply.callNotFound()
  })
}

function isFilesHost({ filesOrigin }: Ground['config'], { headers }: IncomingMessage): boolean {
  return filesOrigin !== undefined && headers.host === new URL(filesOrigin).host
}
