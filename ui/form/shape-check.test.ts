import type { TFunction } from 'i18next'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkShape, isRequired, serverIssues, withoutBlanks } from './shape-check.ts'

const known = new Set([
  'field.required',
  'field.too_small_text',
  'field.format_email',
  'field.invalid',
  'refusal.x.taken',
])
const t = ((key: string, values?: { defaultValue?: string; limit?: string }) =>
  known.has(key)
    ? key + (values?.limit ? ` ${values.limit}` : '')
    : (values?.defaultValue ?? key)) as unknown as TFunction

const shape = z.strictObject({
  name: z.string().min(2),
  note: z.string().nullable(),
  mail: z.email().optional(),
})

describe('a form checks with the shape of the server', () => {
  test('an emptied field is null where null is allowed, else left out', () => {
    expect(withoutBlanks({ name: '  a ', note: '', mail: ' ' }, shape)).toEqual({ name: 'a', note: null })
  })

  test('required is what the shape refuses to be without', () => {
    expect([isRequired(shape, 'name'), isRequired(shape, 'mail'), isRequired(shape, 'other')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('each issue becomes a sentence at its field', () => {
    expect(checkShape({ name: 'a', note: null, mail: 'x' }, shape, t)).toEqual({
      issues: [
        { path: ['name'], text: 'field.too_small_text 2' },
        { path: ['mail'], text: 'field.format_email' },
      ],
    })
    expect(checkShape({ note: null }, shape, t)).toEqual({
      issues: [{ path: ['name'], text: 'field.required' }],
    })
  })

  test("the server's fields speak through the same words", () => {
    expect(serverIssues({ 'lines.0.code': 'x.taken', name: 'unknown' }, t)).toEqual([
      { path: ['lines', '0', 'code'], text: 'refusal.x.taken' },
      { path: ['name'], text: 'field.invalid' },
    ])
  })
})
