import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '#platform/config.ts'
import { hearEventsOf } from '#platform/events/heard-events.ts'
import { platformRoutes } from '#platform/routes.ts'
import { buildApp } from '#platform/server/build-app.ts'
import { firstRules } from './first-rules.ts'
import { leaveWithSupervisor, openGround } from './ground.ts'
import { whatIsAway, whatIsLacking } from './health.ts'
import { modules } from './modules.ts'

const config = readConfig()
const ground = openGround(config)
hearEventsOf(modules)
const webDir = join(import.meta.dirname, '../../dist/web')
const demoFile = join(config.dataDir, 'demo-logins.json')

const app = await buildApp(
  ground,
  [...platformRoutes(ground, modules), ...modules.flatMap((module) => module.routes)],
  {
    logLevel: process.env.LOG_LEVEL ?? 'warn',
    webDir: existsSync(join(webDir, 'index.html')) ? webDir : undefined,
    isReady: () => whatIsLacking(ground.app, config.dataDir, process.env.ROLE === 'all'),
    doesWithout: () => whatIsAway(ground),
    demoLogins: () => (existsSync(demoFile) ? JSON.parse(readFileSync(demoFile, 'utf8')) : []),
    firstRules,
  },
)

let leaving = false
leaveWithSupervisor(() => {
  if (leaving) return
  leaving = true
  setTimeout(() => process.exit(1), 20_000).unref()
  void app.close().then(() => process.exit(0))
})
await app.listen({ port: config.port, host: config.host })
