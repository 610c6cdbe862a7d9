import { CloseOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { JobProgress } from '#ui/show/job-progress.tsx'
import { type FollowedJob, forgetJob, isOver, useFollowedJobs, useJob } from '#ui/use-job.ts'

/** Long work that somebody started stays in sight on every page and says when it is done. */
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
  const { id, title, href } = followed
  useEffect(() => {
    if (isError) forgetJob(id)
    if (!job || !isOver(job) || told.current) return
    told.current = true
    const description = href ? <LinkTo to={href}>{title}</LinkTo> : undefined
    if (job.state === 'done') {
      notification.success({ title: t('shell.job_done', { title }), description, role: 'status' })
      forgetJob(id)
    }
    if (job.state === 'failed') notification.error({ title: t('shell.job_failed', { title }), description })
  }, [job, isError, id, title, href, notification, t])
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
