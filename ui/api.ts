import type { ZodType } from 'zod'
import { Problem, type ProblemBody } from './problem.ts'

/** The whole path as the server declares it, so that one search finds both ends. */
export type ApiPath = `/api/${string}`
export type QueryValue = string | number | boolean | null | undefined
export type Query = Record<string, QueryValue | readonly QueryValue[]>

type Options<Answer> = { shape?: ZodType<Answer>; query?: Query; body?: unknown; signal?: AbortSignal }

const QUIET_MS = 60_000
let lastTouch = Date.now()
for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) {
  const touched = () => {
    lastTouch = Date.now()
  }
  globalThis.addEventListener?.(kind, touched, { passive: true, capture: true })
}

/** Says too whether somebody is at the screen: what a page asks by itself does not keep a session alive. */
function headers(): Record<string, string> {
  const hand = Date.now() - lastTouch < QUIET_MS ? 'web' : 'idle'
  return { 'x-qucheng': hand, accept: 'application/json' }
}

const sessionLostListeners = new Set<() => void>()

/** Called when the server no longer knows the session; the shell then asks to sign in again. */
export function onSessionLost(listener: () => void): () => void {
  sessionLostListeners.add(listener)
  return () => sessionLostListeners.delete(listener)
}

let askPassword: (() => Promise<boolean>) | undefined

/**
 * Called when a deed asks for the password again; true says that it was given, and the call is made once more. The shell has
 * the one dialog for it.
 */
export function onFreshPasswordNeeded(ask: () => Promise<boolean>): () => void {
  askPassword = ask
  return () => {
    if (askPassword === ask) askPassword = undefined
  }
}

/** Empty values are left out; a list becomes one comma-separated value. */
export function queryString(query: Query | undefined): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    const text = Array.isArray(value) ? value.join(',') : String(value ?? '')
    if (text !== '') search.set(key, text)
  }
  const text = search.toString()
  return text ? `?${text}` : ''
}

function problemOf(status: number, body: unknown, request_id: string | undefined): Problem {
  const known = body && typeof body === 'object' ? (body as Partial<ProblemBody>) : {}
  const problem = new Problem({
    ...known,
    status,
    code: known.code ?? `http.${status}`,
    request_id: known.request_id ?? request_id,
  })
  // A wrong password is also 401, but it says nothing about the session.
  const aboutCredentials = problem.code.startsWith('auth.wrong') || problem.code.startsWith('auth.totp')
  if (status === 401 && !aboutCredentials) for (const listener of sessionLostListeners) listener()
  return problem
}

function checked<Answer>(body: unknown, path: string, shape: ZodType<Answer> | undefined): Answer {
  if (!shape) return body as Answer
  const parsed = shape.safeParse(body)
  if (parsed.success) return parsed.data
  console.error(`The answer of ${path} has another shape than expected`, parsed.error.issues)
  throw new Problem({ status: 502, code: 'ui.answer-shape', title: path })
}

async function request<Answer>(method: string, path: ApiPath, options: Options<Answer>): Promise<Answer> {
  const call: RequestInit = { method, headers: headers(), signal: options.signal }
  if (options.body !== undefined) {
    call.headers = { ...call.headers, 'content-type': 'application/json' }
    call.body = JSON.stringify(options.body)
  }
  // The key makes a second try harmless when only the reply was lost.
  if (method === 'POST') call.headers = { ...call.headers, 'idempotency-key': randomKey() }
  const address = path + queryString(options.query)
  const again = method === 'POST' || method === 'GET'
  try {
    return checked(await exchange(address, call, again), path, options.shape)
  } catch (error) {
    const asks = error instanceof Problem && error.code === 'fresh-password-needed'
    if (!asks || !(await askPassword?.())) throw error
    return checked(await exchange(address, call, again), path, options.shape)
  }
}

async function exchange(address: string, call: RequestInit, again: boolean): Promise<unknown> {
  const response = await send(address, call, again)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const body: unknown = isJson && text ? JSON.parse(text) : undefined
  if (response.ok) return body
  throw problemOf(response.status, body, response.headers.get('x-request-id') ?? undefined)
}

async function send(address: string, call: RequestInit, again: boolean): Promise<Response> {
  try {
    return await fetch(address, call)
  } catch (error) {
    if (call.signal?.aborted) throw error
    if (!again) throw new Problem({ status: 0, code: 'ui.offline' })
    await new Promise((resolve) => setTimeout(resolve, 700))
    return send(address, call, false)
  }
}

function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

export type UploadProgress = { sent: number; total: number }

/** fetch cannot tell how much was sent, so uploads use XMLHttpRequest. Extra fields go before the file. */
function upload<Answer>(
  path: ApiPath,
  file: File,
  onProgress: (progress: UploadProgress) => void,
  options: { fields?: Record<string, string>; shape?: ZodType<Answer>; signal?: AbortSignal } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(options.fields ?? {})) form.set(name, value)
    form.set('file', file, file.name)
    const xhr = new XMLHttpRequest()
    xhr.open('POST', path)
    for (const [name, value] of Object.entries(headers())) xhr.setRequestHeader(name, value)
    xhr.responseType = 'text'
    xhr.upload.onprogress = (event) => onProgress({ sent: event.loaded, total: event.total })
    xhr.onerror = () => reject(new Problem({ status: 0, code: 'ui.offline' }))
    xhr.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    xhr.onload = () => {
      try {
        const isJson = xhr.getResponseHeader('content-type')?.includes('json') ?? false
        const body: unknown = isJson && xhr.responseText ? JSON.parse(xhr.responseText) : undefined
        if (xhr.status >= 200 && xhr.status < 300) resolve(checked(body, path, options.shape))
        else reject(problemOf(xhr.status, body, xhr.getResponseHeader('x-request-id') ?? undefined))
      } catch (error) {
        reject(error)
      }
    }
    options.signal?.addEventListener('abort', () => xhr.abort())
    xhr.send(form)
  })
}

/** Every call throws a `Problem` when the answer is not 2xx. Without a shape the answer is trusted as `Answer`. */
export const api = {
  get: <Answer>(path: ApiPath, shape?: ZodType<Answer>, query?: Query, signal?: AbortSignal) =>
    request<Answer>('GET', path, { shape, query, signal }),
  post: <Answer>(path: ApiPath, body?: unknown, shape?: ZodType<Answer>) =>
    request<Answer>('POST', path, { body: body ?? {}, shape }),
  put: <Answer>(path: ApiPath, body?: unknown, shape?: ZodType<Answer>) =>
    request<Answer>('PUT', path, { body: body ?? {}, shape }),
  patch: <Answer>(path: ApiPath, body: unknown, shape?: ZodType<Answer>) =>
    request<Answer>('PATCH', path, { body, shape }),
  delete: <Answer>(path: ApiPath, body?: unknown, shape?: ZodType<Answer>) =>
    request<Answer>('DELETE', path, { body, shape }),
  upload,
}
