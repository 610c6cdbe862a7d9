import { deliverEvent, type EventListener } from '../events/deliver-event.ts'
import type { Module } from '../module.ts'
import type { JobWork } from './job-context.ts'

/** What runs for each kind of job of the given modules, with the job that brings events to their listeners. */
export function jobsOfModules(modules: readonly Module[]): Record<string, JobWork> {
  const jobs: Record<string, JobWork> = {}
  const listeners: Record<string, EventListener[]> = {}
  for (const module of modules) {
    Object.assign(jobs, module.jobs)
    for (const [name, listener] of Object.entries(module.listeners ?? {})) {
      listeners[name] = [...(listeners[name] ?? []), listener]
    }
  }
  jobs['platform.deliver-event'] = deliverEvent(listeners)
  return jobs
}
