import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findActiveContent } from './active-content.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'qucheng-active-'))
})
afterAll(() => rm(dir, { recursive: true }))

const pdf = (body: string | Buffer) =>
  Buffer.concat([Buffer.from('%PDF-1.7\n1 0 obj\n'), Buffer.from(body), Buffer.from('\nendobj\n%%EOF')])
const packed = (text: string) =>
  Buffer.concat([
    Buffer.from('<< /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n'),
    deflateSync(text),
    Buffer.from('\nendstream'),
  ])
const ole = (name: string) =>
  Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(508), Buffer.from(name, 'utf16le')])

test.each([
  ['a PDF that runs a script', pdf('<< /S /JavaScript /JS (app.alert(1)) >>'), ['script']],
  ['one that writes its name with numbers', pdf('<< /S /J#61vaScript >>'), ['script']],
  ['one that packs it', pdf(packed('<< /OpenAction << /S /Launch /F (cmd.exe) >> >>')), ['launch']],
  ['one with a file inside', pdf('<< /Names << /EmbeddedFiles 3 0 R >> >>'), ['attachment']],
  ['a plain one', pdf('<< /Type /Catalog /Pages 2 0 R /JSON 1 >>'), []],
  ['one whose packed part is broken', pdf('<< /Type /ObjStm >>\nstream\nxx\nendstream'), []],
  [
    'a workbook with macros, whatever it is called',
    Buffer.from('PK\u0003\u0004 xl/vbaProject.bin'),
    ['macros'],
  ],
  ['a workbook without', Buffer.from('PK\u0003\u0004 xl/workbook.xml'), []],
  ['an old workbook with macros', ole('_VBA_PROJECT'), ['macros']],
  ['an old workbook without', ole('Workbook'), []],
  ['text that speaks of it', Buffer.from('/JavaScript vbaProject.bin'), []],
])('%s', async (name, bytes, found) => {
  const path = join(dir, name)
  await writeFile(path, bytes)
  expect(await findActiveContent(path)).toEqual(found)
})
