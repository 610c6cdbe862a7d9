import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { cleanPicture } from './clean-picture.ts'
import { drawSeal, SEAL_MM } from './draw-seal.ts'
import { drawStrokes } from './draw-strokes.ts'

async function pixels(png: Uint8Array) {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4),
  ]
  return { ...info, at, data }
}

describe('a seal is drawn from the name', () => {
  test.each([
    ['华药'],
    ['上海渠成示例医疗科技有限公司'],
    ['新疆维吾尔自治区伊犁哈萨克自治州示例经济技术开发区中新康泰医疗器械供应链管理有限责任公司'],
    ['Evergreen Sample Medical Devices (Shanghai) Co., Ltd.'],
  ])('%s: no character is lost, none leaves the ring or meets another', async (name) => {
    const { svg, png } = drawSeal({ name, kind: '合同专用章', number: '3101150123456' })
    const drawn = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, one]) => one?.replace('&#38;', '&'))
    expect(drawn.join('')).toBe(`${name}合同专用章3101150123456`)
    const angles = [...svg.matchAll(/rotate\((-?[\d.]+) /g)]
      .map(([, angle]) => Number(angle))
      .slice(0, [...name].length)
    expect(angles).toEqual([...angles].sort((a, b) => a - b))
    expect((angles[0] ?? 0) + (angles.at(-1) ?? 0)).toBeCloseTo(0, -1)
    const { width, at } = await pixels(png)
    expect(width).toBe(SEAL_MM * 20)
    expect(at(2, 2)[3]).toBe(0)
    expect(at(width / 2, width / 2)).toEqual([215, 0, 15, 255])
    // Between the letters and the ring there is a clear circle.
    const radius = (SEAL_MM / 2 - 1.75) * 20
    const inked = Array.from({ length: 360 }, (_, degree) => {
      const angle = (degree * Math.PI) / 180
      return (
        at(
          Math.round(width / 2 + radius * Math.cos(angle)),
          Math.round(width / 2 + radius * Math.sin(angle)),
        )[3] ?? 0
      )
    }).filter((alpha) => alpha > 128)
    expect(inked.length).toBeLessThan(8)
  })

  test('markup in a name is a name; characters without a glyph are named', () => {
    expect(drawSeal({ name: '<b>&"公司' }).svg).toContain('&#60;')
    expect(() => drawSeal({ name: '😀公司' })).toThrow(
      expect.objectContaining({ code: 'missing-glyph', params: { characters: '😀' } }),
    )
    expect(() => drawSeal({ name: ' ' })).toThrow(expect.objectContaining({ code: 'bad-document' }))
  })
})

describe('an uploaded picture of a seal', () => {
  test('loses its paper, keeps its red, is cut to its size', async () => {
    const { png } = drawSeal({ name: '上海渠成示例医疗科技有限公司', kind: '合同专用章' })
    const paper = { width: 1400, height: 1200, channels: 3 as const, background: { r: 226, g: 220, b: 205 } }
    const photo = await sharp({ create: paper })
      .composite([{ input: png, left: 300, top: 200 }])
      .jpeg({ quality: 80 })
      .toBuffer()
    const { width, height, at } = await pixels(await cleanPicture(photo))
    expect(Math.abs(width - 828) + Math.abs(height - 828)).toBeLessThan(30)
    expect(at(3, 3)[3]).toBe(0)
    const [red = 0, green = 0, blue = 0, alpha = 0] = at(Math.round(width / 2), Math.round(height / 2))
    expect(red > 180 && green < 50 && blue < 60 && alpha > 230).toBe(true)
  })

  test.each([
    ['a text', Buffer.from('<svg/>'), 'bad-picture'],
    ['a broken PNG', Buffer.from('89504e470d0a1a0a00', 'hex'), 'bad-picture'],
    ['more bytes than allowed', Buffer.alloc(5_000_001, 0xff), 'picture-too-large'],
  ])('%s is refused', async (_, file, code) => {
    await expect(cleanPicture(file)).rejects.toMatchObject({ code })
  })

  test('a bomb of pixels and an empty sheet are refused', async () => {
    const sheet = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#fff' } })
        .png()
        .toBuffer()
    await expect(cleanPicture(await sheet(6000, 6000))).rejects.toMatchObject({ code: 'picture-too-large' })
    await expect(cleanPicture(await sheet(600, 600))).rejects.toMatchObject({
      code: 'bad-picture',
      params: { reason: 'blank' },
    })
  })
})

describe('a handwritten signature', () => {
  test('is cut to its strokes, on a clear ground', async () => {
    const far = [
      [
        { x: 900, y: 500 },
        { x: 950, y: 560 },
        { x: 1000, y: 500 },
        { x: 1100, y: 580 },
      ],
    ]
    const { png, svg } = drawStrokes(far)
    const { width, height, at } = await pixels(png)
    expect(width / height).toBeGreaterThan(2)
    expect(at(0, height - 1)[3]).toBe(0)
    expect(svg).not.toMatch(/NaN|Infinity/)
  })

  test.each([
    ['nothing', []],
    ['a dot', [[{ x: 1, y: 1 }]]],
    [
      'no numbers',
      [
        [
          { x: Number.NaN, y: 1 },
          { x: 2, y: 2 },
          { x: 9, y: 9 },
          { x: 90, y: 9 },
        ],
      ],
    ],
    ['too many points', [Array.from({ length: 20_001 }, (_, x) => ({ x, y: x }))]],
  ])('%s is refused', (_, strokes) => {
    expect(() => drawStrokes(strokes)).toThrow(expect.objectContaining({ code: 'bad-strokes' }))
  })
})
