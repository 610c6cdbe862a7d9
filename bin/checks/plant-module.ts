import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const emptyWords = `import type { Words } from '#ui/pages.ts'

export const words: Words = {}
`
const HEADINGS = ['Owns', 'Does not own', 'Words', 'States', 'Invariants', 'Times', 'Start here']

/** Writes the skeleton of a module and mounts it: on the highest floor, and in the server. Returns the files it made. */
export function plantModule(root: string, name: string): string[] {
  if (!/^[a-z]{3,30}$/.test(name))
    throw new Error('A module is named by one plural word of small letters, as "orders".')
  const folder = join('modules', name)
  if (existsSync(join(root, folder))) throw new Error(`${folder} is there already.`)
  const made: string[] = []
  for (const [path, text] of Object.entries(skeleton(name))) {
    const file = join(folder, path)
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
    made.push(file)
  }
  rewrite(join(root, 'apps/server/modules.ts'), [
    [/^/, `import { ${name}Module } from '#modules/${name}/module.ts'\n`],
    [/(modules: readonly Module\[\] = \[[^\]]*?),?\s*\]/, `$1, ${name}Module]`],
  ])
  rewrite(join(root, 'bin/checks/floors.ts'), [[/(FLOORS[^=]*= \[[\s\S]*?)\n\]/, `$1\n  ['${name}'],\n]`]])
  return made
}

function rewrite(file: string, changes: [RegExp, string][]): void {
  let text = readFileSync(file, 'utf8')
  for (const [place, added] of changes) {
    if (!place.test(text)) throw new Error(`${file} is not as expected; mount the module by hand.`)
    text = text.replace(place, added)
  }
  writeFileSync(file, text)
}

function skeleton(name: string): Record<string, string> {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  return {
    'README.md': `# ${title}\n\n${HEADINGS.map((heading) => `## ${heading}\n`).join('\n')}`,
    'shapes.ts': `/** Permissions of this module; refusal codes and zod shapes come beside them. */
export const permissions = ['${name}.read'] as const
`,
    'tables.ts': `declare module '#platform/db.ts' {
  // The row types this module owns.
  interface Tables {}
}

export {}
`,
    'public.ts': `/** What neighbours may call, and the events this module publishes. */
export const events = [] as const
`,
    'routes.ts': `import type { Route } from '#platform/http.ts'

export const routes: readonly Route[] = []
`,
    'jobs.ts': `import type { Module } from '#platform/module.ts'

export const jobs: NonNullable<Module['jobs']> = {}
`,
    'module.ts': `import type { Module } from '#platform/module.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'

export const ${name}Module: Module = { name: '${name}', routes, jobs }
`,
    'web/pages.tsx': `import type { PageDefinition } from '#ui/pages.ts'

export const pages: PageDefinition[] = []
`,
    'web/messages/zh-cn.ts': emptyWords,
    'web/messages/en.ts': emptyWords,
  }
}
