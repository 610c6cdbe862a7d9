import { resolve } from 'node:path'
import { checkTidy } from './tidy-rules.ts'

const { files, problems } = checkTidy(resolve(import.meta.dirname, '../..'))
for (const problem of problems) console.error(problem)
console.log(`tidy: ${files} files read, ${problems.length} problems`)
process.exit(problems.length > 0 ? 1 : 0)
