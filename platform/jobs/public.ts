export { enqueueJob } from './enqueue-job.ts'
export type { JobContext, JobWork } from './job-context.ts'
