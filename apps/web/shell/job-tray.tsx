import { CloseOutlined } from '@ant-design/icons'
import { useLocation } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { JobProgress } from '#ui/show/job-progress.tsx'
import { type FollowedJob, forgetJob, isOver, type Job, useFollowedJobs, useJob } from '#ui/use-job.ts'

/** Long work that somebody started stays in sight on every other page and says how it ended; its own page shows it anyway. */
export function JobTray() {
  const t = useText()
  const jobs = useFollowedJobs()
  if (jobs.length === 0) return null
  return (
    <aside className="qc-tray" aria-label={t('shell.jobs')}>
      {jobs.map((job) => (
        <TrayJob key={job.id} followed={job} />
      ))}
    </aside>
  )
}

function TrayJob({ followed }: { followed: FollowedJob }) {
  const t = useText()
  const { notification } = App.useApp()
  const { data: job, isError } = useJob(followed.id)
  const told = useRef(false)
  const { id, title, href, from } = followed
  const here = useLocation({ select: ({ pathname }) => pathname === from })
  useEffect(() => {
    if (isError) forgetJob(id)
    if (!job || !isOver(job) || told.current) return
    told.current = true
    const description = href ? <LinkTo to={href}>{title}</LinkTo> : undefined
    const ended = endOf(job)
    if (here || job.state !== 'failed') forgetJob(id)
    if (here || job.state === 'cancelled') return
    if (ended === 'failed') notification.error({ title: t('shell.job_failed', { title }), description })
    else if (ended === 'asks') notification.warning({ title: t('shell.job_asks', { title }), description })
    else notification.success({ title: t('shell.job_done', { title }), description, role: 'status' })
  }, [job, isError, id, title, href, here, notification, t])
  if (here) return null
  return (
    <div className="qc-tray-job">
      <div className="qc-card-head">
        {href ? <LinkTo to={href}>{title}</LinkTo> : <strong>{title}</strong>}
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={`${t('shell.forget')} ${title}`}
          onClick={() => forgetJob(id)}
        />
      </div>
      {job && <JobProgress job={job} />}
    </div>
  )
}

/** A job that ran to its end may have found that its file cannot be read, or that a person is asked first. */
function endOf({ state, result }: Job): 'done' | 'failed' | 'asks' {
  if (state === 'failed') return 'failed'
  const found = (result as { state?: unknown } | null | undefined)?.state
  if (found === 'failed') return 'failed'
  return found === 'mapping' ? 'asks' : 'done'
}
