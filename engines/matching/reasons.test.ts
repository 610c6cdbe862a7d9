import { expect, test } from 'vitest'
import { pairFeatures } from './features.ts'
import { describeReason, readReasons } from './reasons.ts'

test('every reason a feature gives has a sentence in both languages', () => {
  for (let k = 0; k < pairFeatures.length; k++) {
    const features = new Float64Array(pairFeatures.length)
    features[k] = 1
    for (const reason of readReasons(features, 0)) {
      expect(describeReason(reason, 'zh-CN')).toMatch(/[\u4e00-\u9fff]/)
      expect(describeReason(reason, 'en')).toMatch(/^[A-Z]/)
    }
  }
})

test('params are told behind the sentence', () => {
  expect(describeReason({ code: 'dose-conflicts', params: { a: '0.3g', b: '0.15g' } }, 'en')).toBe(
    'Different strength: 0.3g / 0.15g',
  )
})
