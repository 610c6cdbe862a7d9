import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'

/**
 * The sample pages: lists printed by a browser to PDF, or photographed by arithmetic. Run as a program
 * (`node engines/reading/pages/samples/samples.fixture.ts`) it draws them anew into this folder; the tests need no browser.
 */
export const samplesFolder = import.meta.dirname

export interface SampleLine {
  day: string
  customer: string
  product: string
  spec: string
  lot: string
  qty: string
  unit: string
  price: string
  amount: string
}

const CUSTOMERS = ['青山县人民医院', '白水镇中心卫生院', '临江市妇幼保健院', '云岭区中医院']
const PRODUCTS = [
  { product: '盐酸氨溴索口服溶液', spec: '100ml:0.6g', unit: '瓶', price: 1865 },
  { product: '利伐沙班片', spec: '20mg*7片', unit: '盒', price: 19642 },
  { product: '枸橼酸莫沙必利片', spec: '5mg*24片', unit: '盒', price: 2106 },
  { product: '缬沙坦胶囊', spec: '80mg*7粒', unit: '盒', price: 3214 },
]
const QUANTITIES = [10, 200, 5, -2, 30, 8, 120, 1, 60, 15]

/** The lines every sample shows, the first `count` of them. */
export function sampleLines(count: number): SampleLine[] {
  return Array.from({ length: count }, (_, at) => {
    const { product, spec, unit, price } = PRODUCTS[at % PRODUCTS.length] as (typeof PRODUCTS)[number]
    const qty = QUANTITIES[at % QUANTITIES.length] as number
    return {
      day: `2025-09-${String(1 + Math.floor(at / 2)).padStart(2, '0')}`,
      customer: CUSTOMERS[(at * 3) % CUSTOMERS.length] as string,
      product,
      spec,
      lot: `B2409${String(100 + (at % 4) * 37)}`,
      qty: String(qty),
      unit,
      price: (price / 100).toFixed(2),
      amount: ((qty * price) / 100).toFixed(2),
    }
  })
}

const HEADERS: Record<keyof SampleLine, string> = {
  day: '销售日期',
  customer: '客户名称',
  product: '商品名称',
  spec: '规格',
  lot: '批号',
  qty: '数量',
  unit: '单位',
  price: '单价',
  amount: '金额',
}

function listHtml(lines: SampleLine[], style: string, below: string): string {
  const columns = Object.keys(HEADERS) as (keyof SampleLine)[]
  const head = columns.map((column) => `<th>${HEADERS[column]}</th>`).join('')
  const body = lines.map(
    (line) => `<tr>${columns.map((column) => `<td class="${column}">${line[column]}</td>`).join('')}</tr>`,
  )
  const total = lines.reduce((sum, line) => sum + Math.round(Number(line.amount) * 100), 0) / 100
  const count = lines.reduce((sum, line) => sum + Number(line.qty), 0)
  return `<meta charset="utf-8"><style>
    body { font: 12px "Noto Sans CJK SC"; margin: 16px; position: relative }
    table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 4px 6px }
    .qty, .price, .amount { text-align: right } h3 { text-align: center }
    .seal { position: absolute; right: 260px; top: 150px; width: 110px; height: 110px; border: 4px solid #d33c;
      border-radius: 50%; color: #d33c; line-height: 110px; text-align: center; font-size: 16px } ${style}</style>
    <h3>某某医药有限公司销售明细</h3><div>打印时间：2025-10-02 08:30</div>
    <table><thead><tr>${head}</tr></thead>${body.join('')}
    <tr><td>合计</td><td></td><td></td><td></td><td></td><td class="qty">${count}</td><td></td><td></td><td class="amount">${total.toFixed(2)}</td></tr>
    </table><div>制单：张三</div>${below}`
}

interface Camera {
  /** Degrees. */
  turn: number
  /** How much nearer the lower edge is. */
  keystone: number
  /** How much light the far corner lacks, 0..1. */
  shadow: number
  noise: number
}

/** A sheet as a camera sees it: on a dark table, aslant, unevenly lit. The same noise every time. */
async function photographed(png: Buffer, camera: Camera): Promise<Buffer> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const [width, height] = [Math.round(info.width * 1.1), Math.round(info.height * 1.1)]
  const out = Buffer.alloc(width * height * 3)
  const [cos, sin] = [Math.cos((camera.turn * Math.PI) / 180), Math.sin((camera.turn * Math.PI) / 180)]
  let seed = 1
  const noise = () => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return (seed / 0x7fffffff - 0.5) * camera.noise
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const near = 1 + camera.keystone * (y / height - 0.5) * 2
      const [u, v] = [(x - width / 2) * near, (y - height / 2) * near]
      const [sx, sy] = [
        Math.round(u * cos + v * sin + info.width / 2),
        Math.round(v * cos - u * sin + info.height / 2),
      ]
      const inside = sx >= 0 && sy >= 0 && sx < info.width && sy < info.height
      const light = 1 - camera.shadow * (x / width) * (1 - y / height)
      for (let channel = 0; channel < 3; channel++) {
        const paper = inside
          ? 30 + (data[(sy * info.width + sx) * 3 + channel] as number) * 0.83
          : 60 - channel * 12
        out[(y * width + x) * 3 + channel] = Math.max(0, Math.min(255, paper * light + noise()))
      }
    }
  }
  return sharp(out, { raw: { width, height, channels: 3 } })
    .blur(0.5)
    .jpeg({ quality: 72 })
    .toBuffer()
}

async function draw() {
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  const page = await browser.newPage({ viewport: { width: 1000, height: 500 }, deviceScaleFactor: 1.6 })
  const put = (name: string, bytes: Uint8Array) => writeFile(join(samplesFolder, name), bytes)
  const narrow =
    '.customer, .product { width: 80px } td { vertical-align: top } thead { display: table-header-group }'
  await page.setContent(listHtml(sampleLines(40), narrow, ''))
  await put('printed.pdf', await page.pdf({ format: 'A5', landscape: true }))
  await page.setContent(listHtml(sampleLines(10), 'td { border-bottom: 1px solid #888 }', ''))
  const photo = await photographed(await page.screenshot(), {
    turn: 3,
    keystone: 0.05,
    shadow: 0.5,
    noise: 14,
  })
  await put('photo.jpg', photo)
  await page.setContent(
    listHtml(sampleLines(10), 'td, th { border: 1px solid #444 }', '<div class="seal">出库专用章</div>'),
  )
  const scan = await photographed(await page.screenshot(), { turn: -0.7, keystone: 0, shadow: 0, noise: 6 })
  await put('upside-down.jpg', await sharp(scan).rotate(180).jpeg({ quality: 72 }).toBuffer())
  await browser.close()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await draw()
