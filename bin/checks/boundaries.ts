import { resolve } from 'node:path'
import { checkBoundaries } from './boundary-rules.ts'

const { files, imports, problems } = checkBoundaries(resolve(import.meta.dirname, '../..'))
for (const problem of problems) console.error(problem)
console.log(`boundaries: ${files} files and ${imports} imports read, ${problems.length} problems`)
process.exit(problems.length > 0 ? 1 : 0)
