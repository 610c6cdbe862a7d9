import { readFile } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'

/** What a file holds besides what is read of it: nothing of it is ever run here, but whoever opens the file should know. */
export type ActiveContent = 'script' | 'launch' | 'attachment' | 'macros'

const PDF_NAMES: [ActiveContent, RegExp][] = [
  ['script', /\/(JS|JavaScript)(?![A-Za-z])/],
  ['launch', /\/Launch(?![A-Za-z])/],
  ['attachment', /\/EmbeddedFiles?(?![A-Za-z])/],
]
/** Objects of a PDF may lie packed; more than this is not unpacked. */
const UNPACKED_MAX = 64 * 1024 * 1024

/** Looks into a PDF or a workbook for scripts, programs to start, attached files and macros. Told by content, not by name. */
export async function findActiveContent(path: string): Promise<ActiveContent[]> {
  const bytes = await readFile(path)
  if (bytes.subarray(0, 1024).includes('%PDF-')) return inPdf(bytes)
  const isZip = bytes.subarray(0, 2).equals(Buffer.from('PK'))
  const isOle = bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))
  const macros =
    (isZip && bytes.includes('vbaProject.bin')) ||
    (isOle && bytes.includes(Buffer.from('_VBA_PROJECT', 'utf16le')))
  return macros ? ['macros'] : []
}

function inPdf(bytes: Buffer): ActiveContent[] {
  const found = new Set<ActiveContent>()
  for (const text of [bytes.toString('latin1'), ...packedObjects(bytes)]) {
    // A name may be written with its letters as numbers: /J#61vaScript.
    const plain = text.replace(/#([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    for (const [what, name] of PDF_NAMES) if (name.test(plain)) found.add(what)
  }
  return [...found].sort()
}

/** The texts of the object streams, unpacked. */
function* packedObjects(bytes: Buffer): Generator<string> {
  let left = UNPACKED_MAX
  for (let at = bytes.indexOf('/ObjStm'); at >= 0 && left > 0; at = bytes.indexOf('/ObjStm', at + 7)) {
    const word = bytes.indexOf('stream', at)
    if (word < 0) return
    const begin = word + 6 + (bytes[word + 6] === 13 ? 2 : 1)
    const end = bytes.indexOf('endstream', begin)
    if (end < 0) return
    try {
      const text = inflateSync(bytes.subarray(begin, end), { maxOutputLength: left }).toString('latin1')
      left -= text.length
      yield text
    } catch {
      // Packed in another way, or broken: the reader of the PDF will tell.
    }
  }
}
