import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { samplesFolder } from '#engines/reading/pages/samples/samples.fixture.ts'
import { openBrowser, picture } from './browser.ts'
import { openOwnMonth } from './own-month.ts'

const journey = openBrowser()
const MONTH = '2027-03'
/** A minute of reading and more, on any machine. */
const PAGES = 40

test('while a file is being read its month cannot be submitted, and says why; once it is stopped it can', async () => {
  const steward = await journey.open('steward')
  const distributor = await openOwnMonth(steward, MONTH, 1)
  const board = await steward.evaluate(
    async (month) => (await fetch(`/api/flow-months/${month}`)).json(),
    MONTH,
  )
  expect(board).toMatchObject({ posted_count: 1, blockers: [] })

  // The month looks ready, and a scan comes in before the person says yes.
  await steward.goto(`/flows/months/${MONTH}`)
  await steward.getByRole('button', { name: '提交关账' }).click()
  const other = await steward.context().newPage()
  await other.goto(`/flows/upload?month=${MONTH}&distributor_id=${distributor}`)
  await other.locator('input[type="file"]').setInputFiles({
    name: '扫描件.pdf',
    mimeType: 'application/pdf',
    buffer: scanOf(await readFile(join(samplesFolder, 'photo.jpg')), PAGES),
  })
  const stop = other.getByRole('button', { name: '停止读取' })
  await stop.waitFor()
  await steward.getByRole('dialog').getByRole('button', { name: '提交关账' }).click()
  await steward
    .getByText(/还有 1 份文件在处理，暂时不能关账/)
    .first()
    .waitFor()
  await picture(steward, 'lock-refused-while-reading')

  // The reading is stopped: the file says so and may be read again, and the month goes on.
  await stop.click()
  await other.getByRole('button', { name: '重新读取' }).waitFor()
  await picture(other, 'reading-stopped')
  await steward.goto(`/flows/months/${MONTH}`)
  await steward.getByRole('button', { name: '提交关账' }).click()
  await steward.getByRole('dialog').getByRole('button', { name: '提交关账' }).click()
  await steward.getByText(/正在等 .*审批/).waitFor()
})

/** A PDF as a scanner makes it: the same picture on every page. */
function scanOf(jpeg: Buffer, pages: number): Buffer {
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  const [height, width] = [jpeg.readUInt16BE(frame + 5), jpeg.readUInt16BE(frame + 7)]
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const starts: number[] = []
  let length = 9
  const put = (head: string, stream?: Buffer) => {
    starts.push(length)
    const object = Buffer.concat([
      Buffer.from(`${starts.length} 0 obj\n${head}\n`),
      ...(stream ? [Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')] : []),
      Buffer.from('endobj\n'),
    ])
    length += object.length
    parts.push(object)
  }
  const paint = Buffer.from('595 0 0 842 0 0 cm /Scan Do')
  const kids = Array.from({ length: pages }, (_, at) => `${at + 5} 0 R`).join(' ')
  put('<</Type/Catalog/Pages 2 0 R>>')
  put(`<</Type/Pages/Count ${pages}/Kids[${kids}]>>`)
  put(
    `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length ${jpeg.length}>>`,
    jpeg,
  )
  put(`<</Length ${paint.length}>>`, paint)
  for (let page = 0; page < pages; page += 1)
    put(
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</Scan 3 0 R>>>>>>',
    )
  const table = starts.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${starts.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${starts.length + 1}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}
