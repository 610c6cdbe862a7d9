import { approvalRoutes } from './approvals/approval-routes.ts'
import { anchorSeal } from './audit/anchors.ts'
import { auditRoutes } from './audit/audit-routes.ts'
import { sealAudit } from './audit/seal-audit.ts'
import { keyRoutes } from './auth/key-routes.ts'
import { peopleRoutes } from './auth/people-routes.ts'
import { profileRoutes } from './auth/profile-routes.ts'
import type { Route } from './http.ts'
import { cleanUp } from './jobs/clean-up.ts'
import type { ClockTimes } from './jobs/clock.ts'
import type { JobWork } from './jobs/job-context.ts'
import { jobRoutes } from './jobs/job-routes.ts'
import type { Module } from './module.ts'
import { notificationRoutes } from './notifications/notification-routes.ts'
import { sendMail } from './notifications/send-mail.ts'
import { platformSentences } from './notifications/sentences.ts'
import type { Ground } from './server/authenticate.ts'

/** The platform's own doors for HTTP; approval rules are set for what the given modules ask approval for. */
export function platformRoutes(ground: Ground, modules: readonly Module[] = []): Route[] {
  return [
    ...profileRoutes(ground),
    ...peopleRoutes(ground),
    ...keyRoutes(ground),
    ...jobRoutes(),
    ...auditRoutes(ground.config.dataDir),
    ...notificationRoutes(),
    ...approvalRoutes(
      ground.rolePermissions,
      modules.flatMap((module) => module.approvalKinds ?? []),
    ),
  ]
}

/** What runs for the platform's own kinds of jobs; mails speak with the sentences of the given modules. */
export function platformJobs(ground: Ground, modules: readonly Module[]): Record<string, JobWork> {
  const sentences = Object.assign({}, platformSentences, ...modules.map((module) => module.sentences))
  return {
    'platform.send-mail': sendMail(ground.app, ground.config, sentences),
    'platform.seal-audit': async (job) => {
      const seal = await job.transaction(sealAudit)
      if (!seal) return
      await anchorSeal(ground.config.dataDir, job.companyId, seal)
      return seal
    },
    'platform.clean-up': cleanUp(ground),
  }
}

/** All jobs of the clock: the platform's own and the modules'. */
export function clockTimes(modules: readonly Module[]): ClockTimes {
  const own = { 'platform.seal-audit': '7 * * * *', 'platform.clean-up': '40 18 * * *' }
  return Object.assign({}, own, ...modules.map((module) => module.clock))
}
