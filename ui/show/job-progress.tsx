import { useRef } from 'react'
import { useText } from '../i18n.ts'
import { isOver, type Job } from '../use-job.ts'
import { formatCount } from './format.ts'
import { StateTag, type Tone } from './state-tag.tsx'

const tones: Record<Job['state'], Tone> = {
  queued: 'neutral',
  running: 'active',
  done: 'good',
  failed: 'bad',
  cancelled: 'off',
}

export function JobState({ state }: { state: Job['state'] }) {
  const t = useText()
  return <StateTag tone={tones[state]}>{t(`ui.job.${state}`)}</StateTag>
}

/** Stage, count, rate and time left of long work; never a spinner without a number. */
export function JobProgress({ job }: { job: Job }) {
  const t = useText()
  const rate = useRate(job)
  const { progress_done: done, progress_total: total } = job
  const left = rate && total !== null && done !== null ? (total - done) / rate : undefined
  return (
    <div className="qc-job" role="status" aria-live="polite">
      <div className="qc-job-head">
        <JobState state={job.state} />
        {job.stage && <span>{t(`job.stage.${job.stage}`, { defaultValue: job.stage })}</span>}
        {done !== null && (done > 0 || total !== null) && (
          <span className="qc-num">
            {formatCount(done)}
            {total !== null && ` / ${formatCount(total)}`}
          </span>
        )}
        {!isOver(job) && rate !== undefined && rate >= 0.5 && (
          <span className="qc-muted qc-num">{t('ui.rate', { rate: formatCount(Math.round(rate)) })}</span>
        )}
        {!isOver(job) && left !== undefined && (
          <span className="qc-muted qc-num">{t('ui.time_left', { time: duration(left) })}</span>
        )}
      </div>
      {total !== null && done !== null && !isOver(job) && (
        <progress
          className="qc-progress"
          max={Math.max(1, total)}
          value={done}
          aria-label={t(`ui.job.${job.state}`)}
        />
      )}
      {job.state === 'failed' && (
        <p className="qc-bad">
          {t(`refusal.${job.error_code}`, {
            defaultValue: t('ui.job_failed', { code: job.error_code ?? '' }),
          })}
        </p>
      )}
    </div>
  )
}

/** The server's rate when it tells one, else what was seen since this browser first looked. */
function useRate(job: Job): number | undefined {
  const start = useRef<{ id: string; at: number; done: number }>(undefined)
  const done = job.progress_done
  if (done === null) return undefined
  if (start.current?.id !== job.id) start.current = { id: job.id, at: Date.now(), done }
  if (job.rate) return job.rate
  const seconds = (Date.now() - start.current.at) / 1000
  return seconds > 2 ? (done - start.current.done) / seconds : undefined
}

function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  const minutes = Math.floor(whole / 60)
  const two = (value: number) => String(value).padStart(2, '0')
  return minutes >= 60
    ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`
}
