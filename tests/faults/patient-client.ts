import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Said {
  status: number
  body: ReturnType<typeof JSON.parse>
  bytes: Buffer
}

/** A person at a browser who tries again, with the same key, until there is an answer that means something. */
export interface PatientClient {
  get(path: string): Promise<Said>
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Said>
  upload(path: string, file: { name: string; bytes: Buffer; fields: Record<string, string> }): Promise<Said>
  /** Answers that were lost or said "not now", over all calls. */
  tries(): number
}

const PATIENCE_MS = 120_000
/** The product says so itself: come again. */
const NOT_NOW = new Set([429, 502, 503])

export async function signIn(url: string, login: string, password: string): Promise<PatientClient> {
  let cookie = ''
  let again = 0
  const call = async (path: string, request: () => RequestInit): Promise<Said> => {
    const end = Date.now() + PATIENCE_MS
    for (;;) {
      const answer = await once(`${url}${path}`, request(), cookie)
      if (answer && !NOT_NOW.has(answer.status)) {
        for (const one of answer.cookies) if (one.includes('qc=')) cookie = one.split(';')[0] ?? ''
        return answer
      }
      if (Date.now() > end)
        throw new Error(`${path} was not answered; at last ${answer?.status ?? 'not at all'}`)
      again += 1
      await sleep(150)
    }
  }
  const asJson = (method: string, body: unknown, key: string): RequestInit => ({
    method,
    headers: {
      'x-qucheng': 'web',
      'idempotency-key': key,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const client: PatientClient = {
    get: (path) => call(path, () => ({ headers: { 'x-qucheng': 'web' } })),
    send: (method, path, body) => {
      const key = randomUUID()
      return call(path, () => asJson(method, body, key))
    },
    upload: (path, file) => {
      const key = randomUUID()
      return call(path, () => {
        const form = new FormData()
        for (const [name, value] of Object.entries(file.fields)) form.append(name, value)
        form.append('file', new Blob([new Uint8Array(file.bytes)]), file.name)
        return { method: 'POST', headers: { 'x-qucheng': 'web', 'idempotency-key': key }, body: form }
      })
    },
    tries: () => again,
  }
  const answer = await client.send('POST', '/api/session', { login, password })
  if (answer.status !== 200) throw new Error(`${login} cannot sign in: ${answer.status}`)
  return client
}

async function once(
  url: string,
  request: RequestInit,
  cookie: string,
): Promise<(Said & { cookies: string[] }) | null> {
  try {
    const headers = { ...(request.headers as Record<string, string>), ...(cookie && { cookie }) }
    const answer = await fetch(url, { ...request, headers, signal: AbortSignal.timeout(30_000) })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const json = (answer.headers.get('content-type') ?? '').includes('json')
    return {
      status: answer.status,
      body: json && bytes.length > 0 ? JSON.parse(bytes.toString()) : null,
      bytes,
      cookies: answer.headers.getSetCookie(),
    }
  } catch {
    return null
  }
}
