import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { encodeGbk } from '#apps/server/demo/generate/gbk.ts'
import { type FilePlan, filePlans, rowsOf } from './rows.ts'
import type { BenchWorld } from './world.ts'

/** Written once a folder: a later run with the same numbers finds them. Returns the plans; files lie under their names. */
export async function writeFiles(
  folder: string,
  world: BenchWorld,
  rows: number,
  files: number,
): Promise<FilePlan[]> {
  const plans = filePlans(world, rows, files)
  const mark = join(folder, 'written.json')
  const wanted = JSON.stringify(plans)
  if ((await readFile(mark, 'utf8').catch(() => '')) === wanted) return plans
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const plan of plans) {
    const path = join(folder, plan.name)
    await (plan.format === 'xlsx' ? writeBook(path, world, plan) : writeText(path, world, plan))
  }
  await writeFile(mark, wanted)
  return plans
}

async function writeText(path: string, world: BenchWorld, plan: FilePlan): Promise<void> {
  const out = createWriteStream(path)
  const send = async (text: string) => {
    if (!out.write(plan.format === 'csv-gbk' ? encodeGbk(text) : text)) await once(out, 'drain')
  }
  await send(`${plan.headers.join(',')}\r\n`)
  let text = ''
  for (const row of rowsOf(world, plan)) {
    text += `${row.join(',')}\r\n`
    if (text.length < 200_000) continue
    await send(text)
    text = ''
  }
  await send(text)
  out.end()
  await once(out, 'finish')
}

/** Shared strings and real date cells, as spreadsheet programs save them. */
async function writeBook(path: string, world: BenchWorld, plan: FilePlan): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: path,
    useSharedStrings: true,
    useStyles: true,
  })
  const sheet = book.addWorksheet('销售明细')
  sheet.getColumn(1).numFmt = 'yyyy-mm-dd'
  sheet.addRow([...plan.headers]).commit()
  for (const [date, ...rest] of rowsOf(world, plan))
    sheet.addRow([new Date(`${date}T00:00:00Z`), ...rest]).commit()
  sheet.commit()
  await book.commit()
}
