/** What the answer of a route holds, and what follows from it. */
interface Rules {
  /** API keys are answered. */
  keys: boolean
  /** People of a distributor are answered; what they do for themselves ('signed-in') they may in any case. */
  distributors: boolean
  /** Columns of the register of personal data leave in full; masked otherwise. */
  unmasked: boolean
  /** The answer may be kept for a second call with the same Idempotency-Key, and named in the log by its path. */
  kept: boolean
}

export const DATA_CLASSES = {
  /** Nothing of any company. */
  public: { keys: true, distributors: true, unmasked: false, kept: true },
  /** Sales, files and targets: a distributor is answered with its own rows. */
  commercial: { keys: true, distributors: true, unmasked: false, kept: true },
  /** How the company works and decides: for its own people. */
  internal: { keys: true, distributors: false, unmasked: false, kept: true },
  /** People, in full. */
  personal: { keys: false, distributors: false, unmasked: true, kept: false },
  /** What is shown once or opens a door. */
  secret: { keys: false, distributors: false, unmasked: true, kept: false },
} as const satisfies Record<string, Rules>

export type DataClass = keyof typeof DATA_CLASSES
