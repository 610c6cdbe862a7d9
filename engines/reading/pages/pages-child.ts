import { ReadingError } from '../reading-error.ts'
import type { ChildAnswer, ChildJob } from './child-job.ts'
import { drawPicture } from './draw-picture.ts'
import { readPages } from './read-pages.ts'

/** The process in which pages are read and drawn: what fills its memory or brings it down is not the server. */
process.once('message', (job: ChildJob) => {
  void work(job).then(
    () => answer({ done: true }, () => process.disconnect()),
    (error: unknown) => {
      const known = error instanceof ReadingError
      const params = known ? error.params : { reason: error instanceof Error ? error.message : String(error) }
      answer({ error: { code: known ? error.code : 'corrupt', params } }, () => process.disconnect())
    },
  )
})
// The parent is gone: nobody waits for an answer.
process.once('disconnect', () => process.exit(0))

async function work(job: ChildJob) {
  if (job.task === 'draw') {
    answer({ picture: await drawPicture(job.path, job.kind, job.page) })
    return
  }
  for await (const page of readPages(job.path, job.kind)) {
    answer({ page })
    // A page leaves a hundred megabytes of garbage that the next would come on top of.
    ;(globalThis as { gc?: () => void }).gc?.()
  }
}

function answer(message: ChildAnswer, then?: () => void) {
  if (process.connected) process.send?.(message, undefined, undefined, () => then?.())
}
