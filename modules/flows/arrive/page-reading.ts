import { endpointReader, type OpenPagesOptions } from '#engines/reading/public.ts'
import { folderBesideFiles } from '#platform/files/public.ts'
import type { JobContext } from '#platform/jobs/public.ts'
import { knownNames } from './known-names.ts'

/**
 * How a job has pages read: with the company's names, each page told as progress, stopped by the signal, and kept beside the
 * files so that OCR runs once. A second reader looks too where the operator named one.
 */
export function pageReading(
  job: JobContext,
  distributorId: string,
  signal: AbortSignal = job.stopping,
): OpenPagesOptions {
  const second = secondReader(process.env)
  return {
    known: () => job.transaction((ctx) => knownNames(ctx, distributorId)),
    onPage: ({ page, pages }) => {
      // Progress that cannot be told stops no reading.
      job.progress('pages', page, pages).catch(() => {})
    },
    signal,
    kept_in: folderBesideFiles('pages'),
    ...(second && { second }),
  }
}

/** Off unless VISION_URL and VISION_MODEL are set: pictures of pages then go to that address, and nowhere else. */
export function secondReader(env: NodeJS.ProcessEnv): OpenPagesOptions['second'] {
  if (!env.VISION_URL || !env.VISION_MODEL) return undefined
  return endpointReader({ url: env.VISION_URL, key: env.VISION_KEY ?? '', model: env.VISION_MODEL })
}
