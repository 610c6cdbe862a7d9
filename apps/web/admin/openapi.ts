export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  additionalProperties?: boolean | Schema
  description?: string
}

type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema }
type Body = { content?: Record<string, { schema?: Schema }> }

export type Operation = {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: Body
  responses?: Record<string, Body & { description?: string }>
}

export type OpenApi = {
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

export type Listed = { key: string; method: string; path: string; tag: string; operation: Operation }

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** Every operation of the document, in the order of its paths. */
export function operationsOf(document: OpenApi): Listed[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      if (!operation) return []
      return [
        {
          key: `${method} ${path}`,
          method: method.toUpperCase(),
          path,
          tag: operation.tags?.[0] ?? '',
          operation,
        },
      ]
    }),
  )
}

export function matches({ method, path, operation }: Listed, text: string): boolean {
  const all = `${method} ${path} ${operation.operationId ?? ''} ${operation.summary ?? ''} ${operation.description ?? ''}`
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.toLowerCase().includes(word))
}

export const schemaOf = (body: Body | undefined): Schema | undefined =>
  body?.content && Object.values(body.content)[0]?.schema

/** A shape as indented text: one field a line, `?` when it may be left out. */
export function shapeText(schema: Schema | undefined, schemas: Record<string, Schema>, depth = 0): string {
  if (!schema) return ''
  if (depth > 7) return '…'
  if (schema.$ref) return shapeText(schemas[schema.$ref.split('/').at(-1) ?? ''], schemas, depth)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const some = schema.anyOf ?? schema.oneOf
  if (some) return some.map((one) => shapeText(one, schemas, depth)).join(' | ')
  if (schema.properties) {
    const inner = '  '.repeat(depth + 1)
    const lines = Object.entries(schema.properties).map(([name, field]) => {
      const mark = schema.required?.includes(name) ? '' : '?'
      return `${inner}${name}${mark}: ${shapeText(field, schemas, depth + 1)}`
    })
    return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
  }
  if (schema.items) return `${shapeText(schema.items, schemas, depth)}[]`
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any')
  return schema.format ? `${type} (${schema.format})` : type
}
