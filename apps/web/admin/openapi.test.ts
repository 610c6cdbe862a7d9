import { expect, test } from 'vitest'
import { matches, type OpenApi, operationsOf, shapeText } from './openapi.ts'

const document: OpenApi = {
  info: { title: 'x', version: '1' },
  paths: {
    '/api/orders/{id}': {
      get: { operationId: 'orders.getOrder', tags: ['orders'], summary: 'One order' },
      delete: { operationId: 'orders.cancelOrder', tags: ['orders'] },
    },
  },
}

test('each method of each path is one operation, found by any of its words', () => {
  const [first, second] = operationsOf(document)
  expect([first?.key, second?.key]).toEqual(['get /api/orders/{id}', 'delete /api/orders/{id}'])
  expect(first && matches(first, 'order one')).toBe(true)
  expect(second && matches(second, 'one')).toBe(false)
})

test('a shape is written as text, references followed, endless ones cut', () => {
  const schemas = { Line: { type: 'object', properties: { next: { $ref: '#/components/schemas/Line' } } } }
  expect(
    shapeText(
      {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string', format: 'uuid' }, state: { enum: ['a', 'b'] } },
      },
      {},
    ),
  ).toBe('{\n  id: string (uuid)\n  state?: "a" | "b"\n}')
  expect(shapeText({ $ref: '#/components/schemas/Line' }, schemas)).toContain('…')
})
