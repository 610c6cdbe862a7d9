import type { EventListener } from './events/deliver-event.ts'
import type { Route } from './http.ts'
import type { JobWork } from './jobs/job-context.ts'
import type { Sentences } from './notifications/sentences.ts'

/** A kind of subject that a module asks approval for, by the rule that a company sets for it. */
export interface ApprovalKind {
  kind: string
  /** Whether the module does without a rule; where it does not, nothing of the kind goes on until one is set. */
  optional: boolean
}

/** What a module hands to the program that runs it: its doors. */
export interface Module {
  name: string
  routes: readonly Route[]
  jobs?: Readonly<Record<string, JobWork>>
  listeners?: Readonly<Record<string, EventListener>>
  /** Jobs that run by the clock, once a company: kind → five-field cron in UTC. */
  clock?: Readonly<Record<string, string>>
  approvalKinds?: readonly ApprovalKind[]
  /** What its notifications say in an e-mail. */
  sentences?: Sentences
}
