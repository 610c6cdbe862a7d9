import { Refusal } from '#kit/refusal.ts'
import { COSTLY } from '../rates.ts'

type Limits = { [name in keyof typeof COSTLY]: number }
type Start = () => void

export interface Turns {
  /** Does the work when it is the company's turn. */
  inTurn<T>(companyId: string, work: () => Promise<T>): Promise<T>
}

/**
 * Costly work, some of it at once and the rest in turn, company by company: a hundred exports of one company stand
 * before the second export of that company, not before the first of another.
 */
export function costlyTurns(limits: Limits = COSTLY): Turns {
  const running = new Map<string, number>()
  // In the order in which the companies come next: who was served goes to the end.
  const waiting = new Map<string, Start[]>()
  let all = 0

  const next = () => {
    for (const [companyId, starts] of waiting) {
      if (all >= limits.at_once) return
      if ((running.get(companyId) ?? 0) >= limits.at_once_company) continue
      const start = starts.shift()
      waiting.delete(companyId)
      if (starts.length > 0) waiting.set(companyId, starts)
      all += 1
      running.set(companyId, (running.get(companyId) ?? 0) + 1)
      start?.()
    }
  }
  const leave = (companyId: string) => {
    const left = (running.get(companyId) ?? 1) - 1
    if (left > 0) running.set(companyId, left)
    else running.delete(companyId)
    all -= 1
    next()
  }
  const turnOf = (companyId: string) =>
    new Promise<void>((resolve, reject) => {
      const starts = waiting.get(companyId) ?? []
      const later = () => new Refusal('too-much-waiting', { seconds: 10 }, { status: 429 })
      if (starts.length >= limits.waiting_company) return reject(later())
      const start = () => {
        clearTimeout(patience)
        resolve()
      }
      const patience = setTimeout(() => {
        const place = starts.indexOf(start)
        if (place < 0) return
        starts.splice(place, 1)
        if (starts.length === 0) waiting.delete(companyId)
        reject(later())
      }, limits.wait_seconds_max * 1000)
      starts.push(start)
      waiting.set(companyId, starts)
      next()
    })

  return {
    async inTurn(companyId, work) {
      await turnOf(companyId)
      try {
        return await work()
      } finally {
        leave(companyId)
      }
    },
  }
}
