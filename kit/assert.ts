/** A broken promise of our own code: a fault, never a refusal. Throws an ordinary error. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`)
}
