import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import sharp from 'sharp'
import { PdfDocument } from '#engines/reading/pages/pdf/pdfium.ts'
import { drawPage } from '#engines/reading/pages/pdf/render.ts'
import type { TableKind } from '#engines/reading/public.ts'
import { photographed, type Raster, type ScanStyle, scanned } from './camera.ts'
import { Chance } from './chance.ts'
import { picturePdf } from './picture-pdf.ts'
import { type Look, pageHtml, printed, someLook } from './print.ts'
import { type PrintedTable, someTable } from './sheet.ts'
import type { Truth } from './truth.ts'

export type SampleKind = 'pdf' | 'scan-pdf' | 'photo'

/**
 * Writes `each` files of each kind with their truth into folder/files and folder/truth, all drawn from `seed`: tables with
 * random columns, headers, rules, fonts and groupings, printed by a browser, scanned or photographed by arithmetic. What
 * is there already is kept.
 */
export async function makePageSamples(folder: string, seed: number, each: number): Promise<void> {
  for (const part of ['files', 'truth']) mkdirSync(join(folder, part), { recursive: true })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    for (const kind of ['pdf', 'scan-pdf', 'photo'] as const) {
      for (let at = 0; at < each; at++) await makeSample(browser, folder, seed, kind, at)
    }
  } finally {
    await browser.close()
  }
}

async function makeSample(browser: Browser, folder: string, seed: number, kind: SampleKind, at: number) {
  const chance = new Chance(seed * 1000 + at * 7 + { pdf: 1, 'scan-pdf': 2, photo: 3 }[kind])
  const name = `${kind}-${seed}-${String(at + 1).padStart(2, '0')}`
  const truthPath = join(folder, 'truth', `${name}.json`)
  if (existsSync(truthPath)) return
  const { pdf, tables } = await somePrint(browser, chance, kind)
  const file = `${name}.${kind === 'photo' || (kind === 'scan-pdf' && chance.is(0.25) && (await isOnePage(pdf))) ? 'jpg' : 'pdf'}`
  const bytes = kind === 'pdf' ? pdf : await pictured(chance, kind, pdf, file.endsWith('.jpg'))
  writeFileSync(join(folder, 'files', file), bytes)
  const truth: Truth = { file, kind, expected: 'rows', tables: tables.map((table) => table.truth) }
  writeFileSync(truthPath, JSON.stringify(truth, null, 1))
}

/** Tables and their print; a photo shows one page, so lines are left out until they fit. */
async function somePrint(browser: Browser, chance: Chance, kind: SampleKind) {
  const [from, to] = { pdf: [18, 75], 'scan-pdf': [12, 45], photo: [10, 30] }[kind] as [number, number]
  const first = chance.pick<TableKind>(['sales', 'sales', 'sales', 'sales', 'purchase', 'stock'])
  const second = chance.is(0.1) ? (first === 'sales' ? 'stock' : 'sales') : null
  const count = chance.whole(from, to)
  const seed = chance.whole(1, 1_000_000)
  for (let lines = count; ; lines = Math.floor(lines * 0.8)) {
    const again = new Chance(seed)
    const tables: PrintedTable[] = [someTable(again, first, second ? lines >> 1 : lines)]
    if (second) tables.push(someTable(again, second, lines >> 1))
    const look: Look = someLook(again, Math.max(...tables.map((table) => table.columns.length)), first)
    // In a file's own text a seal is a picture.
    if (kind === 'pdf') look.seal = ''
    const pdf = await printed(browser, pageHtml(tables, look), look)
    if (kind !== 'photo' || lines < 6 || (await isOnePage(pdf))) return { pdf, tables }
  }
}

async function isOnePage(pdf: Buffer): Promise<boolean> {
  const document = await PdfDocument.open(pdf)
  const { pages } = document
  document.close()
  return pages === 1
}

async function rasters(pdf: Buffer, dpi: number): Promise<Raster[]> {
  const document = await PdfDocument.open(pdf)
  try {
    return Array.from({ length: document.pages }, (_, at) =>
      document.withPage(at + 1, (handle) => drawPage(document, handle, 0, dpi / 144, 12_000_000)),
    )
  } finally {
    document.close()
  }
}

async function pictured(chance: Chance, kind: SampleKind, pdf: Buffer, single: boolean): Promise<Buffer> {
  if (kind === 'photo') return photographed(chance, (await rasters(pdf, 190))[0] as Raster)
  const style = chance.pick<ScanStyle>(['grey', 'grey', 'colour', 'fax'])
  const dpi = chance.pick([150, 150, 200])
  const pictures = []
  for (const sheet of await rasters(pdf, dpi)) {
    const jpeg = await scanned(chance, sheet, style)
    const { width, height, channels } = await sharp(jpeg).metadata()
    pictures.push({ jpeg, width, height, grey: channels === 1 })
  }
  return single ? (pictures[0]?.jpeg as Buffer) : picturePdf(pictures, dpi)
}
