import { flowApprovals, flowJobs, flowListeners } from '#modules/flows/jobs.ts'
import { flowRoutes } from '#modules/flows/routes.ts'
import { masterdataApprovals, masterdataJobs, masterdataListeners } from '#modules/masterdata/jobs.ts'
import { masterdataRoutes } from '#modules/masterdata/routes.ts'
import { targetRoutes } from '#modules/targets/routes.ts'
import type { Module } from '#platform/module.ts'

/** The modules that run, lowest floor first. */
export const modules: readonly Module[] = [
  {
    name: 'masterdata',
    routes: masterdataRoutes,
    jobs: masterdataJobs,
    listeners: masterdataListeners,
    approvalKinds: masterdataApprovals,
  },
  {
    name: 'flows',
    routes: flowRoutes,
    jobs: flowJobs,
    listeners: flowListeners,
    approvalKinds: flowApprovals,
  },
  { name: 'targets', routes: targetRoutes },
]
