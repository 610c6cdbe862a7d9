import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'
import { ReadingError } from '../../reading-error.ts'

const FORMAT_ERROR = 3
const PASSWORD_ERROR = 4
const SECURITY_ERROR = 5

/** PDFium's memory; its typings name it only beside emscripten's. */
export function heapOf(pdfium: WrappedPdfiumModule): Uint8Array {
  return (pdfium.pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8
}

let loaded: Promise<WrappedPdfiumModule> | null = null

async function load(): Promise<WrappedPdfiumModule> {
  const wasm = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm')
  const bytes = readFileSync(wasm)
  const module = await init({
    wasmBinary: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  })
  module.PDFiumExt_Init()
  return module
}

/** A PDF held in PDFium's memory until `close`. Throws ReadingError 'encrypted' or 'corrupt'. */
export class PdfDocument {
  readonly pdfium: WrappedPdfiumModule
  readonly pages: number
  private readonly document: number
  private readonly memory: number

  private constructor(pdfium: WrappedPdfiumModule, document: number, memory: number) {
    this.pdfium = pdfium
    this.document = document
    this.memory = memory
    this.pages = pdfium.FPDF_GetPageCount(document)
  }

  static async open(bytes: Uint8Array): Promise<PdfDocument> {
    loaded ??= load()
    const pdfium = await loaded
    const memory = pdfium.pdfium.wasmExports.malloc(bytes.length)
    heapOf(pdfium).set(bytes, memory)
    const document = pdfium.FPDF_LoadMemDocument(memory, bytes.length, '')
    if (document) return new PdfDocument(pdfium, document, memory)
    const error = pdfium.FPDF_GetLastError()
    pdfium.pdfium.wasmExports.free(memory)
    if (error === PASSWORD_ERROR || error === SECURITY_ERROR) throw new ReadingError('encrypted')
    throw new ReadingError('corrupt', { reason: error === FORMAT_ERROR ? 'format' : `pdfium ${error}` })
  }

  /** Runs `read` with the page (1-based) open. */
  withPage<T>(page: number, read: (handle: number) => T): T {
    const handle = this.pdfium.FPDF_LoadPage(this.document, page - 1)
    if (!handle) throw new ReadingError('corrupt', { page })
    try {
      return read(handle)
    } finally {
      this.pdfium.FPDF_ClosePage(handle)
    }
  }

  /** Runs `use` with `count` bytes of PDFium's memory, for the values it writes to addresses. */
  withMemory<T>(count: number, use: (address: number) => T): T {
    const address = this.pdfium.pdfium.wasmExports.malloc(count)
    try {
      return use(address)
    } finally {
      this.pdfium.pdfium.wasmExports.free(address)
    }
  }

  float(address: number): number {
    return this.pdfium.pdfium.getValue(address, 'float')
  }

  int(address: number): number {
    return this.pdfium.pdfium.getValue(address, 'i32')
  }

  close() {
    this.pdfium.FPDF_CloseDocument(this.document)
    this.pdfium.pdfium.wasmExports.free(this.memory)
  }
}
