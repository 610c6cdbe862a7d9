import type { FastifyInstance, InjectOptions } from 'fastify'

export interface Answer {
  status: number
  /** The JSON of the answer, which tests look into freely; text when it is something else. */
  body: ReturnType<typeof JSON.parse>
  bytes: Buffer
  headers: Record<string, string | string[] | number | undefined>
}

export interface Upload {
  file_name: string
  bytes: Buffer | string
  fields?: Record<string, string>
}

/** A browser: keeps cookies and sends the header of our own web app. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  delete(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  upload(path: string, upload: Upload, headers?: Record<string, string>): Promise<Answer>
  cookies: Map<string, string>
}

/** A browser on an app that does not listen; paths are whole, `/api/…`. A header set to '' is not sent. */
export function clientOf(app: FastifyInstance): Client {
  const cookies = new Map<string, string>()
  const send = async (
    method: NonNullable<InjectOptions['method']>,
    url: string,
    payload: InjectOptions['payload'],
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const all: Record<string, string> = { host: 'localhost', 'x-qucheng': 'web', ...headers }
    if (cookies.size > 0) all.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.inject({
      method,
      url,
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
      ...(payload !== undefined && { payload }),
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const json = String(answer.headers['content-type'] ?? '').includes('json')
    return {
      status: answer.statusCode,
      body: json && answer.body !== '' ? JSON.parse(answer.body) : answer.body,
      bytes: answer.rawPayload,
      headers: answer.headers,
    }
  }
  const json = (method: NonNullable<InjectOptions['method']>) => {
    return (path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      return send(
        method,
        path,
        payload,
        payload ? { 'content-type': 'application/json', ...headers } : headers,
      )
    }
  }
  return {
    cookies,
    get: (path, headers = {}) => send('GET', path, undefined, headers),
    post: json('POST'),
    put: json('PUT'),
    patch: json('PATCH'),
    delete: json('DELETE'),
    upload: (path, upload, headers = {}) => {
      const { payload, contentType } = multipart(upload)
      return send('POST', path, payload, { 'content-type': contentType, ...headers })
    },
  }
}

function multipart(upload: Upload): { payload: Buffer; contentType: string } {
  const mark = 'qucheng-test-boundary'
  const fields = Object.entries(upload.fields ?? {}).map(
    ([name, value]) => `--${mark}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${mark}\r\ncontent-disposition: form-data; name="file"; filename="${upload.file_name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([
    Buffer.from(fields.join('') + head),
    Buffer.from(upload.bytes),
    Buffer.from(`\r\n--${mark}--\r\n`),
  ])
  return { payload, contentType: `multipart/form-data; boundary=${mark}` }
}
