import { flowJobs, flowListeners } from '#modules/flows/jobs.ts'
import { flowRoutes } from '#modules/flows/routes.ts'
import { masterdataJobs } from '#modules/masterdata/jobs.ts'
import { masterdataRoutes } from '#modules/masterdata/routes.ts'
import { targetRoutes } from '#modules/targets/routes.ts'
import { deliverEvent, type EventListener } from '#platform/events/deliver-event.ts'
import type { JobHandler } from '#platform/jobs/job-context.ts'
import type { Module } from '#platform/module.ts'

/** The modules that run, lowest floor first. */
export const modules: readonly Module[] = [
  { name: 'masterdata', routes: masterdataRoutes, jobs: masterdataJobs },
  { name: 'flows', routes: flowRoutes, jobs: flowJobs, listeners: flowListeners },
  { name: 'targets', routes: targetRoutes },
]

/** All job handlers of the given modules, with the one that brings events to their listeners. */
export function jobHandlers(of: readonly Module[]): Record<string, JobHandler> {
  const handlers: Record<string, JobHandler> = {}
  const listeners: Record<string, EventListener[]> = {}
  for (const module of of) {
    Object.assign(handlers, module.jobs)
    for (const [name, listener] of Object.entries(module.listeners ?? {})) {
      listeners[name] = [...(listeners[name] ?? []), listener]
    }
  }
  handlers['platform.deliver-event'] = deliverEvent(listeners)
  return handlers
}
