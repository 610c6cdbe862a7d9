import type { Reader, Tx } from './db.ts'

/** What a deed is given: an open transaction with the reader's eyes, and who and when. */
export interface Ctx extends Reader {
  db: Tx
  personName: string
  permissions: ReadonlySet<string>
  now: Date
  requestId: string
  /** The print of the session that asks; absent for keys and jobs. */
  session?: Buffer
}
