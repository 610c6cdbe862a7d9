import { Refusal } from '#kit/refusal.ts'
import type { RateClass } from '../http.ts'
import { callerOf } from '../nets.ts'
import { RATES } from '../rates.ts'

interface Bucket {
  left: number
  max: number
  at: number
}

const buckets = new Map<string, Bucket>()
const BUCKETS_MAX = 50_000

/** Takes one call from the budget of a person; refuses with the seconds after which there is one again. */
export function refuseTooMany(personId: string, rate: RateClass): void {
  take(`person ${rate} ${personId}`, RATES[rate].person)
}

/** The same for the address that calls, whoever it is: asked before anybody is looked up. */
export function refuseTooManyFrom(address: string, rate: RateClass): void {
  take(`address ${rate} ${callerOf(address)}`, RATES[rate].address)
}

function take(key: string, max: number): void {
  const now = Date.now()
  const bucket = filled(buckets.get(key) ?? { left: max, max, at: now }, now)
  buckets.set(key, bucket)
  if (buckets.size > BUCKETS_MAX) forgetFull(now)
  if (bucket.left < 1) {
    const seconds = Math.max(1, Math.ceil(((1 - bucket.left) * 60) / max))
    throw new Refusal('too-many-requests', { seconds }, { status: 429 })
  }
  bucket.left -= 1
}

function filled(bucket: Bucket, now: number): Bucket {
  bucket.left = Math.min(bucket.max, bucket.left + ((now - bucket.at) / 60_000) * bucket.max)
  bucket.at = now
  return bucket
}

/** A full bucket says nothing. Forgetting the others too would give a flood from many addresses a new budget. */
function forgetFull(now: number): void {
  for (const [key, bucket] of buckets) if (filled(bucket, now).left >= bucket.max - 1) buckets.delete(key)
}
