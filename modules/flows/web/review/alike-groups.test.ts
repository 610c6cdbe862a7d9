import { expect, test } from 'vitest'
import type { ReviewGroup } from '../../shapes.ts'
import { alikeTo, togetherByCandidate } from './alike-groups.ts'

const group = (raw_text: string, best: string | null, score = 0.6): ReviewGroup => ({
  kind: 'customer',
  normal_text: raw_text,
  raw_text,
  raw_spec: '',
  name_count: 1,
  distributor_count: 1,
  distributor_names: [],
  line_count: 1,
  amount_fen: 1,
  target_id: null,
  target_name: null,
  candidates: best ? [{ id: best, name: best, detail: '', score, reasons: [] }] : [],
})

const groups = [
  group('甲', 'x'),
  group('乙', null),
  group('丙', 'y'),
  group('丁', 'x'),
  group('戊', 'x', 0.1),
  group('己', null),
]
const texts = (of: readonly ReviewGroup[]) => of.map(({ raw_text }) => raw_text).join('')

test('texts that probably mean the same stand together, in the place of the first', () => {
  expect(texts(togetherByCandidate(groups))).toBe('甲丁乙丙戊己')
})

test('only texts with the same likely candidate are offered to be settled together', () => {
  const [first, second] = groups as [ReviewGroup, ReviewGroup]
  expect(texts(alikeTo(first, groups, 'x'))).toBe('丁')
  expect(texts(alikeTo(first, groups, 'y'))).toBe('')
  expect(texts(alikeTo(second, groups, 'x'))).toBe('')
})
