import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { candidateCount } from '#engines/matching/context.ts'
import { pairFeatures } from '#engines/matching/features.ts'
import { growth } from '#engines/matching/training/tree-fitting.ts'
import { writeForest } from '#engines/matching/trees.ts'
import { fitModel, generatedCount, generateLessons, readLessons } from './training.ts'
import { readMaster, readTruth, readUnseen } from './truth.ts'

/** Trees as a source file: lines of bounded length, joined again when it is read. */
function treeSource(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line.length + word.length > 100) {
      lines.push(line)
      line = ''
    }
    line += `${word} `
  }
  lines.push(line.trimEnd())
  const body = lines.map((l) => `  '${l}'`).join(' +\n')
  return `// Trained by \`bin/bench matching --fit\`; the form is told in trees.ts.\nexport const treeText =\n${body}\n`
}

/** Fits ranking and trees on all labelled and generated texts and writes them into the engine's folder. */
export function fitShipped(folder: string, engine: string): void {
  const master = readMaster(folder)
  const taught = readTruth(folder).filter((row) => row.ambiguous !== '1')
  const lessons = readLessons(master, [...taught, ...readUnseen(folder)])
  const model = fitModel(lessons, generateLessons(master, generatedCount), growth)
  const path = join(engine, 'weights.ts')
  const table = pairFeatures
    .map((name, k) => `  ${name}: ${(model.rankWeights[k] as number).toFixed(3)},\n`)
    .join('')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/(const rank: [^=]+ = \{\n)[^}]*/, `$1${table}`))
  const source = treeSource(writeForest(model.grown))
  writeFileSync(join(engine, 'trees.generated.ts'), source)
  process.stdout.write(
    `${lessons.length} labelled texts, ${generatedCount} generated; ${candidateCount} features, ${model.grown.roots.length} trees, ${Math.round(source.length / 1024)} KB\n`,
  )
}
