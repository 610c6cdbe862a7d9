import type { Colour, Grey } from './picture.ts'

const CELL = 48
/** A seal is larger than any run of red figures: share of red pixels in a cell of the grid. */
const SEAL_SHARE = 0.02
const SEAL_CELLS = 4

/** Colour → evenly lit grey: seals taken away, the paper's brightness made one. */
export function evenGrey(picture: Colour): Grey {
  const { width, height, data } = picture
  const seals = sealCells(picture)
  const across = Math.ceil(width / CELL)
  const grey = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / CELL) * across
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const [r, g, b] = [data[at * 3] as number, data[at * 3 + 1] as number, data[at * 3 + 2] as number]
      // In the red channel red ink is nearly as bright as paper, black print under it is not.
      grey[at] = seals[row + Math.floor(x / CELL)] ? r : (r * 77 + g * 150 + b * 29) >> 8
    }
  }
  return flattened({ width, height, data: grey })
}

/** Cells of the grid that a seal touches: red, and part of a group both wider and higher than a line of text. */
function sealCells({ width, height, data }: Colour): Uint8Array {
  const across = Math.ceil(width / CELL)
  const down = Math.ceil(height / CELL)
  const counts = new Uint32Array(across * down)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / CELL) * across
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      const red = data[at] as number
      if (red > (data[at + 1] as number) + 45 && red > (data[at + 2] as number) + 35) {
        const cell = row + Math.floor(x / CELL)
        counts[cell] = (counts[cell] as number) + 1
      }
    }
  }
  const red = Uint8Array.from(counts, (count) => (count > CELL * CELL * SEAL_SHARE ? 1 : 0))
  return largeGroups(red, across, down)
}

function largeGroups(red: Uint8Array, across: number, down: number): Uint8Array {
  const kept = new Uint8Array(red.length)
  const seen = new Uint8Array(red.length)
  for (let start = 0; start < red.length; start++) {
    if (!red[start] || seen[start]) continue
    const group = [start]
    seen[start] = 1
    for (const cell of group) {
      const [cx, cy] = [cell % across, Math.floor(cell / across)]
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [x, y] = [cx + dx, cy + dy]
          const next = y * across + x
          if (x < 0 || y < 0 || x >= across || y >= down || !red[next] || seen[next]) continue
          seen[next] = 1
          group.push(next)
        }
      }
    }
    const xs = group.map((cell) => cell % across)
    const ys = group.map((cell) => Math.floor(cell / across))
    const [wide, high] = [Math.max(...xs) - Math.min(...xs) + 1, Math.max(...ys) - Math.min(...ys) + 1]
    if (Math.min(wide, high) < 3 || group.length < SEAL_CELLS) continue
    for (let y = Math.min(...ys); y <= Math.max(...ys); y++) {
      kept.fill(1, y * across + Math.min(...xs), y * across + Math.max(...xs) + 1)
    }
  }
  return kept
}

/** Divides by the brightness of the paper around, so that shadow and lamp vanish. */
function flattened(picture: Grey): Grey {
  const { width, height, data } = picture
  const across = Math.ceil(width / CELL)
  const down = Math.ceil(height / CELL)
  const paper = smoothed(paperOf(picture, across, down), across, down)
  const out = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    const gy = Math.min(Math.max(y / CELL - 0.5, 0), down - 1)
    const [y0, y1] = [Math.floor(gy), Math.min(Math.floor(gy) + 1, down - 1)]
    const fy = gy - y0
    for (let x = 0; x < width; x++) {
      const gx = Math.min(Math.max(x / CELL - 0.5, 0), across - 1)
      const [x0, x1] = [Math.floor(gx), Math.min(Math.floor(gx) + 1, across - 1)]
      const fx = gx - x0
      const upper = (paper[y0 * across + x0] as number) * (1 - fx) + (paper[y0 * across + x1] as number) * fx
      const lower = (paper[y1 * across + x0] as number) * (1 - fx) + (paper[y1 * across + x1] as number) * fx
      const light = upper * (1 - fy) + lower * fy
      out[y * width + x] = Math.min(255, ((data[y * width + x] as number) * 238) / Math.max(light, 20))
    }
  }
  return { width, height, data: out }
}

/** For each cell of the grid the brightness that 85 of 100 pixels do not reach. */
function paperOf({ width, height, data }: Grey, across: number, down: number): Float32Array {
  const paper = new Float32Array(across * down)
  const histogram = new Uint32Array(256)
  for (let cy = 0; cy < down; cy++) {
    for (let cx = 0; cx < across; cx++) {
      histogram.fill(0)
      let count = 0
      for (let y = cy * CELL; y < Math.min(height, (cy + 1) * CELL); y += 2) {
        for (let x = cx * CELL; x < Math.min(width, (cx + 1) * CELL); x += 2) {
          const value = data[y * width + x] as number
          histogram[value] = (histogram[value] as number) + 1
          count++
        }
      }
      let seen = 0
      let value = 255
      while (value > 0 && seen < count * 0.15) seen += histogram[value--] as number
      paper[cy * across + cx] = value + 1
    }
  }
  return paper
}

/** The brightest of each 3 × 3 neighbourhood, then their mean: a dark heading does not count as dark paper. */
function smoothed(paper: Float32Array, across: number, down: number): Float32Array {
  const around = (from: Float32Array, join: (values: number[]) => number) =>
    Float32Array.from(from, (_, cell) => {
      const [cx, cy] = [cell % across, Math.floor(cell / across)]
      const values: number[] = []
      for (let y = Math.max(0, cy - 1); y <= Math.min(down - 1, cy + 1); y++) {
        for (let x = Math.max(0, cx - 1); x <= Math.min(across - 1, cx + 1); x++) {
          values.push(from[y * across + x] as number)
        }
      }
      return join(values)
    })
  const brightest = around(paper, (values) => [...values].sort((a, b) => b - a)[1] ?? values[0] ?? 255)
  return around(brightest, (values) => values.reduce((sum, each) => sum + each, 0) / values.length)
}
