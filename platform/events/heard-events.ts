import type { Module } from '../module.ts'

let heard: ReadonlySet<string> | null = null

/**
 * Told once by each program when it starts with its modules: an event that nobody listens to needs no job to bring it.
 * Until it is told every event gets its job.
 */
export function hearEventsOf(modules: readonly Module[]): void {
  heard = new Set(modules.flatMap((module) => Object.keys(module.listeners ?? {})))
}

/** Whether somebody may listen to the events of this name. */
export function isHeard(name: string): boolean {
  return heard === null || heard.has(name)
}
