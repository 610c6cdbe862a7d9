import { resolve } from 'node:path'
import { plantModule } from './plant-module.ts'

const [name = ''] = process.argv.slice(2)
try {
  const made = plantModule(resolve(import.meta.dirname, '../..'), name)
  console.log(`made ${made.join(', ')}`)
  console.log(`${name} stands on the highest floor (bin/checks/floors.ts); move it down as far as it goes.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
