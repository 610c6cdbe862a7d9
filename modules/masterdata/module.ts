import type { Module } from '#platform/module.ts'
import { masterdataJobs } from './jobs.ts'
import { masterdataRoutes } from './routes.ts'

export const masterdataModule: Module = { name: 'masterdata', routes: masterdataRoutes, jobs: masterdataJobs }
