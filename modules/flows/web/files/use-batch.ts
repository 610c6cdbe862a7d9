import { useEffect } from 'react'
import { isOver, useJob } from '#ui/use-job.ts'
import { useRead, useRefresh } from '#ui/use-list.ts'
import type { BatchPage, BatchState } from '../../shapes.ts'

const running: readonly BatchState[] = ['received', 'reading', 'cleaning']

export const isRunning = (state: BatchState): boolean => running.includes(state)

/** A batch and the job that works on it; the batch is read again when the job ends. */
export function useBatch(id: string, jobId?: string) {
  const batch = useRead<BatchPage>(`/api/flow-batches/${id}`)
  const follows = batch.data ? (isRunning(batch.data.state) ? batch.data.job_id : null) : jobId
  const job = useJob(follows)
  const refresh = useRefresh()
  const over = job.data !== undefined && isOver(job.data)
  useEffect(() => {
    if (over) void refresh(`/api/flow-batches`, '/api/flow-months')
  }, [over, refresh])
  return { ...batch, job: job.data, batch: batch.data }
}
