import sharp from 'sharp'
import type { Chance } from './chance.ts'

export interface Raster {
  width: number
  height: number
  /** Three bytes a pixel. */
  data: Uint8Array
}

interface Point {
  x: number
  y: number
}

/** A sheet as a telephone takes it: aslant, unevenly lit, soft, noisy, sometimes lying on its side. */
export async function photographed(chance: Chance, sheet: Raster): Promise<Buffer> {
  const [width, height] = sheet.width >= sheet.height ? [2300, 1725] : [1725, 2300]
  const map = cornerMap(chance, sheet, width, height)
  const light = someLight(chance, width, height)
  const wave = chance.is(0.3) ? chance.within(1, 4) : 0
  const phase = chance.within(0, 6)
  const fade = chance.is(0.15) ? chance.within(0.25, 0.5) : chance.within(0.75, 0.9)
  const noise = chance.within(3, 11)
  const desk = chance.pick([
    [92, 70, 50],
    [150, 150, 155],
    [60, 62, 70],
    [205, 200, 190],
  ])
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = map(x, y)
      const sy = at.y + wave * Math.sin(at.x / 170 + phase)
      const bright = light(x, y)
      for (let channel = 0; channel < 3; channel++) {
        const ink = colourAt(sheet, at.x, sy, channel)
        const paper = ink < 0 ? (desk[channel] as number) : 255 * (1 - fade) * 0.9 + ink * fade
        const grain = (chance.next() + chance.next() - 1) * noise
        data[(y * width + x) * 3 + channel] = Math.max(0, Math.min(255, paper * bright + grain))
      }
    }
  }
  const soft = sharp(data, { raw: { width, height, channels: 3 } }).blur(chance.within(0.35, 0.95))
  const quality = chance.whole(55, 85)
  const turn = chance.is(0.3) ? chance.pick([90, 180, 270]) : 0
  if (turn === 0) return soft.jpeg({ quality }).toBuffer()
  const lying = sharp(await soft.png().toBuffer()).rotate(turn)
  return lying.jpeg({ quality }).toBuffer()
}

/** Where a pixel of the photo lies on the sheet: a perspective given by the sheet's corners. */
function cornerMap(
  chance: Chance,
  sheet: Raster,
  width: number,
  height: number,
): (x: number, y: number) => Point {
  const fill = chance.within(0.8, 0.97)
  const scale = fill * Math.min(width / sheet.width, height / sheet.height)
  const angle = (chance.within(-4.5, 4.5) * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const jitter = () => chance.within(-0.025, 0.025)
  const corner = (u: number, v: number): Point => {
    const [dx, dy] = [(u - 0.5 + jitter()) * sheet.width * scale, (v - 0.5 + jitter()) * sheet.height * scale]
    return { x: width / 2 + dx * cos - dy * sin, y: height / 2 + dx * sin + dy * cos }
  }
  const h = homography([corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)], sheet)
  return (x, y) => {
    const w = h[6] * x + h[7] * y + 1
    return { x: (h[0] * x + h[1] * y + h[2]) / w, y: (h[3] * x + h[4] * y + h[5]) / w }
  }
}

type Eight = [number, number, number, number, number, number, number, number]

/** The perspective that takes four corners of the photo to those of the sheet. */
function homography(corners: Point[], sheet: Raster): Eight {
  const targets = [
    [0, 0],
    [sheet.width, 0],
    [sheet.width, sheet.height],
    [0, sheet.height],
  ]
  const rows: number[][] = []
  corners.forEach(({ x, y }, at) => {
    const [u, v] = targets[at] as [number, number]
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v])
  })
  for (let column = 0; column < 8; column++) {
    let pivot = column
    for (let row = column; row < 8; row++)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row
    const [chosen, top] = [rows[pivot] as number[], rows[column] as number[]]
    rows[pivot] = top
    rows[column] = chosen
    for (let row = 0; row < 8; row++) {
      if (row === column) continue
      const own = rows[row] as number[]
      const factor = (own[column] as number) / (chosen[column] as number)
      for (let at = column; at < 9; at++) own[at] = (own[at] as number) - factor * (chosen[at] as number)
    }
  }
  return rows.map((row, at) => (row[8] as number) / (row[at] as number)) as Eight
}

/** A lamp to one side, and sometimes the shadow of who takes the picture. */
function someLight(chance: Chance, width: number, height: number): (x: number, y: number) => number {
  const [lx, ly] = [chance.within(-0.2, 1.2), chance.within(-0.2, 1.2)]
  const fall = chance.within(0.1, 0.5)
  const shadow = chance.is(0.25)
  const [edge, slope, depth] = [chance.within(0.3, 0.7), chance.within(-0.5, 0.5), chance.within(0.15, 0.4)]
  return (x, y) => {
    const [u, v] = [x / width, y / height]
    let bright = 1.02 - fall * Math.min(1, Math.hypot(u - lx, v - ly))
    if (shadow) bright *= 1 - depth / (1 + Math.exp(-(u + slope * v - edge) * 30))
    return bright
  }
}

/** Between pixels; -1 beside the sheet. */
function colourAt({ width, height, data }: Raster, x: number, y: number, channel: number): number {
  if (!(x >= 0 && y >= 0 && x < width - 1 && y < height - 1)) return -1
  const [x0, y0] = [x | 0, y | 0]
  const [fx, fy] = [x - x0, y - y0]
  const at = (y0 * width + x0) * 3 + channel
  const below = at + width * 3
  const upper = (data[at] as number) * (1 - fx) + (data[at + 3] as number) * fx
  const lower = (data[below] as number) * (1 - fx) + (data[below + 3] as number) * fx
  return upper * (1 - fy) + lower * fy
}

export type ScanStyle = 'grey' | 'colour' | 'fax'

/** A sheet as a scanner or fax hands it out: a little aslant, grey or black and white, compressed. */
export async function scanned(chance: Chance, sheet: Raster, style: ScanStyle): Promise<Buffer> {
  const raw = { raw: { width: sheet.width, height: sheet.height, channels: 3 as const } }
  const turn = chance.within(-1.6, 1.6)
  let image = sharp(sheet.data, raw).rotate(turn, { background: '#fff' }).blur(chance.within(0.3, 0.7))
  if (style === 'colour') return image.jpeg({ quality: chance.whole(50, 80) }).toBuffer()
  image = image.greyscale()
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  const [noise, level] = [chance.within(2, 9), chance.within(190, 220)]
  for (let at = 0; at < data.length; at++) {
    const value = (data[at] as number) + (chance.next() + chance.next() - 1) * noise * 2
    const speck = style === 'fax' && chance.is(0.0006)
    data[at] = style === 'fax' ? (value > level !== speck ? 255 : 0) : Math.max(0, Math.min(255, value))
  }
  const out = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  return out.jpeg({ quality: style === 'fax' ? 90 : chance.whole(50, 80) }).toBuffer()
}
