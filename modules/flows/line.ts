/**
 * The stations of the line in their order. One word a step, used everywhere: folder and function names, counters,
 * seconds, log fields, headings. A station never calls another; `clean/clean-batch.ts` passes lines from one to
 * the next, each with its own type, so that a skipped station does not compile.
 */
export const stations = [
  'receive',
  'read',
  'map',
  'match',
  'check',
  'post',
  'close',
  'release',
  'report',
] as const
export type Station = (typeof stations)[number]

/** Seconds spent at each station, for one batch. */
export type StationSeconds = Partial<Record<Station, number>>

/** Runs a piece of work and books its time on a station. */
export async function atStation<T>(
  seconds: StationSeconds,
  station: Station,
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now()
  try {
    return await work()
  } finally {
    seconds[station] = (seconds[station] ?? 0) + (performance.now() - started) / 1000
  }
}
