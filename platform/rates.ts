/** What one caller may ask for, by rate class. */
interface Rate {
  /** Calls a minute of one person (or key). */
  person: number
  /** Calls a minute from one address: an office behind one address is many people. */
  address: number
}

/** Every budget of the doors, in one place. */
export const RATES = {
  read: { person: 1200, address: 12_000 },
  write: { person: 300, address: 3_000 },
  costly: { person: 60, address: 600 },
  'sign-in': { person: 120, address: 120 },
} as const satisfies Record<string, Rate>

/** Costly work (exports, imports, checks of a whole trail) waits in turn: company by company, however much one asks. */
export const COSTLY = {
  /** Runs at the same time, of all companies together. */
  at_once: 4,
  /** Of one company at the same time. */
  at_once_company: 2,
  /** Of one company, waiting; who comes after is asked to come again. */
  waiting_company: 20,
  /** Seconds after which who still waits is asked to come again. */
  wait_seconds_max: 60,
} as const
