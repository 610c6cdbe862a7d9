import { flowJobs, flowListeners } from '#modules/flows/jobs.ts'
import { flowRoutes } from '#modules/flows/routes.ts'
import { masterdataJobs } from '#modules/masterdata/jobs.ts'
import { masterdataRoutes } from '#modules/masterdata/routes.ts'
import { targetRoutes } from '#modules/targets/routes.ts'
import type { Module } from '#platform/module.ts'

/** The modules that run, lowest floor first. */
export const modules: readonly Module[] = [
  { name: 'masterdata', routes: masterdataRoutes, jobs: masterdataJobs },
  { name: 'flows', routes: flowRoutes, jobs: flowJobs, listeners: flowListeners },
  { name: 'targets', routes: targetRoutes },
]
