/** What a table of a distributor's file tells: goods sold on, goods bought in, or goods lying in stock. */
export type TableKind = 'sales' | 'purchase' | 'stock'

/** The columns this engine knows, in the order in which people are offered them. `product_and_spec` is name and spec printed in one cell. */
export const fields = [
  'occurred_on',
  'month',
  'customer_raw',
  'customer_code',
  'customer_tax_id',
  'customer_address',
  'customer_province',
  'customer_city',
  'customer_county',
  'supplier_raw',
  'distributor_raw',
  'product_raw',
  'spec_raw',
  'product_and_spec',
  'product_code',
  'lot',
  'serial',
  'qty',
  'unit',
  'pack_factor',
  'price',
  'amount',
  'manufacturer',
  'approval_no',
  'mfg_on',
  'expires_on',
  'doc_no',
  'doc_type',
  'salesperson',
  'remark',
] as const
export type Field = (typeof fields)[number]

/** Without these a line of the kind cannot be posted; `product_and_spec` stands in for `product_raw`. */
export const fieldsRequired: Record<TableKind, Field[]> = {
  sales: ['occurred_on', 'customer_raw', 'product_raw', 'qty'],
  purchase: ['occurred_on', 'supplier_raw', 'product_raw', 'qty'],
  stock: ['product_raw', 'qty'],
}

/** What one column is taken to be, how sure that is (0..1) and from what. */
export interface ColumnGuess {
  /** 0-based. */
  column: number
  header: string
  field: Field | null
  confidence: number
  /** 'header' | 'header-part' | 'content' | 'arithmetic' | 'none' | 'mapping' */
  why: string
  /** The unit printed in the header's bracket, e.g. 盒 of 数量（盒）. */
  unit_hint?: string
}

/** A row of a pivot's own columns: every such column is a line of its own with this text put into `field`. */
export interface PivotColumn {
  column: number
  field: 'product_raw' | 'month' | 'occurred_on' | 'customer_raw'
  text: string
  spec?: string
  /** Of a pivot in two levels: a second field this column stands for. */
  also?: { field: 'product_raw' | 'month' | 'occurred_on' | 'customer_raw'; text: string }
  /** Columns of the same group that hold its unit price and amount. */
  price_column?: number
  amount_column?: number
}

/** One table found in a file. Rows are 1-based as the spreadsheet shows them, columns 0-based. */
export interface TableLayout {
  sheet: string
  sheet_index: number
  header_row: number
  header_rows: number
  /** Where another table begins below it in the same sheet; null = to the sheet's end. */
  last_row: number | null
  /** Where another table stands beside it: the columns that are its own, both ends included. Absent = all. */
  column_range?: [number, number]
  kind: TableKind
  kind_confidence: number
  columns: ColumnGuess[]
  /** Stable over files: a hash of the normalised headers in their order, without a pivot's months, products or customers. */
  fingerprint: string
  /** At most 20 rows under the header. */
  sample_rows: SampleRow[]
  /** What the titles above the header, the sheet's and the file's name tell. */
  context: TableContext
  /** Columns whose blank cells mean "as above". */
  fill_down: number[]
  /** Quantities stand under these columns, one line for each filled cell. Empty for a plain list. */
  pivot: PivotColumn[]
  /** The day stands in columns of its own for year, month and day. */
  date_parts?: { year: number; month: number; day?: number }
  /** Lines are grouped below a heading row that names this. */
  group_heading: 'customer_raw' | 'product_raw' | 'supplier_raw' | null
}

/** `page` and `boxes` as a line has them, where the file is made of pages. */
export type SampleRow = Pick<ReadLine, 'row' | 'cells' | 'page' | 'boxes'>

export interface TableContext {
  /** 'YYYY-MM' */
  month?: string
  /** 'YYYY-MM-DD', the day a stock list was taken. */
  snapshot_on?: string
  distributor?: string
  customer?: string
  product?: string
  spec?: string
  unit?: string
  title?: string
}

export interface ReadingNote {
  code: string
  params?: Record<string, string | number>
}

export interface Inspection {
  format: 'xlsx' | 'xls' | 'xml' | 'html' | 'csv' | 'dbf' | 'zip' | 'pdf' | 'picture'
  encoding?: string
  /** ',' ';' '\t' '|' and the like; 'fixed' for columns of fixed width. */
  delimiter?: string
  tables: TableLayout[]
  notes: ReadingNote[]
}

/** Ceilings; a file above one is refused with 'too-large'. */
export interface ReadingLimits {
  file_bytes: number
  unpacked_bytes: number
  /** Unpacked bytes to packed bytes, for any member of the archive and for the whole. */
  ratio: number
  sheets: number
  columns: number
  cell_chars: number
  shared_strings: number
}

/** Names the company's masters know: they tell a customer's column from a product's where headers do not. */
export interface KnownNames {
  customer(text: string): boolean
  product(text: string): boolean
}

/** 'reading.bad-date' | 'reading.bad-qty' | 'reading.missing-customer' | … ; `text` is what was printed. */
export interface LineIssue {
  code: string
  field: Field
  text: string
}

/** One line, typed. Texts are '' and values null where the file carries nothing. */
export interface Reading {
  /** 'YYYY-MM-DD' */
  occurred_on: string | null
  /** 'YYYY-MM' */
  month: string | null
  customer_raw: string
  customer_code: string
  customer_tax_id: string
  customer_address: string
  customer_province: string
  customer_city: string
  customer_county: string
  supplier_raw: string
  distributor_raw: string
  product_raw: string
  spec_raw: string
  product_code: string
  lot: string
  serial: string
  /** Decimal string without trailing zeros, negative for a return. */
  qty: string | null
  unit: string
  pack_factor: string | null
  /** Decimal string in yuan. */
  price: string | null
  amount_fen: number | null
  manufacturer: string
  approval_no: string
  /** 'YYYY-MM-DD' */
  mfg_on: string | null
  /** 'YYYY-MM-DD'; where only a month is printed, the last day of that month. */
  expires_on: string | null
  doc_no: string
  doc_type: string
  salesperson: string
  remark: string
  is_return: boolean
}

/** Raw beside what was made of it. */
export interface ReadLine {
  sheet: string
  /** 1-based in the sheet. */
  row: number
  /** 0-based, only for a line out of a pivot. */
  column?: number
  cells: string[]
  reading: Reading
  issues: LineIssue[]
  /** The row is hidden in its sheet. */
  hidden?: boolean
  /** 1-based page of a PDF, a scan or a photo, and for each cell its box there and how sure its text is (0..1). */
  page?: number
  boxes?: ([number, number, number, number] | null)[]
  confidences?: (number | null)[]
}

/** Counts of one table: rows_seen = rows that gave lines + all skipped. Lines exceed rows only in a pivot. */
export interface ReadingCounts {
  rows_seen: number
  lines: number
  /** Rows that gave at least one line. */
  rows_read: number
  /** Reason → rows: 'title' 'header' 'repeated-header' 'subtotal' 'footer' 'group-heading' 'note' 'empty-line' 'other-table' */
  skipped: Record<string, number>
}

export type ReadingErrorCode =
  | 'empty'
  | 'encrypted'
  | 'corrupt'
  | 'too-large'
  | 'no-table'
  | 'no-rows'
  | 'unsupported'
