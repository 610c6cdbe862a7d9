import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { adviceFor } from '../advice.ts'
import { inspectFile } from '../inspect-file.ts'
import { defaultLimits } from '../limits.ts'
import type { Book, RawRow } from '../open/source.ts'
import { DOUBTFUL_BELOW } from '../open/source.ts'
import { readLines } from '../read-lines.ts'
import type { KnownNames, ReadLine } from '../shapes.ts'
import { type OpenPagesOptions, openPages } from './open-pages.ts'
import type { PageKind } from './read-pages.ts'
import { renderPage } from './render-page.ts'
import { type SampleLine, sampleLines, samplesFolder } from './samples/samples.fixture.ts'

// Reading a page takes seconds of a core that may be shared.
vi.setConfig({ testTimeout: 90_000 })

const folder = mkdtempSync(join(tmpdir(), 'pages-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sample = (name: string) => join(samplesFolder, name)

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

async function rowsOf(book: Book): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for (const sheet of book.sheets) for await (const batch of sheet.rows()) rows.push(...batch)
  return rows
}

async function linesOf(path: string): Promise<ReadLine[]> {
  const { tables } = await inspectFile(path, 'list')
  const lines: ReadLine[] = []
  for (const layout of tables) for await (const chunk of readLines(path, 'list', layout)) lines.push(...chunk)
  return lines
}

/** The nine columns of a sample's line; half-width, as the comparison does not care which. */
function shown(row: RawRow): string {
  return row.cells.map((cell) => cell.normalize('NFKC').replace(/\s/g, '')).join('|')
}

function printed(line: SampleLine): string {
  return Object.values(line).join('|')
}

const known: KnownNames = {
  customer: (text) => sampleLines(8).some((line) => line.customer === text),
  product: (text) => sampleLines(8).some((line) => line.product === text),
}

async function code(path: string, kind: PageKind, options?: OpenPagesOptions): Promise<string> {
  return openPages(path, kind, defaultLimits, options).then(
    () => 'read',
    (error: { code?: unknown; name: string }) => (typeof error.code === 'string' ? error.code : error.name),
  )
}

describe('a printed list of several pages', () => {
  test('reads exactly: wrapped cells, repeated headers, a row broken by the end of a page, the total left out', async () => {
    const lines = await linesOf(sample('printed.pdf'))
    const read = lines.map(({ reading }) => [
      reading.occurred_on,
      reading.customer_raw,
      reading.product_raw,
      reading.spec_raw,
      reading.lot,
      reading.qty,
      reading.unit,
      reading.price,
      reading.amount_fen,
    ])
    const truth = sampleLines(40).map((line) => [
      line.day,
      line.customer,
      line.product,
      line.spec,
      line.lot,
      line.qty,
      line.unit,
      String(Number(line.price)),
      Math.round(Number(line.amount) * 100),
    ])
    expect(read).toEqual(truth)
    expect(lines.every((line) => line.issues.length === 0)).toBe(true)
  })

  test('keeps page and box of every cell, and is sure of each', async () => {
    const rows = await rowsOf(await openPages(sample('printed.pdf'), 'pdf', defaultLimits))
    const picture = await renderPage(sample('printed.pdf'), 'pdf', 2)
    const second = rows.filter((row) => row.page === 2)
    expect(second.length).toBeGreaterThan(5)
    for (const row of second) {
      row.cells.forEach((cell, at) => {
        if (cell === '') return
        const [left, top, right, bottom] = row.boxes?.[at] ?? [0, 0, 0, 0]
        expect(left >= 0 && top >= 0 && right > left && bottom > top).toBe(true)
        expect(right <= picture.width && bottom <= picture.height).toBe(true)
        expect(row.confidences?.[at]).toBe(1)
      })
    }
  })

  test('reads the same from pages turned by a quarter', async () => {
    const bytes = readFileSync(sample('printed.pdf')).toString('latin1')
    const turned = put(
      'turned.pdf',
      Buffer.from(bytes.replaceAll('/Type /Page\n', '/Type /Page /Rotate 90\n'), 'latin1'),
    )
    const plain = await rowsOf(await openPages(sample('printed.pdf'), 'pdf', defaultLimits))
    const rows = await rowsOf(await openPages(turned, 'pdf', defaultLimits))
    expect(rows.map((row) => row.cells)).toEqual(plain.map((row) => row.cells))
  })
})

describe('a photo', () => {
  test.each(['photo.jpg', 'upside-down.jpg'])(
    '%s: every cell is right or told to be doubtful',
    async (name) => {
      const rows = await rowsOf(await openPages(sample(name), 'picture', defaultLimits, { known }))
      const lines = rows.filter((row) => /^2025-/.test(row.cells[0] ?? ''))
      const truth = sampleLines(10)
      expect(lines.length).toBe(truth.length)
      let wrong = 0
      lines.forEach((row, at) => {
        const expected = printed(truth[at] as SampleLine).split('|')
        shown(row)
          .split('|')
          .forEach((cell, column) => {
            if (cell === expected[column]) return
            wrong++
            expect(row.confidences?.[column]).toBeLessThan(DOUBTFUL_BELOW)
          })
      })
      expect(wrong).toBeLessThanOrEqual(1)
    },
  )

  test('its boxes lie on what they name', async () => {
    const rows = await rowsOf(await openPages(sample('upside-down.jpg'), 'picture', defaultLimits))
    const picture = await renderPage(sample('upside-down.jpg'), 'picture', 1)
    const { data, info } = await sharp(picture.bytes).greyscale().raw().toBuffer({ resolveWithObject: true })
    for (const row of rows.slice(3, 8)) {
      for (const box of row.boxes ?? []) {
        if (!box) continue
        const [left, top, right, bottom] = box
        let darkest = 255
        for (let y = top; y < bottom; y++) {
          for (let x = left; x < right; x++) darkest = Math.min(darkest, data[y * info.width + x] ?? 255)
        }
        expect(darkest).toBeLessThan(150)
      }
    }
  })

  test('within a PDF it is read as a scan', async () => {
    const photo = readFileSync(sample('photo.jpg'))
    const { width = 0, height = 0 } = await sharp(photo).metadata()
    const rows = await rowsOf(
      await openPages(put('scan.pdf', pdfOf(photo, width, height)), 'pdf', defaultLimits, { known }),
    )
    const lines = rows.filter((row) => /^2025-/.test(row.cells[0] ?? '')).map(shown)
    const truth = sampleLines(10).map(printed)
    expect(lines.filter((line) => truth.includes(line)).length).toBeGreaterThanOrEqual(8)
  })
})

describe('what cannot be read is told by name', () => {
  test('an empty file', async () => expect(await code(put('empty.jpg', ''), 'picture')).toBe('empty'))
  test('bytes that are no picture', async () =>
    expect(
      await code(put('no.jpg', Buffer.from('\xff\xd8\xff no picture at all', 'latin1')), 'picture'),
    ).toMatch(/corrupt|unsupported/))
  test.each([
    ['heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['bmp', Buffer.from(`BM\x46\0\0\0\0\0\0\0\x36\0\0\0${'\0'.repeat(56)}`, 'latin1')],
  ])('%s is unsupported, and saving as JPG is advised', async (found, bytes) => {
    const refusal = inspectFile(put(`picture.${found}`, bytes), `picture.${found}`)
    await expect(refusal).rejects.toMatchObject({ code: 'unsupported', params: { found } })
    expect(adviceFor(await refusal.catch((error) => error)).zh).toContain('JPG')
  })
  test('a picture that breaks off', async () =>
    expect(
      await code(put('half.jpg', readFileSync(sample('photo.jpg')).subarray(0, 40_000)), 'picture'),
    ).toBe('corrupt'))
  test('a picture of a thousand million pixels in a few bytes', async () => {
    expect(await code(put('bomb.png', hugePng()), 'picture')).toBe('too-large')
  })
  test('a PDF that breaks off before its pages', async () =>
    expect(await code(put('half.pdf', readFileSync(sample('printed.pdf')).subarray(0, 300)), 'pdf')).toBe(
      'corrupt',
    ))
  test('a PDF with a password', async () =>
    expect(await code(put('locked.pdf', lockedPdf()), 'pdf')).toBe('encrypted'))
})

describe('the process that reads', () => {
  test('is stopped by an abort', async () => {
    const stop = new AbortController()
    const path = put('abort.jpg', readFileSync(sample('photo.jpg')))
    setTimeout(() => stop.abort(), 300)
    expect(await code(path, 'picture', { signal: stop.signal })).toBe('AbortError')
  })
  test('that outgrows its memory is a file too large', async () => {
    const path = put('memory.jpg', readFileSync(sample('photo.jpg')))
    expect(await code(path, 'picture', { child: { memory_bytes: 120_000_000, page_seconds: 60 } })).toBe(
      'too-large',
    )
  })
  test('that takes too long for a page is a file too large', async () => {
    const path = put('time.jpg', readFileSync(sample('photo.jpg')))
    expect(await code(path, 'picture', { child: { memory_bytes: 2e9, page_seconds: 0.2 } })).toBe('too-large')
  })
  test('tells each page, and a second opening costs nothing', async () => {
    const pages: number[] = []
    const path = put('again.pdf', readFileSync(sample('printed.pdf')))
    await openPages(path, 'pdf', defaultLimits, { onPage: ({ page }) => pages.push(page) })
    expect(pages).toEqual(pages.map((_, at) => at + 1))
    const before = performance.now()
    await openPages(path, 'pdf', defaultLimits)
    expect(performance.now() - before).toBeLessThan(200)
  })
})

/** The beginning of a picture of 60,000 × 60,000 pixels. */
function hugePng(): Buffer {
  const header = Buffer.from('\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0', 'latin1')
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(header.subarray(4)))
  const data = Buffer.from('\0\0\0\x0cIDAT\x78\x9c\x63\0\0\0\0\0\0\0\0\0', 'latin1')
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), header, checksum, data, Buffer.alloc(4)])
}

/** A PDF whose one page is a picture. */
function pdfOf(jpeg: Buffer, width: number, height: number): Buffer {
  const content = 'q 840 0 0 594 0 0 cm /I Do Q'
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 840 594] /Resources <</XObject <</I 4 0 R>>>> /Contents 5 0 R>> endobj\n5 0 obj <</Length ${content.length}>> stream\n${content}\nendstream endobj\n4 0 obj <</Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length}>> stream\n`,
    ),
    jpeg,
    Buffer.from('\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF'),
  ])
}

/** A PDF whose key nobody knows. */
function lockedPdf(): string {
  const key = '5a'.repeat(32)
  const objects = [
    '<</Type /Catalog /Pages 2 0 R>>',
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300]>>',
    `<</Filter /Standard /V 1 /R 2 /P -44 /O <${key}> /U <${key}>>>`,
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj ${object} endobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 5\n0000000000 65535 f \n${places.join('')}`
  return `${text}${table}trailer <</Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00><00>]>>\nstartxref\n${text.length}\n%%EOF`
}
