import type { EventListener } from './events/deliver-event.ts'
import type { Route } from './http.ts'
import type { JobWork } from './jobs/job-context.ts'
import type { Sentences } from './notifications/sentences.ts'

/** What a module hands to the program that runs it: its doors. */
export interface Module {
  name: string
  routes: readonly Route[]
  jobs?: Readonly<Record<string, JobWork>>
  listeners?: Readonly<Record<string, EventListener>>
  /** Jobs that run by the clock, once a company: kind → five-field cron in UTC. */
  clock?: Readonly<Record<string, string>>
  /** What its notifications say in an e-mail. */
  sentences?: Sentences
}
