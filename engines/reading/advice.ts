import type { ReadingError } from './reading-error.ts'
import type { ReadingErrorCode } from './shapes.ts'

export interface Advice {
  zh: string
  en: string
}

const BY_CODE: Record<ReadingErrorCode, Advice> = {
  empty: {
    zh: '文件是空的，请确认导出成功后重新发送。',
    en: 'The file is empty. Export it again and send it once more.',
  },
  encrypted: {
    zh: '文件设有密码，请去掉密码（另存为不加密的文件）后重新发送。',
    en: 'The file has a password. Save it without one and send it again.',
  },
  corrupt: {
    zh: '文件不完整或已损坏（可能没有下载完），请重新下载或导出后再发送。',
    en: 'The file is incomplete or damaged, perhaps not fully downloaded. Download or export it again.',
  },
  'too-large': {
    zh: '文件太大（解开后超出上限）。请按月或按品种拆分，或删除多余的空白行列后再发送。',
    en: 'The file is too large once unpacked. Split it by month or product, or delete blank rows and columns.',
  },
  'no-table': {
    zh: '没有找到流向表格。请发送包含品名、数量等列的销售、采购或库存明细。',
    en: 'No flow table was found. Send a list of sales, purchases or stock with columns such as product and quantity.',
  },
  'no-rows': {
    zh: '找到了表头，但下面没有数据。如果当期没有业务，请说明；否则请重新导出。',
    en: 'There is a header and no line below it. Say so if there was no business; else export again.',
  },
  unsupported: {
    zh: '暂不支持这种文件。请另存为 Excel 工作簿（.xlsx）或 CSV 后再发送。',
    en: 'This kind of file is not supported. Save it as an Excel workbook (.xlsx) or as CSV.',
  },
}

const AS_JPG: Advice = {
  zh: '暂不支持这种图片。请另存为 JPG，或直接拍照上传。',
  en: 'This kind of picture is not supported. Save it as JPG, or take a photo and upload that.',
}

const BY_FOUND: Record<string, Advice> = {
  heic: AS_JPG,
  bmp: AS_JPG,
  picture: AS_JPG,
  xlsb: {
    zh: '这是二进制工作簿（.xlsb）。请在 Excel 或 WPS 中另存为 .xlsx 后再发送。',
    en: 'This is a binary workbook (.xlsb). Save it as .xlsx in Excel or WPS.',
  },
  ods: {
    zh: '这是 OpenDocument 表格（.ods）。请另存为 .xlsx 后再发送。',
    en: 'This is an OpenDocument spreadsheet (.ods). Save it as .xlsx.',
  },
  archive: {
    zh: '暂不支持 rar、7z 和 gz 压缩包。请解压后发送，或改用 zip。',
    en: 'rar, 7z and gz archives are not supported. Unpack the files, or pack them as zip.',
  },
  program: {
    zh: '这是程序文件，不是表格，已拒绝。',
    en: 'This is a program, not a table. It was refused.',
  },
  doc: {
    zh: '这是 Word 文档。请把其中的表格另存为 Excel，或导出 PDF 后再发送。',
    en: 'This is a Word document. Save its table as Excel, or send a PDF of it.',
  },
}

/** What the sender can do about a file that cannot be read, a sentence in each language. */
export function adviceFor(error: ReadingError): Advice {
  const found = String(error.params.found ?? '').replace(/^docx$/, 'doc')
  return (error.code === 'unsupported' ? BY_FOUND[found] : undefined) ?? BY_CODE[error.code]
}
