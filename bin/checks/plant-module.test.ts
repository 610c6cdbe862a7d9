import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withTree } from './fixture-tree.ts'
import { plantModule } from './plant-module.ts'
import { checkTidy } from './tidy-rules.ts'

const HOUSE = {
  'apps/server/api.ts': "import { modules } from './modules.ts'\nmodules.at(0)\n",
  'apps/server/modules.ts': `import type { Module } from '#platform/module.ts'

export const modules: readonly Module[] = [ordersModule]
`,
  'apps/web/main.tsx':
    "import.meta.glob('../../modules/*/web/pages.tsx')\nimport.meta.glob('../../modules/*/web/messages/*.ts')\n",
  'bin/checks/floors.ts': readFileSync(join(import.meta.dirname, 'floors.ts'), 'utf8'),
  'platform/module.ts': 'export type Module = object\n',
}

test('a new module is mounted, stands on the highest floor and is tidy but for the doors nobody uses yet', () => {
  withTree(HOUSE, (root) => {
    expect(plantModule(root, 'samples')).toHaveLength(10)
    const read = (path: string) => readFileSync(join(root, path), 'utf8')
    expect(read('apps/server/modules.ts')).toContain('[ordersModule, samplesModule]')
    expect(read('bin/checks/floors.ts')).toContain("  ['analytics'],\n  ['samples'],\n]")
    expect(checkTidy(root).problems).toEqual([])
  })
})

test('a name that is no plain word, or taken, is refused', () => {
  withTree(HOUSE, (root) => {
    expect(() => plantModule(root, 'Order-Helper')).toThrow(/one plural word/)
    plantModule(root, 'samples')
    expect(() => plantModule(root, 'samples')).toThrow(/there already/)
  })
})
