import type { TFunction } from 'i18next'
import type { Reason } from '#ui/show/why.tsx'
import type { ReviewGroup } from '../shapes.ts'

type MatchReason = ReviewGroup['candidates'][number]['reasons'][number]

const speaksFor = new Set([
  'same-name',
  'alias',
  'alias-distributor',
  'alias-province',
  'alias-company',
  'known-alias',
  'same-tax-id',
  'same-customer-code',
  'same-core',
  'ordinal-agrees',
  'address-agrees',
  'division-agrees',
  'province-agrees',
  'same-code',
  'same-product-name',
  'same-generic-name',
  'similar-product-name',
  'spec-agrees',
  'manufacturer-agrees',
  'unit-agrees',
])
const onlyFacts = new Set(['prefix-dropped', 'prefix-added', 'division-unknown', 'spec-unknown'])

/** A reason of the matching engine as a sentence, and whether it speaks for or against. */
export function reasonText(reason: MatchReason, t: TFunction): Reason {
  const words = t(`reason.${reason.code}`, { ...reason.params, defaultValue: reason.code })
  const detail = Object.values(reason.params ?? {}).join(' / ')
  return {
    text: detail ? t('flows.reason_with', { words, detail }) : words,
    speaks: speaksFor.has(reason.code) ? 'for' : onlyFacts.has(reason.code) ? undefined : 'against',
  }
}
