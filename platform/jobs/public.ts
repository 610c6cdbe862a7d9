export { enqueueJob } from './enqueue-job.ts'
export type { JobContext, JobHandler } from './job-context.ts'
