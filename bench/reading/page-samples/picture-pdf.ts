export interface PdfPicture {
  jpeg: Buffer
  width: number
  height: number
  grey: boolean
}

/** A PDF that holds nothing but a JPEG a page, as scanners write it; `dpi` gives the page's size. */
export function picturePdf(pictures: PdfPicture[], dpi: number): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  let length = parts[0]?.length ?? 0
  const add = (...pieces: (string | Buffer)[]) => {
    offsets.push(length)
    for (const piece of [`${offsets.length} 0 obj\n`, ...pieces, '\nendobj\n']) {
      const bytes = Buffer.from(piece)
      parts.push(bytes)
      length += bytes.length
    }
  }
  add('<</Type/Catalog/Pages 2 0 R>>')
  const kids = pictures.map((_, at) => `${3 + at * 3} 0 R`)
  add(`<</Type/Pages/Count ${pictures.length}/Kids[${kids.join(' ')}]>>`)
  pictures.forEach(({ jpeg, width, height, grey }, at) => {
    const [wide, high] = [(width * 72) / dpi, (height * 72) / dpi]
    const first = 3 + at * 3
    add(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${wide} ${high}]/Contents ${first + 1} 0 R/Resources<</XObject<</I ${first + 2} 0 R>>>>>>`,
    )
    const drawing = `q ${wide} 0 0 ${high} 0 0 cm /I Do Q`
    add(`<</Length ${drawing.length}>>stream\n${drawing}\nendstream`)
    add(
      `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/${grey ? 'DeviceGray' : 'DeviceRGB'}/Filter/DCTDecode/Length ${jpeg.length}>>stream\n`,
      jpeg,
      '\nendstream',
    )
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${offsets.length + 1}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}
