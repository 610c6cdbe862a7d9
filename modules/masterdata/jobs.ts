import type { JobWork } from '#platform/jobs/public.ts'
import { checkImport } from './imports/check-import.ts'
import { runImport } from './imports/run-import.ts'

/** Door for time and events. */
export const masterdataJobs: Readonly<Record<string, JobWork>> = {
  'masterdata.check-import': checkImport,
  'masterdata.run-import': runImport,
}
