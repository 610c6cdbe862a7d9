import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { monthFiles } from './month-files.ts'
import { CURRENT_MONTH, type DemoFile } from './shapes.ts'
import { writeMonthFile } from './write-file.ts'

/** Layouts worth a try on the upload page, from the easy one to the awkward ones. */
const SAMPLE_LAYOUTS = ['template', 'query', 'two-row', 'by-product', 'csv-gbk', 'doc-type']

/** One file of each sample layout, of the month that is being worked on. */
export function sampleFiles(): DemoFile[] {
  const { files } = monthFiles(CURRENT_MONTH)
  return SAMPLE_LAYOUTS.flatMap((layout) => {
    const able = files.filter((file) => file.layout === layout && file.truth.length >= 15)
    const found = able.toSorted((a, b) => a.truth.length - b.truth.length)[0]
    return found ? [found] : []
  })
}

/** Writes the sample files into `dir` (made if missing) and gives their paths. */
export async function samples(dir: string): Promise<string[]> {
  await mkdir(dir, { recursive: true })
  const paths: string[] = []
  for (const file of sampleFiles()) {
    const path = join(dir, file.file_name)
    await writeMonthFile(file, path)
    paths.push(path)
  }
  return paths
}
